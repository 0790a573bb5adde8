import { expect } from "chai";
import { ServiceStage, STAGE_ACCOUNT, STAGE_START } from "../support/service-stage.ts";

const ARN = `arn:aws:kinesis:us-east-1:${STAGE_ACCOUNT}:stream/orders`;
const HALF = 2n ** 127n;

interface Put {
  ShardId: string;
  SequenceNumber: string;
}
interface PutAll {
  FailedRecordCount: number;
  Records: (Put & { ErrorCode?: string; ErrorMessage?: string })[];
}
interface Page {
  Records: { SequenceNumber: string; Data: string; PartitionKey: string; ApproximateArrivalTimestamp: number }[];
  NextShardIterator: string;
  MillisBehindLatest: number;
}

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("Kinesis", () => {
  let stage: ServiceStage;
  const call = <T>(operation: string, params: object) => stage.call<T>("kinesis", operation, params);
  const refusal = (operation: string, params: object) => stage.refusal("kinesis", operation, params);
  const make = (inputs: object = {}) =>
    stage.make("aws:kinesis/stream:Stream", { name: "orders", shardCount: 2, ...inputs });
  const put = (text: string, more: object = {}) =>
    call<Put>("PutRecord", {
      StreamName: "orders",
      Data: base64(text),
      PartitionKey: "k",
      ExplicitHashKey: "0",
      ...more,
    });
  const iterator = async (type: string, more: object = {}) =>
    (
      await call<{ ShardIterator: string }>("GetShardIterator", {
        StreamName: "orders",
        ShardId: "shardId-000000000000",
        ShardIteratorType: type,
        ...more,
      })
    ).ShardIterator;
  const read = async (type: string, more: object = {}, limit = {}) =>
    call<Page>("GetRecords", { ShardIterator: await iterator(type, more), ...limit });
  const texts = (page: Page) => page.Records.map(({ Data }) => Buffer.from(Data, "base64").toString());

  beforeEach(() => {
    stage = new ServiceStage();
  });
  afterEach(() => stage.close());

  it("answers shard and sequence number, and gives the record back as it came", async () => {
    await make();
    const { ShardId, SequenceNumber } = await put("héllo");
    expect(ShardId).to.equal("shardId-000000000000");
    expect(SequenceNumber).to.match(/^49\d{54}$/);
    expect(await read("TRIM_HORIZON")).to.deep.include({
      Records: [
        {
          SequenceNumber,
          ApproximateArrivalTimestamp: STAGE_START / 1000,
          Data: base64("héllo"),
          PartitionKey: "k",
        },
      ],
      MillisBehindLatest: 0,
    });
  });

  it("picks the shard by the MD5 of the partition key, or by the explicit hash key", async () => {
    await make();
    // MD5("a") = 0cc1…, MD5("b") = 92eb…
    const shardOf = async (more: object) => (await put("x", { ExplicitHashKey: undefined, ...more })).ShardId;
    expect(await shardOf({ PartitionKey: "a" })).to.equal("shardId-000000000000");
    expect(await shardOf({ PartitionKey: "b" })).to.equal("shardId-000000000001");
    expect(await shardOf({ PartitionKey: "b", ExplicitHashKey: String(HALF - 1n) })).to.equal("shardId-000000000000");
    expect(await shardOf({ PartitionKey: "a", ExplicitHashKey: String(HALF) })).to.equal("shardId-000000000001");
  });

  it("numbers the records of a shard strictly upwards, over emptyData too, with varying last digits", async () => {
    await make({ maxRecordSizeInKib: 1024 });
    const numbers: string[] = [];
    for (let round = 0; round < 2; round++) {
      const { Records } = await call<PutAll>("PutRecords", {
        StreamName: "orders",
        Records: Array.from({ length: 400 }, () => ({ Data: "", PartitionKey: "k", ExplicitHashKey: "0" })),
      });
      numbers.push(...Records.map(({ SequenceNumber }) => SequenceNumber));
      stage.cloud.emptyData();
    }
    expect(numbers).to.deep.equal([...new Set(numbers)].sort());
    expect(new Set(numbers.map((number) => number.slice(-3, -1))).size).to.equal(100);
    expect((await read("TRIM_HORIZON")).Records).to.deep.equal([]);
  });

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

  it("throttles a shard over 1,000 records a second: 400 for one, 200 with an error per record for many", async () => {
    await make();
    const records = (count: number, key: string) =>
      Array.from({ length: count }, () => ({ Data: "eA==", PartitionKey: "k", ExplicitHashKey: key }));
    const putAll = (entries: object[]) => call<PutAll>("PutRecords", { StreamName: "orders", Records: entries });
    for (const count of [500, 490]) {
      expect((await putAll(records(count, "0"))).FailedRecordCount).to.equal(0);
    }
    const partial = await putAll([...records(15, "0"), ...records(1, String(HALF))]);
    expect(partial.FailedRecordCount).to.equal(5);
    expect(partial.Records[9]).to.have.property("SequenceNumber");
    expect(partial.Records[10]).to.deep.equal({
      ErrorCode: "ProvisionedThroughputExceededException",
      ErrorMessage: `Rate exceeded for shard shardId-000000000000 in stream orders under account ${STAGE_ACCOUNT}.`,
    });
    expect(partial.Records[15]).to.include({ ShardId: "shardId-000000000001" });
    const one = { StreamName: "orders", Data: "eA==", PartitionKey: "k", ExplicitHashKey: "0" };
    expect(await refusal("PutRecord", one)).to.deep.equal({
      code: "ProvisionedThroughputExceededException",
      message: `Rate exceeded for shard shardId-000000000000 in stream orders under account ${STAGE_ACCOUNT}.`,
    });
    await stage.cloud.clock.advance(10);
    expect((await putAll(records(11, "0"))).FailedRecordCount).to.equal(1);
  });

  it("throttles a shard over 1 MiB a second", async () => {
    await make();
    const half = "x".repeat(512 * 1024 - 1);
    await put(half);
    await put(half);
    expect(
      (await refusal("PutRecord", { StreamName: "orders", Data: "eA==", PartitionKey: "k", ExplicitHashKey: "0" }))
        .code,
    ).to.equal("ProvisionedThroughputExceededException");
    await stage.cloud.clock.advance(500);
    await put(half);
  });

  it("counts data and partition key against the stream's record size", async () => {
    await make();
    await put("x".repeat(1024 * 1024 - 1));
    await stage.cloud.clock.advance(10_000);
    expect(
      await refusal("PutRecord", {
        StreamName: "orders",
        Data: base64("x".repeat(1024 * 1024 - 1)),
        PartitionKey: "kk",
      }),
    ).to.deep.equal({
      code: "ValidationException",
      message:
        "1 validation error detected: Value at 'data' failed to satisfy constraint: Member must have length less than or equal to 1048576",
    });
  });

  it("refuses a whole PutRecords in AWS's words, and stores nothing of it", async () => {
    await make({ maxRecordSizeInKib: 10_240 });
    const good = { Data: "eA==", PartitionKey: "k", ExplicitHashKey: "0" };
    const message = async (Records: object[]) =>
      (await refusal("PutRecords", { StreamName: "orders", Records })).message;
    const detected = "1 validation error detected: Value";
    expect(await message([])).to.equal(
      `${detected} '[]' at 'records' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    );
    expect(await message(Array(501).fill(good))).to.equal(
      `${detected} '[501 records]' at 'records' failed to satisfy constraint: Member must have length less than or equal to 500`,
    );
    expect(await message([good, { ...good, PartitionKey: "" }])).to.equal(
      `${detected} '' at 'records.2.member.partitionKey' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    );
    const long = "é".repeat(257);
    expect(await message([good, { ...good, PartitionKey: long }])).to.equal(
      `${detected} '${long}' at 'records.2.member.partitionKey' failed to satisfy constraint: Member must have length less than or equal to 256`,
    );
    expect(await message([{ ...good, ExplicitHashKey: String(2n ** 128n) }])).to.contain("Invalid ExplicitHashKey");
    const big = { ...good, Data: base64("x".repeat(6 * 1024 * 1024)) };
    expect(await message([big, big])).to.equal("Records size exceeds 10 MB limit");
    expect(await message([{ ...good, Data: "e" }])).to.contain("Records.0.Data: is not base64");
    expect((await read("TRIM_HORIZON")).Records).to.deep.equal([]);
  });

  it("names a parameter that it does not support", async () => {
    await make();
    const { code, message } = await refusal("PutRecord", {
      StreamName: "orders",
      Data: "",
      PartitionKey: "k",
      StreamId: "x",
    });
    expect(code).to.equal("ValidationException");
    expect(message).to.contain("StreamId");
    expect((await refusal("SplitShard", {})).message).to.contain("does not support kinesis:SplitShard.");
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

  it("wakes consumers after each append, and not for one that stored nothing", async () => {
    await make();
    let wakes = 0;
    stage.cloud.signals.subscribe(ARN, () => wakes++);
    await put("x");
    await call("PutRecords", { StreamName: "orders", Records: [{ Data: "", PartitionKey: "k" }] });
    await refusal("PutRecord", { StreamName: "orders", Data: "", PartitionKey: "" });
    expect(wakes).to.equal(2);
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

  it("hands each minute's sums to CloudWatch, by stream", async () => {
    await make();
    const data: object[] = [];
    stage.cloud.services.cloudwatch.putMetric = (datum) => data.push(datum);
    const entries = Array.from({ length: 500 }, () => ({ Data: "", PartitionKey: "k" }));
    for (let round = 0; round < 3; round++) await call("PutRecords", { StreamName: "orders", Records: entries });
    await stage.cloud.clock.advance(59_999);
    expect(data).to.deep.equal([]);
    await stage.cloud.clock.advance(1);
    const datum = (name: string, value: number) => ({
      accountId: STAGE_ACCOUNT,
      region: "us-east-1",
      namespace: "AWS/Kinesis",
      name,
      dimensions: { StreamName: "orders" },
      value,
      unit: "Count",
      time: STAGE_START + 60_000,
    });
    expect(data).to.deep.equal([datum("IncomingRecords", 1_000), datum("WriteProvisionedThroughputExceeded", 500)]);
  });
});
