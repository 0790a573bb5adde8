import { expect } from "chai";
import { createHandler } from "../../functions/replicator/handler.ts";
import { AwsStub } from "./support/aws-stub.ts";
import { consoleLines } from "./support/console-lines.ts";
import { replicatorEnvironment } from "./support/environments.ts";
import { kinesisEvent, kinesisRecord, sequenceNumber } from "./support/kinesis-events.ts";
import { lambdaContext } from "./support/lambda-context.ts";

const MIB = 1024 * 1024;
const COMPLETE = { batchItemFailures: [] };

describe("the largest events that Lambda hands over", () => {
  let aws: AwsStub;
  beforeEach(async () => {
    aws = await new AwsStub().open();
  });
  afterEach(() => aws.close());

  const invoke = async (event: ReturnType<typeof kinesisEvent>) =>
    (await consoleLines(() => createHandler({ ...replicatorEnvironment, ...aws.environment })(event, lambdaContext())))
      .result;

  it("10,000 small records, 6 MB as JSON: all are stored by one invocation, 25 a call", async () => {
    const event = kinesisEvent(10_000, (index) => `{"n":${index}}`);
    expect(JSON.stringify(event).length).to.be.within(5 * MIB, 6 * MIB);
    expect(await invoke(event)).to.deep.equal(COMPLETE);
    expect(aws.items.size).to.equal(10_000);
    expect(aws.accepted.get("BatchWriteItem")).to.equal(400);
    expect(aws.accepted.get("AssumeRole")).to.equal(1);
    expect(aws.objects.size).to.equal(0);
  });

  it("one record of 1 MiB, beside another: it is parked, being over what an item may have, and the other is stored", async () => {
    const event = {
      Records: [kinesisRecord(`"${"x".repeat(MIB - 2)}"`, { index: 1 }), kinesisRecord("1", { index: 2 })],
    };
    expect(await invoke(event)).to.deep.equal(COMPLETE);
    expect([...aws.items]).to.deep.equal([sequenceNumber(2)]);
    expect([...aws.objects].join()).to.contain(`/${sequenceNumber(1)}.json`);
  });
});
