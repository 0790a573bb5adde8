import { expect } from "chai";
import { failureOf } from "../../../support/failure-of.ts";
import { ServiceStage, STAGE_ACCOUNT } from "../../../support/service-stage.ts";

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
    expect(mistakes({ shardCount: 1, arn: `${ARN}s` })).to.deep.equal([
      { property: "arn", reason: `the stream's ARN is ${ARN}, not ${ARN}s; leave arn out` },
    ]);
    expect(mistakes({ streamModeDetails: { streamMode: "ON_DEMAND" }, arn: ARN })).to.deep.equal([]);
    const { inputs } = stage.type(TOKEN);
    const refused = (news: object) => inputs.safeParse({ name: "orders", ...news }).error?.issues ?? [];
    const given = {
      name: "a b",
      shardCount: 0,
      retentionPeriod: 23,
      encryptionType: "AES",
      shardLevelMetrics: ["Bytes"],
      maxRecordSizeInKib: 10_241,
      tags: { "aws:own": "" },
    };
    expect(refused(given).map(({ path }) => path[0])).to.have.members(Object.keys(given));
    expect(refused({ warmThroughputMibPs: 10 })[0]?.message).to.contain("warmThroughputMibPs");
  });

  it("tells by check what UpdateShardCount would refuse: more than double or less than half of the shards that are open now", async () => {
    const type = stage.type(TOKEN);
    const first = { name: "orders", shardCount: 3 };
    await stage.make(TOKEN, first);
    const reasons = (news: object, olds: object | undefined = first) =>
      (type.check?.(type.inputs.parse({ name: "orders", ...news }), stage.context, olds as typeof first) ?? []).map(
        ({ property, reason }) => `${property}: ${reason}`,
      );
    for (const shardCount of [2, 3, 6]) expect(reasons({ shardCount }), String(shardCount)).to.deep.equal([]);
    expect(reasons({ shardCount: 7 })).to.deep.equal([
      "shardCount: the stream has 3 shards, and UpdateShardCount at most doubles or halves them: allowed is 2 to 6 now. Deploy 6 first, then go on from there",
    ]);
    expect(reasons({ shardCount: 1 })[0]).to.include("Deploy 2 first");
    expect(reasons({ shardCount: 9 }, {}), "a new stream").to.deep.equal([]);
    await stage.call("kinesis", "UpdateShardCount", {
      StreamName: "orders",
      TargetShardCount: 6,
      ScalingType: "UNIFORM_SCALING",
    });
    expect(reasons({ shardCount: 12 }), "by what is open now").to.deep.equal([]);
    expect(reasons({ shardCount: 2 })[0]).to.include("the stream has 6 shards");
  });

  it("keeps the mode that a program says nothing of, and refuses shards for it that it cannot have", async () => {
    const type = stage.type(TOKEN);
    const { id, outputs } = await stage.make(TOKEN, {
      name: "orders",
      streamModeDetails: { streamMode: "ON_DEMAND" },
      maxRecordSizeInKib: 2_048,
    });
    const updated = await type.update(id, type.inputs.parse({ name: "orders" }), outputs, stage.context);
    expect(updated).to.deep.include({ streamModeDetails: { streamMode: "ON_DEMAND" }, maxRecordSizeInKib: 2_048 });
    expect(stage.mistakes(TOKEN, { name: "orders" })).to.deep.equal([]);
    expect(stage.mistakes(TOKEN, { name: "orders", shardCount: 4 })[0]?.reason).to.contain("must not be set");
  });

  it("is not deleted while it has consumers, unless they are to go with it", async () => {
    const type = stage.type(TOKEN);
    const { id, outputs } = await stage.make(TOKEN, { name: "orders", shardCount: 1 });
    await stage.call("kinesis", "RegisterStreamConsumer", { StreamARN: ARN, ConsumerName: "fan" });
    expect(await failureOf((async () => type.delete(id, outputs, stage.context))())).to.equal(
      `DeleteStream can't delete ${STAGE_ACCOUNT}:orders because there are consumers associated with this data stream. To delete orders anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of all the consumers that are associated with it.`,
    );
    expect(await type.read(id, outputs, stage.context)).to.include({ arn: ARN });
    await type.delete(id, { ...outputs, enforceConsumerDeletion: true }, stage.context);
    expect(await type.read(id, outputs, stage.context)).to.equal(undefined);
    await type.delete(id, outputs, stage.context);
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

describe("aws:kinesis/resourcePolicy:ResourcePolicy", () => {
  const POLICY_TOKEN = "aws:kinesis/resourcePolicy:ResourcePolicy";
  const stage = new ServiceStage();
  after(() => stage.close());

  it("names a policy that cannot be read or evaluated, and a resource that is no stream", () => {
    const { inputs } = stage.type(POLICY_TOKEN);
    const reasons = (policy: string, resourceArn = ARN) =>
      inputs
        .safeParse({ resourceArn, policy })
        .error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
    expect(reasons("{")[0]).to.match(/^policy: contains an invalid JSON: /);
    expect(reasons("")[0]).to.match(/^policy: contains an invalid JSON: /);
    expect(reasons('{"Statement":[{"Effect":"Allow","Action":"kinesis:*","Resource":"*"}]}')[0]).to.match(
      /^policy: .*Principal/,
    );
    const [resource, policy] = reasons("{", `${ARN}/consumer/fan:1`);
    expect(resource).to.match(/^resourceArn: .*does not support policies of consumers/);
    expect(policy).to.match(/^policy: /);
  });

  it("says how to build a stream again that the cloud no longer has", async () => {
    const policy = '{"Statement":{"Effect":"Allow","Principal":"*","Action":"kinesis:GetRecords","Resource":"*"}}';
    const make = stage.make(POLICY_TOKEN, { resourceArn: ARN, policy });
    expect(await failureOf(make)).to.contain("pulumi up --refresh");
  });

  it("puts a policy on an update although somebody else deleted it", async () => {
    const policy = '{"Statement":{"Effect":"Allow","Principal":"*","Action":"kinesis:GetRecords","Resource":"*"}}';
    await stage.make(TOKEN, { name: "orders", shardCount: 1 });
    const { id, outputs } = await stage.make(POLICY_TOKEN, { resourceArn: ARN, policy });
    await stage.call("kinesis", "DeleteResourcePolicy", { ResourceARN: ARN });
    const type = stage.type(POLICY_TOKEN);
    const inputs = type.inputs.parse({ resourceArn: ARN, policy });
    expect(await type.update(id, inputs, outputs, stage.context)).to.deep.equal(outputs);
  });
});
