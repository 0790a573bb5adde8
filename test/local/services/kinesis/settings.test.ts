import { expect } from "chai";
import { kinesisCalls } from "../../../support/kinesis-calls.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_START } from "../../../support/service-stage.ts";

const ARN = `arn:aws:kinesis:us-east-1:${STAGE_ACCOUNT}:stream/orders`;
const StreamName = "orders";
const KEY = "arn:aws:kms:us-east-1:111111111111:key/one";

interface Summary {
  StreamDescriptionSummary: {
    RetentionPeriodHours: number;
    StreamModeDetails: { StreamMode: string };
    EncryptionType: string;
    KeyId?: string;
    EnhancedMonitoring: { ShardLevelMetrics: string[] }[];
    ConsumerCount: number;
    OpenShardCount: number;
    MaxRecordSizeInKiB: number;
  };
}

describe("Kinesis, changing a stream", () => {
  let stage: ServiceStage;
  const { call, refusal, make, put } = kinesisCalls(() => stage);
  const summary = async () => (await call<Summary>("DescribeStreamSummary", { StreamName })).StreamDescriptionSummary;
  const tags = async () =>
    (await call<{ Tags: { Key: string; Value: string }[] }>("ListTagsForStream", { StreamName })).Tags;

  beforeEach(async () => {
    stage = new ServiceStage();
    await make();
  });
  afterEach(() => stage.close());

  it("keeps records longer or shorter, in the direction that the operation has", async () => {
    const set = (direction: string, RetentionPeriodHours: number) =>
      call(`${direction}StreamRetentionPeriod`, { StreamName, RetentionPeriodHours });
    const refused = async (direction: string, RetentionPeriodHours: number) =>
      (await refusal(`${direction}StreamRetentionPeriod`, { StreamName, RetentionPeriodHours })).message;
    await set("Increase", 24);
    await set("Increase", 48);
    expect(await refused("Increase", 24)).to.equal(
      "Requested retention period (24 hours) for stream orders can not be shorter than existing retention period (48 hours). Use DecreaseRetentionPeriod API.",
    );
    expect(await refused("Decrease", 72)).to.equal(
      "Requested retention period (72 hours) for stream orders can not be longer than existing retention period (48 hours). Use IncreaseRetentionPeriod API.",
    );
    expect(await refused("Decrease", 23)).to.equal(
      "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short.",
    );
    expect(await refused("Increase", 8_761)).to.equal(
      "Maximum allowed retention period is 8760 hours. Requested retention period (8761 hours) is too long.",
    );
    expect(await summary()).to.include({ RetentionPeriodHours: 48 });
    await set("Decrease", 24);
    expect(await summary()).to.include({ RetentionPeriodHours: 24 });
  });

  it("switches the mode and keeps the shards", async () => {
    const to = (StreamMode: string) => call("UpdateStreamMode", { StreamARN: ARN, StreamModeDetails: { StreamMode } });
    await to("ON_DEMAND");
    expect(await summary()).to.deep.include({ StreamModeDetails: { StreamMode: "ON_DEMAND" }, OpenShardCount: 2 });
    const scale = { StreamName, TargetShardCount: 3, ScalingType: "UNIFORM_SCALING" };
    expect((await refusal("UpdateShardCount", scale)).message).to.contain("On-Demand mode");
    await to("PROVISIONED");
    await call("UpdateShardCount", scale);
    expect(await summary()).to.include({ OpenShardCount: 3 });
  });

  it("encrypts with a key, then another one, then not, and marks the records", async () => {
    const start = (KeyId: string) => call("StartStreamEncryption", { StreamName, EncryptionType: "KMS", KeyId });
    expect(await put("plain")).not.to.have.property("EncryptionType");
    await start(KEY);
    expect(await summary()).to.include({ EncryptionType: "KMS", KeyId: KEY });
    expect(await put("secret")).to.include({ EncryptionType: "KMS" });
    await start("alias/aws/kinesis");
    const stop = { StreamName, EncryptionType: "KMS", KeyId: KEY };
    expect((await refusal("StopStreamEncryption", stop)).message).to.contain("alias/aws/kinesis");
    await call("StopStreamEncryption", { ...stop, KeyId: "alias/aws/kinesis" });
    expect(await summary())
      .to.include({ EncryptionType: "NONE" })
      .and.not.to.have.property("KeyId");
    expect((await refusal("StopStreamEncryption", stop)).message).to.contain("is not encrypted");
    expect((await refusal("StartStreamEncryption", { ...stop, KeyId: "alias/mine" })).message).to.contain("alias/mine");
  });

  it("has the shard-level metrics that are switched on", async () => {
    const enable = { StreamName, ShardLevelMetrics: ["OutgoingBytes", "IncomingBytes"] };
    expect(await call("EnableEnhancedMonitoring", enable)).to.deep.equal({
      StreamName,
      StreamARN: ARN,
      CurrentShardLevelMetrics: [],
      DesiredShardLevelMetrics: ["IncomingBytes", "OutgoingBytes"],
    });
    const disable = { StreamName, ShardLevelMetrics: ["IncomingBytes"] };
    expect(await call("DisableEnhancedMonitoring", disable)).to.deep.include({
      CurrentShardLevelMetrics: ["IncomingBytes", "OutgoingBytes"],
      DesiredShardLevelMetrics: ["OutgoingBytes"],
    });
    expect((await summary()).EnhancedMonitoring).to.deep.equal([{ ShardLevelMetrics: ["OutgoingBytes"] }]);
    const all = { StreamName, ShardLevelMetrics: ["ALL"] };
    const { DesiredShardLevelMetrics } = await call<{ DesiredShardLevelMetrics: string[] }>(
      "EnableEnhancedMonitoring",
      all,
    );
    expect(DesiredShardLevelMetrics).to.have.length(7);
    await call("DisableEnhancedMonitoring", all);
    expect((await summary()).EnhancedMonitoring).to.deep.equal([{ ShardLevelMetrics: [] }]);
    const unknown = { StreamName, ShardLevelMetrics: ["Bytes"] };
    expect((await refusal("EnableEnhancedMonitoring", unknown)).message).to.contain(
      "Value '[Bytes]' at 'shardLevelMetrics'",
    );
  });

  it("takes larger records once it is told to", async () => {
    const Data = Buffer.alloc(1_100_000).toString("base64");
    const record = { StreamName, Data, PartitionKey: "k" };
    expect((await refusal("PutRecord", record)).message).to.contain("1048576");
    await call("UpdateMaxRecordSize", { StreamARN: ARN, MaxRecordSizeInKiB: 2_048 });
    expect(await summary()).to.include({ MaxRecordSizeInKiB: 2_048 });
    expect(await call("PutRecord", record)).to.have.property("SequenceNumber");
  });

  it("adds, lists and removes tags, by the stream's name and by its ARN", async () => {
    await call("AddTagsToStream", { StreamName, Tags: { b: "2", a: "1", c: "3" } });
    expect(await tags()).to.deep.equal([
      { Key: "a", Value: "1" },
      { Key: "b", Value: "2" },
      { Key: "c", Value: "3" },
    ]);
    const page = { StreamName, Limit: 1, ExclusiveStartTagKey: "a" };
    expect(await call("ListTagsForStream", page)).to.deep.equal({
      Tags: [{ Key: "b", Value: "2" }],
      HasMoreTags: true,
    });
    await call("RemoveTagsFromStream", { StreamName, TagKeys: ["a", "c", "none"] });
    await call("TagResource", { ResourceARN: ARN, Tags: { d: "4" } });
    await call("UntagResource", { ResourceARN: ARN, TagKeys: ["b"] });
    expect(await call("ListTagsForResource", { ResourceARN: ARN })).to.deep.equal({ Tags: [{ Key: "d", Value: "4" }] });
  });

  it("refuses tags as AWS does", async () => {
    const add = async (Tags: object) => (await refusal("AddTagsToStream", { StreamName, Tags })).message;
    const remove = async (...TagKeys: string[]) =>
      (await refusal("RemoveTagsFromStream", { StreamName, TagKeys })).message;
    const characters =
      "Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @.";
    for (const text of ["abc;def", "abc\tdef", "abc\ndef", "abc,def"]) {
      expect([await add({ [text]: "" }), await add({ a: text }), await remove("a", text)]).to.deep.equal(
        Array(3).fill(characters),
      );
    }
    const illegal =
      "because some tags contained illegal characters. The allowed characters are Unicode letters, white-spaces, '_',',','/','=','+','-','@'.";
    const where = "stream orders under account 111111111111";
    expect(await add({ "a%b": "" })).to.equal(`Failed to add tags to ${where} ${illegal}`);
    expect(await remove("a%b")).to.equal(`Failed to remove tags from ${where} ${illegal}`);
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, ""]));
    expect(await add(many)).to.equal(
      `Failed to add tags to stream orders under account ${STAGE_ACCOUNT} because a given stream cannot have more than 50 tags associated with it.`,
    );
    expect(await add({ "aws:own": "" })).to.contain("reserved");
    expect(await tags()).to.deep.equal([]);
  });

  it("keeps a policy as it was written, and evaluates it at once", async () => {
    const other = stage.administrator("222222222222");
    const read = () =>
      stage.call("kinesis", "DescribeStreamSummary", { StreamARN: ARN }, other).then(
        () => "allowed",
        () => "refused",
      );
    expect(await read()).to.equal("refused");
    expect(await call("GetResourcePolicy", { ResourceARN: ARN })).to.deep.equal({ Policy: "{}" });
    const Policy = JSON.stringify(
      {
        Statement: {
          Effect: "Allow",
          Principal: { AWS: "222222222222" },
          Action: "kinesis:DescribeStreamSummary",
          Resource: ARN,
        },
      },
      null,
      3,
    );
    await call("PutResourcePolicy", { ResourceARN: ARN, Policy });
    expect(await call("GetResourcePolicy", { ResourceARN: ARN })).to.deep.equal({ Policy });
    expect(await read()).to.equal("allowed");
    await call("DeleteResourcePolicy", { ResourceARN: ARN });
    expect(await read()).to.equal("refused");
    expect((await refusal("PutResourcePolicy", { ResourceARN: ARN, Policy: "{}" })).code).to.equal(
      "InvalidArgumentException",
    );
  });

  it("is deleted, unless it has consumers that are not to go with it", async () => {
    await call("RegisterStreamConsumer", { StreamARN: ARN, ConsumerName: "fan" });
    const { code, message } = await refusal("DeleteStream", { StreamName });
    expect(code).to.equal("ResourceInUseException");
    expect(message).to.match(/^DeleteStream can't delete 111111111111:orders because there are consumers/);
    await call("DeleteStream", { StreamName, EnforceConsumerDeletion: true });
    expect((await refusal("DescribeStreamSummary", { StreamName })).code).to.equal("ResourceNotFoundException");
    await make();
    await call("DeleteStream", { StreamARN: ARN });
    expect(await call("ListStreams", {})).to.deep.include({ StreamNames: [] });
  });

  it("asks IAM about each by its own name", async () => {
    const asked = () => stage.cloud.trace.records().at(-1)?.authorizations;
    const operations: [string, object][] = [
      ["IncreaseStreamRetentionPeriod", { StreamName, RetentionPeriodHours: 48 }],
      ["DecreaseStreamRetentionPeriod", { StreamName, RetentionPeriodHours: 24 }],
      ["UpdateStreamMode", { StreamARN: ARN, StreamModeDetails: { StreamMode: "PROVISIONED" } }],
      ["UpdateMaxRecordSize", { StreamARN: ARN, MaxRecordSizeInKiB: 1_024 }],
      ["StartStreamEncryption", { StreamName, EncryptionType: "KMS", KeyId: KEY }],
      ["StopStreamEncryption", { StreamName, EncryptionType: "KMS", KeyId: KEY }],
      ["EnableEnhancedMonitoring", { StreamName, ShardLevelMetrics: ["ALL"] }],
      ["DisableEnhancedMonitoring", { StreamName, ShardLevelMetrics: ["ALL"] }],
      ["AddTagsToStream", { StreamName, Tags: { a: "b" } }],
      ["ListTagsForStream", { StreamName }],
      ["RemoveTagsFromStream", { StreamName, TagKeys: ["a"] }],
      ["TagResource", { ResourceARN: ARN, Tags: { a: "b" } }],
      ["ListTagsForResource", { ResourceARN: ARN }],
      ["UntagResource", { ResourceARN: ARN, TagKeys: ["a"] }],
      [
        "PutResourcePolicy",
        { ResourceARN: ARN, Policy: '{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}' },
      ],
      ["GetResourcePolicy", { ResourceARN: ARN }],
      ["DeleteResourcePolicy", { ResourceARN: ARN }],
      ["RegisterStreamConsumer", { StreamARN: ARN, ConsumerName: "fan" }],
      ["ListStreamConsumers", { StreamARN: ARN }],
      ["DeleteStream", { StreamName, EnforceConsumerDeletion: true }],
    ];
    for (const [operation, params] of operations) {
      await call(operation, params);
      expect(asked(), operation).to.deep.equal([{ action: `kinesis:${operation}`, resource: ARN }]);
    }
  });
});

describe("Kinesis, consumers for enhanced fan-out", () => {
  let stage: ServiceStage;
  const { call, refusal, make } = kinesisCalls(() => stage);
  const consumerArn = (name: string) => `${ARN}/consumer/${name}:${Math.floor(STAGE_START / 1000)}`;
  const register = (ConsumerName: string, more: object = {}) =>
    call("RegisterStreamConsumer", { StreamARN: ARN, ConsumerName, ...more });

  beforeEach(async () => {
    stage = new ServiceStage();
    await make();
  });
  afterEach(() => stage.close());

  it("are registered, described by name and ARN, counted and deregistered", async () => {
    const Consumer = {
      ConsumerName: "fan",
      ConsumerARN: consumerArn("fan"),
      ConsumerStatus: "ACTIVE",
      ConsumerCreationTimestamp: STAGE_START / 1000,
    };
    expect(await register("fan")).to.deep.equal({ Consumer });
    const description = { ConsumerDescription: { ...Consumer, StreamARN: ARN } };
    for (const address of [
      { StreamARN: ARN, ConsumerName: "fan" },
      { ConsumerARN: consumerArn("fan") },
      { StreamARN: ARN, ConsumerName: "fan", ConsumerARN: consumerArn("fan") },
    ]) {
      expect(await call("DescribeStreamConsumer", address)).to.deep.equal(description);
    }
    expect(await call("DescribeStreamSummary", { StreamName })).to.nested.include({
      "StreamDescriptionSummary.ConsumerCount": 1,
    });
    expect(
      stage.cloud.trace.records().findLast(({ call: made }) => made === "kinesis:DescribeStreamConsumer")
        ?.authorizations,
    ).to.deep.equal([{ action: "kinesis:DescribeStreamConsumer", resource: consumerArn("fan") }]);
    await call("DeregisterStreamConsumer", { StreamARN: ARN, ConsumerName: "fan" });
    expect((await refusal("DescribeStreamConsumer", { ConsumerARN: consumerArn("fan") })).code).to.equal(
      "ResourceNotFoundException",
    );
  });

  it("are listed page by page", async () => {
    for (const name of ["c", "a", "b"]) await register(name);
    type Listed = { Consumers: { ConsumerName: string }[]; NextToken?: string };
    const first = await call<Listed>("ListStreamConsumers", { StreamARN: ARN, MaxResults: 2 });
    const { NextToken } = first;
    const second = await call<Listed>("ListStreamConsumers", { StreamARN: ARN, NextToken });
    const names = [first, second].map(({ Consumers }) => Consumers.map(({ ConsumerName }) => ConsumerName));
    expect(names).to.deep.equal([["a", "b"], ["c"]]);
    expect(second).not.to.have.property("NextToken");
  });

  it("have names of their own, and are twenty at most", async () => {
    for (let index = 0; index < 20; index++) await register(`fan-${index}`);
    const again = await refusal("RegisterStreamConsumer", { StreamARN: ARN, ConsumerName: "fan-0" });
    expect(again).to.deep.equal({
      code: "ResourceInUseException",
      message: `Consumer fan-0 under stream orders already exists for account ${STAGE_ACCOUNT}.`,
    });
    const more = await refusal("RegisterStreamConsumer", { StreamARN: ARN, ConsumerName: "fan-20" });
    expect(more.code).to.equal("LimitExceededException");
  });

  it("have tags of their own", async () => {
    await register("fan", { Tags: { a: "1" } });
    const ResourceARN = consumerArn("fan");
    await call("TagResource", { ResourceARN, Tags: { b: "2" } });
    await call("UntagResource", { ResourceARN, TagKeys: ["a"] });
    expect(await call("ListTagsForResource", { ResourceARN })).to.deep.equal({ Tags: [{ Key: "b", Value: "2" }] });
    expect(await call("ListTagsForStream", { StreamName })).to.deep.include({ Tags: [] });
  });

  it("must be named fully, and cannot subscribe", async () => {
    const message = async (params: object) => (await refusal("DescribeStreamConsumer", params)).message;
    expect(await message({ StreamARN: ARN })).to.contain("Either ConsumerARN, or both");
    expect(await message({ StreamARN: `${ARN}2`, ConsumerARN: consumerArn("fan") })).to.contain("is not of the stream");
    const subscribe = { ConsumerARN: consumerArn("fan"), ShardId: "shardId-000000000000" };
    expect((await refusal("SubscribeToShard", subscribe)).message).to.contain("SubscribeToShard");
  });
});
