import { expect } from "chai";
import { kinesisCalls, type Page } from "../../../support/kinesis-calls.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_START } from "../../../support/service-stage.ts";

const ARN = `arn:aws:kinesis:us-east-1:${STAGE_ACCOUNT}:stream/orders`;

describe("Kinesis, reading and describing", () => {
  let stage: ServiceStage;
  const { call, refusal, make, put, iterator, read, texts } = kinesisCalls(() => stage);

  beforeEach(() => {
    stage = new ServiceStage();
  });
  afterEach(() => stage.close());

  it("begins reading at, after, at the horizon, at the tip and at a time", async () => {
    await make();
    await put("one");
    await stage.cloud.clock.advance(1_000);
    const two = await put("two");
    await stage.cloud.clock.advance(1_000);
    await put("three");
    const StartingSequenceNumber = two.SequenceNumber;
    expect(texts(await read("TRIM_HORIZON"))).to.deep.equal(["one", "two", "three"]);
    expect(texts(await read("AT_SEQUENCE_NUMBER", { StartingSequenceNumber }))).to.deep.equal(["two", "three"]);
    expect(texts(await read("AFTER_SEQUENCE_NUMBER", { StartingSequenceNumber }))).to.deep.equal(["three"]);
    expect(texts(await read("AT_TIMESTAMP", { Timestamp: STAGE_START / 1000 + 1.5 }))).to.deep.equal(["three"]);
    expect(texts(await read("AT_TIMESTAMP", { Timestamp: STAGE_START / 1000 + 1 }))).to.deep.equal(["two", "three"]);
    expect(texts(await read("LATEST"))).to.deep.equal([]);
  });

  it("goes on from one page to the next, and says how far behind the tip a reader is", async () => {
    await make();
    for (const text of ["one", "two", "three"]) {
      await put(text);
      await stage.cloud.clock.advance(1_000);
    }
    const first = await read("TRIM_HORIZON", {}, { Limit: 2 });
    expect(texts(first)).to.deep.equal(["one", "two"]);
    expect(first.MillisBehindLatest).to.equal(2_000);
    const second = await call<Page>("GetRecords", { ShardIterator: first.NextShardIterator });
    expect(texts(second)).to.deep.equal(["three"]);
    expect(second.MillisBehindLatest).to.equal(0);
    await put("four");
    const third = await call<Page>("GetRecords", { ShardIterator: second.NextShardIterator });
    expect(texts(third)).to.deep.equal(["four"]);
  });

  it("ends a page at 10 MiB", async () => {
    await make({ maxRecordSizeInKib: 10_240 });
    for (let index = 0; index < 3; index++) {
      await put("x".repeat(4 * 1024 * 1024));
      await stage.cloud.clock.advance(10_000);
    }
    expect((await read("TRIM_HORIZON")).Records).to.have.length(2);
  });

  it("lets an iterator expire after five minutes of cloud time", async () => {
    await make();
    const ShardIterator = await iterator("LATEST");
    await stage.cloud.clock.advance(300_000);
    expect((await call<Page>("GetRecords", { ShardIterator })).Records).to.deep.equal([]);
    await stage.cloud.clock.advance(1);
    expect((await refusal("GetRecords", { ShardIterator })).code).to.equal("ExpiredIteratorException");
  });

  it("forgets records at the end of the retention period, in cloud time", async () => {
    await make({ retentionPeriod: 48 });
    await put("old");
    await stage.cloud.clock.advance(47 * 3_600_000);
    await put("young");
    expect(texts(await read("TRIM_HORIZON"))).to.deep.equal(["old", "young"]);
    await stage.cloud.clock.advance(3_600_001);
    expect(texts(await read("TRIM_HORIZON"))).to.deep.equal(["young"]);
  });

  it("names a parameter that it does not support", async () => {
    await make();
    const { code, message } = await refusal("PutRecord", {
      StreamName: "orders",
      Data: "",
      PartitionKey: "k",
      StreamId: "x",
    });
    expect(code).to.equal("NotSupportedByLocalCloud");
    expect(message).to.equal("The local cloud does not support the parameter StreamId of kinesis:PutRecord.");
    expect((await refusal("SubscribeToShard", {})).message).to.contain("does not support kinesis:SubscribeToShard.");
  });

  it("addresses a stream by its ARN, and refuses an unknown stream, shard, iterator or sequence number", async () => {
    await make();
    await put("x", { StreamName: undefined, StreamARN: ARN });
    expect((await read("TRIM_HORIZON")).Records).to.have.length(1);
    expect(await refusal("DescribeStream", { StreamName: "other" })).to.deep.equal({
      code: "ResourceNotFoundException",
      message: `Stream other under account ${STAGE_ACCOUNT} not found.`,
    });
    expect((await refusal("DescribeStream", { StreamName: "other", StreamARN: ARN })).code).to.equal(
      "InvalidArgumentException",
    );
    expect((await refusal("DescribeStream", {})).code).to.equal("InvalidArgumentException");
    const from = { StreamName: "orders", ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber: "1" };
    expect((await refusal("GetShardIterator", { ...from, ShardId: "shardId-000000000000" })).code).to.equal(
      "InvalidArgumentException",
    );
    expect((await refusal("GetShardIterator", { ...from, ShardId: "shardId-7" })).code).to.equal(
      "ResourceNotFoundException",
    );
    expect((await refusal("GetRecords", { ShardIterator: "garbled" })).code).to.equal("InvalidArgumentException");
  });

  it("knows a shard by its number, whatever stands before it", async () => {
    await make();
    await put("one");
    const shardOf = async (ShardId: string) => {
      const { ShardIterator } = await call<{ ShardIterator: string }>("GetShardIterator", {
        StreamName: "orders",
        ShardId,
        ShardIteratorType: "TRIM_HORIZON",
      });
      return texts(await call<Page>("GetRecords", { ShardIterator }));
    };
    for (const shardId of ["shardId-000000000000", "shardId-0", "0", "shard-00"]) {
      expect(await shardOf(shardId), shardId).to.deep.equal(["one"]);
    }
    const where = `in stream orders under account ${STAGE_ACCOUNT}`;
    const refused = async (operation: string, params: object) =>
      (await refusal(operation, { StreamName: "orders", ...params })).message;
    const from = { ShardIteratorType: "LATEST" };
    expect(await refused("GetShardIterator", { ...from, ShardId: "shardId-7" })).to.equal(
      `Shard shardId-000000000007 ${where} does not exist`,
    );
    for (const ShardId of ["shardId-2147483648", "one", "5e1"]) {
      expect(await refused("GetShardIterator", { ...from, ShardId })).to.equal(
        `Could not find shard ${ShardId} ${where}.`,
      );
    }
    expect(await refused("SplitShard", { ShardToSplit: "7", NewStartingHashKey: "9" })).to.equal(
      `Could not find shard shardId-000000000007 ${where}.`,
    );
    expect(await refused("MergeShards", { ShardToMerge: "0", AdjacentShardToMerge: "8" })).to.equal(
      `Could not find shard shardId-000000000008 ${where}.`,
    );
  });

  it("refuses a start that says two things, and one that is yet to come", async () => {
    await make();
    const { SequenceNumber } = await put("one");
    const message = async (params: object) =>
      (await refusal("GetShardIterator", { StreamName: "orders", ShardId: "shardId-0", ...params })).message;
    const ways =
      "Must either specify (1) AT_SEQUENCE_NUMBER and StartingSequenceNumber or (2) AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (3) TRIM_HORIZON and no StartingSequenceNumber or (4) LATEST and no StartingSequenceNumber. Request specified";
    for (const type of ["LATEST", "TRIM_HORIZON"]) {
      expect(await message({ ShardIteratorType: type, StartingSequenceNumber: SequenceNumber })).to.equal(
        `${ways} ${type} and also a StartingSequenceNumber.`,
      );
    }
    for (const type of ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"]) {
      expect(await message({ ShardIteratorType: type })).to.equal(
        `${ways} ${type} and also a null StartingSequenceNumber.`,
      );
    }
    expect(texts(await read("AT_TIMESTAMP", { Timestamp: STAGE_START / 1000 }))).to.deep.equal(["one"]);
    expect(await message({ ShardIteratorType: "AT_TIMESTAMP", Timestamp: (STAGE_START + 1) / 1000 })).to.equal(
      `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${STAGE_START + 1}, currentTimestampInMillis: ${STAGE_START}`,
    );
  });

  it("tells an iterator that is too old when it was made and when it is now, as AWS writes times", async () => {
    await make();
    const ShardIterator = await iterator("LATEST");
    await stage.cloud.clock.advance(300_001);
    expect(await refusal("GetRecords", { ShardIterator })).to.deep.equal({
      code: "ExpiredIteratorException",
      message:
        "Iterator expired. The iterator was created at time Sat Jan 31 12:00:00 UTC 2026 while right now it is Sat Jan 31 12:05:00 UTC 2026 which is further in the future than the tolerated delay of 300000 milliseconds.",
    });
  });

  it("asks IAM about the stream's own ARN, and so refuses another account until the stream's policy allows it", async () => {
    await make();
    const other = stage.administrator("222222222222");
    const params = { StreamARN: ARN, Data: "eA==", PartitionKey: "k", ExplicitHashKey: "0" };
    expect((await stage.refusal("kinesis", "PutRecord", params, other)).code).to.equal("AccessDeniedException");
    expect(stage.cloud.trace.records().at(-1)?.authorizations).to.deep.equal([
      { action: "kinesis:PutRecord", resource: ARN },
    ]);
    await stage.make("aws:kinesis/resourcePolicy:ResourcePolicy", {
      resourceArn: ARN,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { AWS: other.arn },
          Action: ["kinesis:PutRecord"],
          Resource: ARN,
        },
      }),
    });
    expect(await stage.call("kinesis", "PutRecord", params, other)).to.include({ ShardId: "shardId-000000000000" });
    expect((await stage.refusal("kinesis", "DescribeStream", { StreamARN: ARN }, other)).code).to.equal(
      "AccessDeniedException",
    );
  });

  it("asks about a customer's key as well, and not about the key that AWS manages", async () => {
    const key = `arn:aws:kms:us-east-1:${STAGE_ACCOUNT}:key/1234abcd`;
    await make({ encryptionType: "KMS", kmsKeyId: key });
    const asked = () => stage.cloud.trace.records().at(-1)?.authorizations.slice(1);
    expect(await put("x")).to.include({ EncryptionType: "KMS" });
    expect(asked()).to.deep.equal([{ action: "kms:GenerateDataKey", resource: key }]);
    expect((await read("TRIM_HORIZON")).Records[0]).to.include({ EncryptionType: "KMS" });
    expect(asked()).to.deep.equal([{ action: "kms:Decrypt", resource: key }]);
    await make({ name: "managed", encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" });
    await put("x", { StreamName: "managed" });
    expect(asked()).to.deep.equal([]);
  });

  it("describes the stream, its shards page by page, and the account's streams", async () => {
    await make({ shardCount: 3, retentionPeriod: 48, maxRecordSizeInKib: 2_048, tags: { team: "a" } });
    await make({ name: "other", shardCount: 1 });
    const { StreamDescription } = await call<{
      StreamDescription: { Shards: { HashKeyRange: { StartingHashKey: string; EndingHashKey: string } }[] };
    }>("DescribeStream", { StreamName: "orders" });
    expect(StreamDescription).to.deep.include({
      StreamName: "orders",
      StreamARN: ARN,
      StreamStatus: "ACTIVE",
      RetentionPeriodHours: 48,
      EncryptionType: "NONE",
      HasMoreShards: false,
      StreamModeDetails: { StreamMode: "PROVISIONED" },
      StreamCreationTimestamp: STAGE_START / 1000,
    });
    expect(StreamDescription.Shards.map(({ HashKeyRange }) => HashKeyRange)).to.deep.equal([
      { StartingHashKey: "0", EndingHashKey: "113427455640312821154458202477256070484" },
      {
        StartingHashKey: "113427455640312821154458202477256070485",
        EndingHashKey: "226854911280625642308916404954512140969",
      },
      { StartingHashKey: "226854911280625642308916404954512140970", EndingHashKey: String(2n ** 128n - 1n) },
    ]);
    expect(
      await call<{ StreamDescriptionSummary: object }>("DescribeStreamSummary", { StreamName: "orders" }),
    ).to.nested.include({
      "StreamDescriptionSummary.OpenShardCount": 3,
      "StreamDescriptionSummary.MaxRecordSizeInKiB": 2_048,
    });
    const ids = (page: { Shards: { ShardId: string }[] }) => page.Shards.map(({ ShardId }) => ShardId.slice(-1));
    const first = await call<{ Shards: { ShardId: string }[]; NextToken: string }>("ListShards", {
      StreamName: "orders",
      MaxResults: 2,
    });
    const second = await call<typeof first>("ListShards", { NextToken: first.NextToken });
    expect([ids(first), ids(second), second.NextToken]).to.deep.equal([["0", "1"], ["2"], undefined]);
    expect(await call("ListStreams", { Limit: 1 })).to.deep.include({
      StreamNames: ["orders"],
      HasMoreStreams: true,
      NextToken: "orders",
    });
    expect(await call("ListStreams", { NextToken: "orders" })).to.deep.include({
      StreamNames: ["other"],
      HasMoreStreams: false,
    });
    expect(await call("ListTagsForStream", { StreamName: "orders" })).to.deep.equal({
      Tags: [{ Key: "team", Value: "a" }],
      HasMoreTags: false,
    });
  });
});
