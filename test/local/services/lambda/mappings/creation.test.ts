import { expect } from "chai";
import { schemaFailures } from "../../../../../local/resource-types/schema-failures.ts";
import { allow, closeClouds, LambdaFixture, readAnyKinesisStream, refusalOf } from "../fixture.ts";
import { consumer, MAPPING, makeConsumer } from "./mapping-fixture.ts";

const stream = "arn:aws:kinesis:us-east-1:111111111111:stream/s";
const tableStream = "arn:aws:dynamodb:us-east-1:111111111111:table/events/stream/2026-11-21T00:00:00.000";

/** What is said of a mapping's arguments before anything is made; "" when they are good. */
function refusalIn(fixture: LambdaFixture): (more: Record<string, unknown>) => string {
  const type = fixture.type(MAPPING);
  return (more) => {
    const inputs = { functionName: "f", eventSourceArn: stream, startingPosition: "LATEST", ...more };
    const parsed = type.inputs.safeParse(inputs);
    const failures = parsed.success
      ? (type.check?.(parsed.data, fixture.context) ?? [])
      : schemaFailures(parsed.error, type.inputs, "");
    return failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n");
  };
}

describe("what a new event source mapping is checked for", () => {
  afterEach(closeClouds);

  it("a role that may read the stream, in AWS's words", async () => {
    const fixture = new LambdaFixture();
    const eventSourceArn = await fixture.stream("events");
    const actions = (readAnyKinesisStream.Action as readonly string[]).filter(
      (action) => action !== "kinesis:ListShards",
    );
    const role = await fixture.role("almost", [allow(actions, "*")]);
    await fixture.function("consumer", consumer, { role });
    const refused = await refusalOf(fixture.mapping({ functionName: "consumer", eventSourceArn }));
    expect(refused.code).to.equal("InvalidParameterValueException");
    expect(refused.message).to.equal(
      `Cannot access stream ${eventSourceArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, DescribeStreamSummary, ListShards, and ListStreams Actions on your stream in IAM. (Not allowed: kinesis:ListShards.)`,
    );
    expect(fixture.cloud.services.lambda.store.listMappings()).to.deep.equal([]);
    const { decision, authorizations } = fixture.cloud.trace.records().at(-1)!;
    expect(decision).to.equal("denied");
    // The last one is what the summary of a run says that IAM refused.
    expect(authorizations.at(-1)).to.deep.equal({ action: "kinesis:ListShards", resource: eventSourceArn });
  });

  it("a role that may read a table's stream: four actions, and no other", async () => {
    const fixture = new LambdaFixture();
    const { outputs } = await fixture.create("aws:dynamodb/table:Table", {
      name: "orders",
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      streamEnabled: true,
      streamViewType: "NEW_IMAGE",
    });
    const eventSourceArn = String(outputs["streamArn"]);
    const four = ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"].map((each) => `dynamodb:${each}`);
    for (const lacking of four) {
      const rest = four.filter((action) => action !== lacking);
      const role = await fixture.role(`no-${lacking.slice(9)}`, [allow(rest, "*")]);
      await fixture.function(`no-${lacking.slice(9)}`, consumer, { role });
      const refused = await refusalOf(fixture.mapping({ functionName: `no-${lacking.slice(9)}`, eventSourceArn }));
      expect(refused.message).to.equal(
        `Cannot access stream ${eventSourceArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM. (Not allowed: ${lacking}.)`,
      );
    }
    const role = await fixture.role("all-four", [allow(four, "*")]);
    await fixture.function("consumer", consumer, { role });
    await fixture.mapping({ functionName: "consumer", eventSourceArn });
    expect(fixture.cloud.services.lambda.store.listMappings()).to.have.length(1);
  });

  it("a destination that exists and that the role may write and list", async () => {
    const fixture = new LambdaFixture();
    const eventSourceArn = await fixture.stream("events");
    await makeConsumer(fixture, [allow("s3:PutObject", "arn:aws:s3:::parked-records/*")]);
    const destinationConfig = { onFailure: { destinationArn: "arn:aws:s3:::parked-records" } };
    const make = () => fixture.mapping({ functionName: "consumer", eventSourceArn, destinationConfig });
    expect((await refusalOf(make())).message).to.equal(
      "The destination bucket does not exist: arn:aws:s3:::parked-records",
    );
    await fixture.create("aws:s3/bucket:Bucket", { bucket: "parked-records" });
    expect((await refusalOf(make())).message).to.equal(
      "The provided execution role does not have permissions to call ListBucket on S3. (Destination: arn:aws:s3:::parked-records.)",
    );
  });

  it("a destination that the role may write everywhere, not only where failed batches go", async () => {
    const fixture = new LambdaFixture();
    const eventSourceArn = await fixture.stream("events");
    const bucket = "arn:aws:s3:::parked-records";
    await fixture.create("aws:s3/bucket:Bucket", { bucket: "parked-records" });
    await makeConsumer(fixture, [allow("s3:PutObject", `${bucket}/aws/lambda/*`), allow("s3:ListBucket", bucket)]);
    const destinationConfig = { onFailure: { destinationArn: bucket } };
    const refused = await refusalOf(fixture.mapping({ functionName: "consumer", eventSourceArn, destinationConfig }));
    expect(refused.message).to.equal(
      `The provided execution role does not have permissions to call PutObject on S3. (Destination: ${bucket}.)`,
    );
  });

  it("a function and a stream that exist, and no mapping between them yet", async () => {
    const fixture = new LambdaFixture();
    const eventSourceArn = await fixture.stream("events");
    await makeConsumer(fixture);
    const nobody = await refusalOf(fixture.mapping({ functionName: "nobody", eventSourceArn }));
    expect(nobody.code).to.equal("InvalidParameterValueException");
    expect(nobody.message).to.match(/^Function does not exist \(.*:function:nobody\)$/);
    const missing = "arn:aws:kinesis:us-east-1:111111111111:stream/missing";
    expect((await refusalOf(fixture.mapping({ functionName: "consumer", eventSourceArn: missing }))).message).to.equal(
      `Stream not found: ${missing}`,
    );
    const { id } = await fixture.mapping({ functionName: "consumer", eventSourceArn });
    const twin = await refusalOf(fixture.mapping({ functionName: "consumer", eventSourceArn }));
    expect(twin).to.include({ code: "ResourceConflictException", status: 409 });
    expect(twin.message).to.include(id);
  });

  it("arguments that the local cloud has; the others are refused by name", () => {
    const refusal = refusalIn(new LambdaFixture());
    expect(refusal({})).to.equal("");
    expect(refusal({ tumblingWindowInSeconds: 30 })).to.equal(
      "tumblingWindowInSeconds: must be 0: the local cloud has no tumbling windows",
    );
    expect(refusal({ topics: ["t"] })).to.include("topics: ");
    expect(refusal({ metricsConfig: { metrics: ["EventCount"] } })).to.include("metricsConfig: ");
    expect(refusal({ kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/k" })).to.include("kmsKeyArn: ");
    expect(refusal({ eventSourceArn: `${stream}/consumer/c:1` })).to.include(
      "eventSourceArn: The local cloud does not support the event source arn:aws:kinesis",
    );
    expect(refusal({ eventSourceArn: "arn:aws:sqs:us-east-1:111111111111:q" })).to.include(
      "eventSourceArn: The local cloud does not support the event source arn:aws:sqs",
    );
    expect(refusal({ maximumRecordAgeInSeconds: 59 })).to.include("must be -1 (for ever) or 60 to 604800");
    expect(refusal({ batchSize: 10_001 })).to.include("batchSize: ");
    expect(refusal({ parallelizationFactor: 11 })).to.include("parallelizationFactor: ");
  });

  it("the limits of every number", () => {
    const refusal = refusalIn(new LambdaFixture());
    const limits: [string, number[], number[]][] = [
      ["batchSize", [1, 10_000], [0, 10_001]],
      ["maximumBatchingWindowInSeconds", [0, 300], [-1, 301]],
      ["parallelizationFactor", [1, 10], [0, 11]],
      ["maximumRetryAttempts", [-1, 0, 10_000], [-2, 10_001]],
      ["maximumRecordAgeInSeconds", [-1, 60, 604_800], [-2, 0, 59, 604_801]],
    ];
    for (const [name, allowed, refused] of limits) {
      for (const value of allowed) expect(refusal({ [name]: value }), `${name} ${value}`).to.equal("");
      for (const value of refused) expect(refusal({ [name]: value }), `${name} ${value}`).to.include(`${name}: `);
    }
  });

  it("a starting time with AT_TIMESTAMP, in the past, and for Kinesis only", () => {
    const fixture = new LambdaFixture();
    const refusal = refusalIn(fixture);
    const at = (ms: number) => new Date(fixture.cloud.clock.now() + ms).toISOString();
    const startingPosition = "AT_TIMESTAMP";
    expect(refusal({ startingPosition, startingPositionTimestamp: at(-1_000) })).to.equal("");
    expect(refusal({ startingPosition, startingPositionTimestamp: at(3_600_000) })).to.match(
      /^startingPositionTimestamp: is in the future \(.*\), which AWS refuses$/,
    );
    expect(refusal({ startingPosition })).to.equal(
      "startingPositionTimestamp: is missing; it is needed with startingPosition AT_TIMESTAMP",
    );
    expect(refusal({ startingPositionTimestamp: at(-1_000) })).to.equal(
      "startingPositionTimestamp: goes with startingPosition AT_TIMESTAMP only",
    );
    expect(refusal({ startingPosition, startingPositionTimestamp: "yesterday" })).to.include(
      "startingPositionTimestamp: must be a time such as",
    );
    const table = { eventSourceArn: tableStream, startingPosition, startingPositionTimestamp: at(-1_000) };
    expect(refusal(table)).to.equal(
      "startingPosition: must be TRIM_HORIZON or LATEST: streams of DynamoDB tables have no AT_TIMESTAMP",
    );
    expect(refusal({ startingPosition: "EARLIEST" })).to.include(
      "startingPosition: must be TRIM_HORIZON, LATEST or AT_TIMESTAMP",
    );
  });

  it("a destination that is a bucket, a standard queue or a standard topic", () => {
    const refusal = refusalIn(new LambdaFixture());
    const to = (destinationArn: string) => refusal({ destinationConfig: { onFailure: { destinationArn } } });
    expect(to("arn:aws:s3:::parked-records")).to.equal("");
    expect(to("arn:aws:sqs:us-east-1:111111111111:failed")).to.equal("");
    expect(to("arn:aws:sns:us-east-1:111111111111:failed")).to.equal("");
    for (const arn of [
      "arn:aws:sqs:us-east-1:111111111111:failed.fifo",
      "arn:aws:sns:us-east-1:111111111111:failed.fifo",
      "arn:aws:lambda:us-east-1:111111111111:function:f",
      "kafka://topic",
    ])
      expect(to(arn)).to.include(
        `destinationConfig.onFailure.destinationArn: The local cloud does not support the on-failure destination ${arn}`,
      );
  });

  it("filters of the form and with the operators that AWS lists, five at most", () => {
    const refusal = refusalIn(new LambdaFixture());
    const filters = (...patterns: string[]) => ({
      filterCriteria: { filters: patterns.map((pattern) => ({ pattern })) },
    });
    const good = '{"data":{"a":["x"]}}';
    expect(refusal({ filterCriteria: {} })).to.equal("");
    expect(refusal(filters(good, good, good, good, good))).to.equal("");
    expect(refusal(filters(good, good, good, good, good, good))).to.include(
      "filterCriteria.filters: has more than 5 filters",
    );
    const first = (pattern: string, more = {}) => refusal({ ...filters(pattern), ...more });
    const said: [string, string][] = [
      ["{", "is not JSON"],
      ["[1]", "must be a JSON object"],
      ["{}", "the pattern is empty"],
      ['{"data":{"a":{}}}', "data.a is empty"],
      ['{"data":{"a":[]}}', "data.a must be a list of rules"],
      ['{"data":{"a":"x"}}', "data.a must be a list of rules"],
      ['{"data":{"a":[["x"]]}}', "data.a has a list inside its list of rules"],
      ['{"data":{"a":[{"prefix":"x","suffix":"y"}]}}', "data.a has a rule of 2 operators"],
      ['{"data":{"a":[{"wildcard":"x*"}]}}', "data.a: the operator wildcard is not one that AWS lists"],
      ['{"data":{"a":[{"cidr":"10.0.0.0/8"}]}}', "data.a: the operator cidr is not one that AWS lists"],
      ['{"data":{"a":[{"prefix":{"equals-ignore-case":"x"}}]}}', "data.a: prefix takes a text"],
      ['{"data":{"a":[{"suffix":1}]}}', "data.a: suffix takes a text"],
      ['{"data":{"a":[{"exists":"yes"}]}}', "data.a: exists takes true or false"],
      ['{"data":{"a":[{"anything-but":["x",1]}]}}', "data.a: anything-but takes a text, a number, a list of texts"],
      ['{"data":{"a":[{"anything-but":{"prefix":"x"}}]}}', "data.a: anything-but takes"],
      ['{"data":{"a":[{"numeric":["<>",1]}]}}', "data.a: numeric takes a comparison such as"],
      ['{"data":{"a":[{"numeric":["<",1,">",0]}]}}', "data.a: numeric takes a comparison such as"],
      ['{"data":{"a":[{"numeric":[">",5,"<",5]}]}}', "data.a: numeric takes a comparison such as"],
      ['{"data":{"a":[{"numeric":[">","5"]}]}}', "data.a: numeric takes a comparison such as"],
      ['{"data":{"$or":[{"a":[1]}]}}', "data.$or must be a list of two objects or more"],
      ['{"data":["x"]}', "compares data with plain values, but the pattern of a stream's data must be a JSON object"],
      ['{"partitionKey":["x"]}', "names partitionKey; allowed on the first level: data"],
      [`{"data":{"a":["${"x".repeat(4_096)}"]}}`, "has 4115 characters; allowed are 4096"],
    ];
    for (const [pattern, reason] of said)
      expect(first(pattern), pattern.slice(0, 80)).to.include(`filterCriteria.filters[0].pattern: ${reason}`);
    const ofTable = (pattern: string) => first(pattern, { eventSourceArn: tableStream });
    expect(ofTable('{"eventName":["INSERT"],"dynamodb":{"Keys":{"id":{"S":["a"]}}}}')).to.equal("");
    expect(ofTable('{"data":{"a":[1]}}')).to.include(
      "names data; allowed on the first level: dynamodb, eventName, userIdentity",
    );
    expect(ofTable('{"dynamodb":{"NewImage":{"n":{"N":[{"numeric":[">",1]}]}}}}')).to.include("has a numeric rule");
  });
});
