import { expect } from "chai";
import { ServiceStage } from "../../support/service-stage.ts";

/** What AWS answered to a call: of a thing that is not there, where nothing else is said, so that validity is looked at first. */
interface Recorded {
  readonly call: string;
  readonly params: unknown;
  /** Code and message. */
  readonly answer: string;
}

const failed = "failed to satisfy constraint: Member must";
const one = (violation: string) => `1 validation error detected: Value ${violation}`;
/** Several, which AWS of that time said in an order of its own. */
const several = (...violations: readonly string[]) =>
  `${violations.length} validation errors detected: ${violations.map((violation) => `Value ${violation}`).join("; ")}`;

/** From kinesalite's tests, which were held against AWS; the patterns and enumerations are of that time. */
const kinesis: readonly Recorded[] = [
  {
    call: "kinesis:PutRecord",
    params: {},
    answer: `ValidationException: ${several(`null at 'data' ${failed} not be null`, `null at 'partitionKey' ${failed} not be null`)}`,
  },
  {
    call: "kinesis:PutRecords",
    params: { StreamName: "", Records: [] },
    answer: `ValidationException: ${several(
      `'[]' at 'records' ${failed} have length greater than or equal to 1`,
      `'' at 'streamName' ${failed} satisfy regular expression pattern: [a-zA-Z0-9_.-]+`,
      `'' at 'streamName' ${failed} have length greater than or equal to 1`,
    )}`,
  },
  {
    call: "kinesis:GetShardIterator",
    params: { StreamName: "none", ShardId: "s", ShardIteratorType: "" },
    answer: `ValidationException: ${one(
      `'' at 'shardIteratorType' ${failed} satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]`,
    )}`,
  },
  {
    call: "kinesis:GetShardIterator",
    params: { StreamName: "none", ShardId: "s", ShardIteratorType: "LATEST", StartingSequenceNumber: "" },
    answer: `ValidationException: ${one(`'' at 'startingSequenceNumber' ${failed} satisfy regular expression pattern: 0|([1-9]\\d{0,128})`)}`,
  },
  {
    call: "kinesis:GetRecords",
    params: { ShardIterator: "", Limit: 0 },
    answer: `ValidationException: ${several(
      `'' at 'shardIterator' ${failed} have length greater than or equal to 1`,
      `'0' at 'limit' ${failed} have value greater than or equal to 1`,
    )}`,
  },
  {
    call: "kinesis:RemoveTagsFromStream",
    params: { StreamName: "none", TagKeys: [] },
    answer: `ValidationException: ${one(`'[]' at 'tagKeys' ${failed} have length greater than or equal to 1`)}`,
  },
  {
    call: "kinesis:PutRecord",
    params: { StreamName: "none", PartitionKey: "k", Data: "", ExplicitHashKey: "00" },
    answer: `ValidationException: ${one(`'00' at 'explicitHashKey' ${failed} satisfy regular expression pattern: 0|([1-9]\\d{0,38})`)}`,
  },
  {
    call: "kinesis:PutRecord",
    params: { StreamName: "none", PartitionKey: 23, Data: "" },
    answer:
      "SerializationException: class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String",
  },
  {
    call: "kinesis:PutRecord",
    params: { StreamName: "none", PartitionKey: "k", Data: "", ExplicitHashKey: null },
    answer: "ResourceNotFoundException: Stream none under account 111111111111 not found.",
  },
];

describe("What AWS answered to a request that it refused", () => {
  let stage: ServiceStage;
  before(() => {
    stage = new ServiceStage();
  });
  after(() => stage.close());

  for (const { call, params, answer } of [...kinesis]) {
    it(`is answered here: ${call} ${JSON.stringify(params).slice(0, 120)}`, async () => {
      const [service = "", operation = ""] = call.split(":");
      const { code, message } = await stage.refusal(service, operation, params);
      expect(`${code}: ${message}`).to.equal(answer);
    });
  }
});
