import { expect } from "chai";
import { failureOf } from "../support/failure-of.ts";
import { ServiceStage, STAGE_ACCOUNT } from "../support/service-stage.ts";

const TOKEN = "aws:kinesis/stream:Stream";
const ARN = `arn:aws:kinesis:us-east-1:${STAGE_ACCOUNT}:stream/orders`;

describe("aws:kinesis/stream:Stream", () => {
  let stage: ServiceStage;
  beforeEach(() => {
    stage = new ServiceStage();
  });
  afterEach(() => stage.close());

  it("is made with AWS's defaults, and its id is its ARN", async () => {
    expect(await stage.make(TOKEN, { name: "orders", shardCount: 1 })).to.deep.equal({
      id: ARN,
      outputs: {
        arn: ARN,
        name: "orders",
        region: "us-east-1",
        shardCount: 1,
        streamModeDetails: { streamMode: "PROVISIONED" },
        retentionPeriod: 24,
        encryptionType: "NONE",
        enforceConsumerDeletion: false,
        maxRecordSizeInKib: 1_024,
        tagsAll: {},
      },
    });
  });

  it("begins with four shards in on-demand mode", async () => {
    const { outputs } = await stage.make(TOKEN, { name: "orders", streamModeDetails: { streamMode: "ON_DEMAND" } });
    expect(outputs).not.to.have.property("shardCount");
    expect(await stage.call("kinesis", "DescribeStreamSummary", { StreamName: "orders" })).to.nested.include({
      "StreamDescriptionSummary.OpenShardCount": 4,
      "StreamDescriptionSummary.StreamModeDetails.StreamMode": "ON_DEMAND",
    });
  });

  it("names each mistake in the arguments", () => {
    const mistakes = (inputs: object) => stage.mistakes(TOKEN, { name: "orders", ...inputs });
    expect(mistakes({})).to.deep.equal([
      { property: "shardCount", reason: "shardCount must be at least 1 when streamMode is PROVISIONED" },
    ]);
    expect(mistakes({ shardCount: 2, streamModeDetails: { streamMode: "ON_DEMAND" } })).to.deep.equal([
      { property: "shardCount", reason: "shardCount must not be set when streamMode is ON_DEMAND" },
    ]);
    expect(mistakes({ shardCount: 1, encryptionType: "KMS" })).to.deep.equal([
      { property: "kmsKeyId", reason: "kmsKeyId must be set when encryptionType is KMS" },
    ]);
    expect(mistakes({ shardCount: 1, encryptionType: "KMS", kmsKeyId: "alias/mine" })[0]?.reason).to.contain(
      "alias/mine",
    );
    const { inputs } = stage.type(TOKEN);
    expect(inputs.safeParse({ name: "orders", warmThroughputMibPs: 10 }).error?.issues[0]?.message).to.contain(
      "warmThroughputMibPs",
    );
  });

  it("changes in place what AWS changes in place, and keeps the records", async () => {
    const type = stage.type(TOKEN);
    const { id, outputs } = await stage.make(TOKEN, { name: "orders", shardCount: 1 });
    await stage.call("kinesis", "PutRecord", { StreamName: "orders", Data: "", PartitionKey: "k" });
    const inputs = type.inputs.parse({ name: "orders", shardCount: 1, retentionPeriod: 72, tags: { a: "b" } });
    expect(await type.update(id, inputs, outputs, stage.context)).to.deep.include({
      retentionPeriod: 72,
      tagsAll: { a: "b" },
    });
    expect(await type.read(id, outputs, stage.context)).to.deep.include({ retentionPeriod: 72, arn: ARN });
    const { ShardIterator } = await stage.call<{ ShardIterator: string }>("kinesis", "GetShardIterator", {
      StreamName: "orders",
      ShardId: "shardId-000000000000",
      ShardIteratorType: "TRIM_HORIZON",
    });
    expect(await stage.call("kinesis", "GetRecords", { ShardIterator }))
      .to.have.property("Records")
      .of.length(1);
  });

  it("reshards when shardCount changes, in the bounds of UpdateShardCount", async () => {
    const type = stage.type(TOKEN);
    const { id, outputs } = await stage.make(TOKEN, { name: "orders", shardCount: 2 });
    const update = async (shardCount: number) =>
      type.update(id, type.inputs.parse({ name: "orders", shardCount }), outputs, stage.context);
    let notified = 0;
    stage.cloud.signals.subscribe(ARN, () => notified++);
    expect(await update(3)).to.include({ shardCount: 3 });
    expect(await update(3)).to.include({ shardCount: 3 });
    expect(await type.read(id, outputs, stage.context)).to.include({ shardCount: 3 });
    expect(notified).to.equal(1);
    expect(await failureOf(update(7))).to.equal(
      "UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: 3 Target shard count: 7",
    );
  });

  it("is gone once it is deleted, and says how to build again what the cloud no longer has", async () => {
    const type = stage.type(TOKEN);
    const { id, outputs } = await stage.make(TOKEN, { name: "orders", shardCount: 1 });
    expect(await failureOf(stage.make(TOKEN, { name: "orders", shardCount: 1 }))).to.equal(
      `Stream orders under account ${STAGE_ACCOUNT} already exists.`,
    );
    await type.delete(id, outputs, stage.context);
    expect(await type.read(id, outputs, stage.context)).to.equal(undefined);
    const update = async () =>
      type.update(id, type.inputs.parse({ name: "orders", shardCount: 1 }), outputs, stage.context);
    expect(await failureOf(update())).to.contain("pulumi up --refresh");
  });
});
