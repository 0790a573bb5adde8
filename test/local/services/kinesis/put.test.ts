import { expect } from "chai";
import { base64, kinesisCalls, type PutAll } from "../../../support/kinesis-calls.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_START } from "../../../support/service-stage.ts";

const ARN = `arn:aws:kinesis:us-east-1:${STAGE_ACCOUNT}:stream/orders`;
const HALF = 2n ** 127n;

describe("Kinesis, putting records", () => {
  let stage: ServiceStage;
  const { call, refusal, make, put, read } = kinesisCalls(() => stage);

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

  it("looks at what the model forbids before it looks for the stream", async () => {
    const record = { Data: "eA==", PartitionKey: "" };
    const [one, many] = [
      await refusal("PutRecord", { StreamName: "none", ...record }),
      await refusal("PutRecords", { StreamName: "none", Records: [record] }),
    ];
    expect([one.code, many.code]).to.deep.equal(["ValidationException", "ValidationException"]);
    expect((await refusal("PutRecord", { StreamName: "none", ...record, PartitionKey: "k" })).code).to.equal(
      "ResourceNotFoundException",
    );
  });

  it("takes a SequenceNumberForOrdering that a stream may have given, and no other", async () => {
    await make();
    const { SequenceNumber } = await put("one");
    const hex = (digits: string) => BigInt(`0x${digits}`).toString();
    const ordered = { StreamName: "orders", Data: "eA==", PartitionKey: "k" };
    for (const number of [
      SequenceNumber,
      "0",
      hex("20000000000000000000000000000000000000000000002"),
      hex("20000000000000000000000000000000000000000000001"),
      hex("20000000000000000000000000000000000000800000002"),
    ]) {
      await call("PutRecord", { ...ordered, SequenceNumberForOrdering: number });
    }
    const soon = Math.floor(STAGE_START / 1000) + 1;
    for (const number of [
      hex("20000000000000000000000000000000000000000000000"),
      hex("20000000000000000000000000000000000000000000003"),
      hex("30000000000000000000000000000000000000000000001"),
      hex("1ffffffffff7fffffffffffffff000000000007fffffff2"),
      hex("2ffffffffff7fffffffffffffff000000000007fffffff2"),
      hex("20000000000800000000000000000000000000000000002"),
      hex("13bb2cc3d80000000000000000000000"),
      hex(`2000000000000000000000000000${soon.toString(16).padStart(10, "0")}000000002`),
    ]) {
      expect(await refusal("PutRecord", { ...ordered, SequenceNumberForOrdering: number })).to.deep.equal({
        code: "InvalidArgumentException",
        message: `ExclusiveMinimumSequenceNumber ${number} used in PutRecord on stream orders under account 111111111111 is invalid.`,
      });
    }
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
    expect(await message(Array(501).fill(good))).to.match(
      /^1 validation error detected: Value '\[PutRecordsRequestEntry\(.*\)\]' at 'records' failed to satisfy constraint: Member must have length less than or equal to 500$/,
    );
    expect(await message([good, { ...good, PartitionKey: "" }])).to.equal(
      `${detected} '' at 'records.2.member.partitionKey' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    );
    const long = "é".repeat(257);
    expect(await message([good, { ...good, PartitionKey: long }])).to.equal(
      `${detected} '${long}' at 'records.2.member.partitionKey' failed to satisfy constraint: Member must have length less than or equal to 256`,
    );
    expect(await message([{ ...good, ExplicitHashKey: String(2n ** 128n) }])).to.contain("Invalid ExplicitHashKey");
    for (const key of ["", "charset", "00", "1".repeat(40)]) {
      expect(await message([good, { ...good, ExplicitHashKey: key }])).to.equal(
        `${detected} '${key}' at 'records.2.member.explicitHashKey' failed to satisfy constraint: Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})`,
      );
    }
    const big = { ...good, Data: base64("x".repeat(6 * 1024 * 1024)) };
    expect(await message([big, big])).to.equal("Records size exceeds 10 MB limit");
    expect(await message([{ ...good, Data: "e" }])).to.contain(
      "'e' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: 1",
    );
    expect((await read("TRIM_HORIZON")).Records).to.deep.equal([]);
  });

  it("wakes consumers after each append, and not for one that stored nothing", async () => {
    await make();
    let wakes = 0;
    stage.cloud.signals.subscribe(ARN, () => wakes++);
    const putAll = (length: number) =>
      call<PutAll>("PutRecords", {
        StreamName: "orders",
        Records: Array.from({ length }, () => ({ Data: "", PartitionKey: "k", ExplicitHashKey: "0" })),
      });
    await put("x");
    await putAll(500);
    await putAll(498);
    expect(wakes).to.equal(3);
    expect((await putAll(2)).FailedRecordCount).to.equal(1);
    expect(wakes).to.equal(4);
    expect((await putAll(2)).FailedRecordCount).to.equal(2);
    expect(wakes).to.equal(4);
  });

  it("lets go of expired records when new ones come, though nobody reads", async () => {
    await make();
    const kept = () => {
      const shard = stage.cloud.services.kinesis.store.find(ARN)?.shards[0];
      return (shard?.latest ?? 0) - (shard?.trimHorizon ?? 0);
    };
    await put("old");
    await put("old");
    expect(kept()).to.equal(2);
    await stage.cloud.clock.advance(25 * 3_600_000);
    await put("young");
    expect(kept()).to.equal(1);
  });

  it("hands each minute's sums to CloudWatch, by stream", async () => {
    await make();
    const data: object[] = [];
    stage.cloud.metrics.put = (datum) => data.push(datum);
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
