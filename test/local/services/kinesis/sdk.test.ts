import {
  AddTagsToStreamCommand,
  DeleteStreamCommand,
  DeregisterStreamConsumerCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  IncreaseStreamRetentionPeriodCommand,
  KinesisClient,
  ListShardsCommand,
  ListStreamsCommand,
  ListTagsForStreamCommand,
  PutRecordsCommand,
  RegisterStreamConsumerCommand,
  SplitShardCommand,
  StartStreamEncryptionCommand,
  SubscribeToShardCommand,
  TagResourceCommand,
  UpdateShardCountCommand,
  UpdateStreamModeCommand,
} from "@aws-sdk/client-kinesis";
import { expect } from "chai";
import { Cloud } from "../../../../local/cloud.ts";
import { FrontDoor } from "../../../../local/front-door/front-door.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_REGION } from "../../../support/service-stage.ts";

describe("Kinesis and the AWS SDK", () => {
  const stage = new ServiceStage(new Cloud());
  const frontDoor = new FrontDoor(stage.cloud);
  let client: KinesisClient;

  before(async () => {
    const { endpointUrl } = await frontDoor.listen();
    const { credentials } = stage.cloud.accounts.ensure(STAGE_ACCOUNT).administrator;
    client = new KinesisClient({ endpoint: endpointUrl, region: STAGE_REGION, credentials, maxAttempts: 1 });
  });
  after(async () => {
    client.destroy();
    await frontDoor.close();
    await stage.close();
  });

  it("carries bytes there and back, over the SDK's own HTTP/2", async () => {
    await stage.make("aws:kinesis/stream:Stream", { name: "orders", shardCount: 1 });
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const sentAt = stage.cloud.clock.now();
    const { FailedRecordCount, Records } = await client.send(
      new PutRecordsCommand({ StreamName: "orders", Records: [{ Data: bytes, PartitionKey: "ключ" }] }),
    );
    expect(FailedRecordCount).to.equal(0);
    const { Shards } = await client.send(new ListShardsCommand({ StreamName: "orders" }));
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({
        StreamName: "orders",
        ShardId: Shards?.[0]?.ShardId,
        ShardIteratorType: "AT_TIMESTAMP",
        Timestamp: new Date(stage.cloud.clock.now() - 60_000),
      }),
    );
    const page = await client.send(new GetRecordsCommand({ ShardIterator }));
    const [record] = page.Records ?? [];
    expect(Buffer.from(record?.Data ?? []).equals(Buffer.from(bytes))).to.equal(true);
    expect(record?.PartitionKey).to.equal("ключ");
    expect(record?.SequenceNumber).to.equal(Records?.[0]?.SequenceNumber);
    expect(record?.ApproximateArrivalTimestamp?.getTime()).to.be.within(sentAt, stage.cloud.clock.now());
  });

  it("reshards, and ends reading a closed shard with its children", async () => {
    const StreamName = "tides";
    await stage.make("aws:kinesis/stream:Stream", { name: StreamName, shardCount: 1 });
    const ShardId = "shardId-000000000000";
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
    );
    await client.send(
      new SplitShardCommand({ StreamName, ShardToSplit: ShardId, NewStartingHashKey: String(2n ** 127n) }),
    );
    const page = await client.send(new GetRecordsCommand({ ShardIterator }));
    expect(page.NextShardIterator).to.equal(undefined);
    expect(page.ChildShards?.map(({ ParentShards }) => ParentShards)).to.deep.equal([[ShardId], [ShardId]]);
    const scaled = await client.send(
      new UpdateShardCountCommand({ StreamName, TargetShardCount: 4, ScalingType: "UNIFORM_SCALING" }),
    );
    expect(scaled).to.include({ CurrentShardCount: 2, TargetShardCount: 4 });
    const { Shards } = await client.send(new ListShardsCommand({ StreamName, ShardFilter: { Type: "AT_LATEST" } }));
    expect(Shards).to.have.length(4);
  });

  it("changes a stream's settings and tags, and has consumers", async () => {
    const StreamName = "settings";
    const { id: StreamARN } = await stage.make("aws:kinesis/stream:Stream", { name: StreamName, shardCount: 1 });
    await client.send(new AddTagsToStreamCommand({ StreamName, Tags: { team: "data" } }));
    await client.send(new TagResourceCommand({ ResourceARN: StreamARN, Tags: { owner: "me" } }));
    const { Tags } = await client.send(new ListTagsForStreamCommand({ StreamName }));
    expect(Tags).to.deep.equal([
      { Key: "owner", Value: "me" },
      { Key: "team", Value: "data" },
    ]);
    await client.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 48 }));
    await client.send(new UpdateStreamModeCommand({ StreamARN, StreamModeDetails: { StreamMode: "ON_DEMAND" } }));
    const encryption = { StreamName, EncryptionType: "KMS", KeyId: "alias/aws/kinesis" } as const;
    await client.send(new StartStreamEncryptionCommand(encryption));
    const { Consumer } = await client.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: "fan" }));
    expect(Consumer?.ConsumerCreationTimestamp).to.be.an.instanceOf(Date);
    const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName }));
    expect(StreamDescriptionSummary).to.deep.include({
      RetentionPeriodHours: 48,
      StreamModeDetails: { StreamMode: "ON_DEMAND" },
      EncryptionType: "KMS",
      KeyId: "alias/aws/kinesis",
      ConsumerCount: 1,
    });
    const kept = await client.send(new DeleteStreamCommand({ StreamName })).catch((reason: unknown) => reason);
    expect(kept).to.include({ name: "ResourceInUseException" });
    await client.send(new DeregisterStreamConsumerCommand({ ConsumerARN: Consumer?.ConsumerARN }));
    await client.send(new DeleteStreamCommand({ StreamName }));
    const { StreamNames } = await client.send(new ListStreamsCommand({}));
    expect(StreamNames).not.to.include(StreamName);
  });

  it("refuses SubscribeToShard by its name", async () => {
    const subscribe = new SubscribeToShardCommand({
      ConsumerARN: `arn:aws:kinesis:us-east-1:${STAGE_ACCOUNT}:stream/orders/consumer/fan:1`,
      ShardId: "shardId-000000000000",
      StartingPosition: { Type: "LATEST" },
    });
    const error = await client.send(subscribe).catch((reason: Error) => reason);
    expect((error as Error).message).to.contain("SubscribeToShard");
  });

  it("throws the SDK's own exceptions", async () => {
    const error = await client
      .send(new ListShardsCommand({ StreamName: "nowhere" }))
      .catch((reason: unknown) => reason);
    expect(error).to.include({
      name: "ResourceNotFoundException",
      message: `Stream nowhere under account ${STAGE_ACCOUNT} not found.`,
    });
  });
});
