import { expect } from "chai";
import { kinesisCalls, type Page, type ShardView } from "../../../support/kinesis-calls.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_START } from "../../../support/service-stage.ts";

const ARN = `arn:aws:kinesis:us-east-1:${STAGE_ACCOUNT}:stream/orders`;
const StreamName = "orders";
const HALF = 2n ** 127n;
const LAST = 2n ** 128n - 1n;
const id = (number: number) => `shardId-${String(number).padStart(12, "0")}`;
const ids = (shards: readonly { ShardId: string }[]) => shards.map(({ ShardId }) => Number(ShardId.slice(-4)));

describe("Kinesis resharding", () => {
  let stage: ServiceStage;
  const { call, refusal, make, put, iterator, texts } = kinesisCalls(() => stage);
  const list = async (more: object = {}) =>
    (await call<{ Shards: ShardView[] }>("ListShards", { StreamName, ...more })).Shards;
  const split = (shard: number, at: bigint) =>
    call("SplitShard", { StreamName, ShardToSplit: id(shard), NewStartingHashKey: String(at) });
  const merge = (one: number, other: number) =>
    call("MergeShards", { StreamName, ShardToMerge: id(one), AdjacentShardToMerge: id(other) });
  const scale = (TargetShardCount: number) =>
    call<object>("UpdateShardCount", { StreamName, TargetShardCount, ScalingType: "UNIFORM_SCALING" });
  const ranges = async (more: object = {}) =>
    (await list(more)).map(({ HashKeyRange: { StartingHashKey, EndingHashKey } }) => [
      BigInt(StartingHashKey),
      BigInt(EndingHashKey),
    ]);
  const readAll = async (shard: number, type = "TRIM_HORIZON") =>
    call<Page>("GetRecords", { ShardIterator: await iterator(type, { ShardId: id(shard) }) });

  beforeEach(() => {
    stage = new ServiceStage();
  });
  afterEach(() => stage.close());

  it("splits a shard in two that name their parent, and closes the parent", async () => {
    await make({ shardCount: 1 });
    expect(await split(0, HALF)).to.equal(undefined);
    const [parent, left, right] = await list();
    expect(parent).to.have.nested.property("SequenceNumberRange.EndingSequenceNumber");
    expect(left).to.deep.equal({
      ShardId: id(1),
      ParentShardId: id(0),
      HashKeyRange: { StartingHashKey: "0", EndingHashKey: String(HALF - 1n) },
      SequenceNumberRange: { StartingSequenceNumber: left?.SequenceNumberRange.StartingSequenceNumber },
    });
    expect(right).to.deep.include({
      ShardId: id(2),
      ParentShardId: id(0),
      HashKeyRange: { StartingHashKey: String(HALF), EndingHashKey: String(LAST) },
    });
    const { StreamDescription } = await call<{ StreamDescription: { Shards: ShardView[] } }>("DescribeStream", {
      StreamName,
    });
    expect(StreamDescription.Shards).to.deep.equal([parent, left, right]);
    expect(await call("DescribeStreamSummary", { StreamName })).to.have.nested.property(
      "StreamDescriptionSummary.OpenShardCount",
      2,
    );
  });

  it("merges two adjacent shards, given in either order, into one that names both parents", async () => {
    await make({ shardCount: 3 });
    await merge(1, 0);
    expect((await list()).at(-1)).to.deep.include({
      ShardId: id(3),
      ParentShardId: id(0),
      AdjacentParentShardId: id(1),
    });
    expect(await ranges({ ShardFilter: { Type: "AT_LATEST" } })).to.deep.equal([
      [((LAST + 1n) * 2n) / 3n, LAST],
      [0n, ((LAST + 1n) * 2n) / 3n - 1n],
    ]);
  });

  it("sends new records to the children by their hash keys, with higher sequence numbers than any of the parent's", async () => {
    await make({ shardCount: 1 });
    const before = await put("before");
    await split(0, HALF);
    const low = await put("low", { ExplicitHashKey: String(HALF - 1n) });
    const high = await put("high", { ExplicitHashKey: String(HALF) });
    expect([before.ShardId, low.ShardId, high.ShardId]).to.deep.equal([id(0), id(1), id(2)]);
    const { StartingSequenceNumber, EndingSequenceNumber = "" } = (await list())[0]?.SequenceNumberRange ?? {};
    const rising = [StartingSequenceNumber, before.SequenceNumber, EndingSequenceNumber, low.SequenceNumber];
    expect([...rising].sort()).to.deep.equal(rising);
    expect(high.SequenceNumber > EndingSequenceNumber).to.equal(true);
    await make({ name: "wide", shardCount: 16 });
    const last = { StreamName: "wide", ExplicitHashKey: String(LAST) };
    const wide = await put("before", last);
    const NewStartingHashKey = String(LAST - 10n);
    await call("SplitShard", { StreamName: "wide", ShardToSplit: id(15), NewStartingHashKey });
    expect((await put("after", last)).SequenceNumber > wide.SequenceNumber).to.equal(true);
    await merge(1, 2);
    const merged = await put("merged");
    expect(merged.ShardId).to.equal(id(3));
    expect(merged.SequenceNumber > high.SequenceNumber && merged.SequenceNumber > low.SequenceNumber).to.equal(true);
  });

  it("ends reading at the end of a closed shard with its children and no further iterator, page by page", async () => {
    await make({ shardCount: 1 });
    const ShardIterator = await iterator("TRIM_HORIZON");
    const one = await put("one");
    await put("two");
    await split(0, HALF);
    await put("three");
    const first = await call<Page>("GetRecords", { ShardIterator, Limit: 1 });
    expect(texts(first)).to.deep.equal(["one"]);
    expect(first).to.have.property("NextShardIterator");
    expect(first).not.to.have.property("ChildShards");
    const last = await call<Page>("GetRecords", { ShardIterator: first.NextShardIterator });
    expect(texts(last)).to.deep.equal(["two"]);
    expect(last).not.to.have.property("NextShardIterator");
    expect(last.MillisBehindLatest).to.equal(0);
    expect(last.ChildShards).to.deep.equal([
      {
        ShardId: id(1),
        ParentShards: [id(0)],
        HashKeyRange: { StartingHashKey: "0", EndingHashKey: String(HALF - 1n) },
      },
      {
        ShardId: id(2),
        ParentShards: [id(0)],
        HashKeyRange: { StartingHashKey: String(HALF), EndingHashKey: String(LAST) },
      },
    ]);
    expect(texts(await readAll(1))).to.deep.equal(["three"]);
    expect(await readAll(1)).to.have.property("NextShardIterator");

    const EndingSequenceNumber = (await list())[0]?.SequenceNumberRange.EndingSequenceNumber;
    for (const from of [
      { ShardIteratorType: "LATEST" },
      { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber: EndingSequenceNumber },
      { ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber: EndingSequenceNumber },
    ]) {
      const page = await call<Page>("GetRecords", { ShardIterator: await iterator("", from) });
      expect([page.Records, page.NextShardIterator]).to.deep.equal([[], undefined], from.ShardIteratorType);
    }
    const after = await iterator("AFTER_SEQUENCE_NUMBER", { StartingSequenceNumber: one.SequenceNumber });
    expect(texts(await call<Page>("GetRecords", { ShardIterator: after }))).to.deep.equal(["two"]);
  });

  it("tells a merged shard's two parents to the readers of both", async () => {
    await make();
    await merge(0, 1);
    const child = {
      ShardId: id(2),
      ParentShards: [id(0), id(1)],
      HashKeyRange: { StartingHashKey: "0", EndingHashKey: String(LAST) },
    };
    expect((await readAll(0)).ChildShards).to.deep.equal([child]);
    expect((await readAll(1)).ChildShards).to.deep.equal([child]);
  });

  it("scales to equal shards, by splits and merges of open neighbours alone", async () => {
    await make({ shardCount: 2 });
    expect(await scale(3)).to.deep.equal({
      StreamName,
      StreamARN: ARN,
      CurrentShardCount: 2,
      TargetShardCount: 3,
    });
    const third = (index: bigint) => (index * (LAST + 1n)) / 3n;
    const open = { ShardFilter: { Type: "AT_LATEST" } };
    const byStart = (a: (bigint | undefined)[], b: (bigint | undefined)[]) => (Number(a[0]) < Number(b[0]) ? -1 : 1);
    expect((await ranges(open)).sort(byStart)).to.deep.equal([
      [0n, third(1n) - 1n],
      [third(1n), third(2n) - 1n],
      [third(2n), LAST],
    ]);
    const all = await list();
    for (const shard of all.slice(2)) {
      const parents = all.filter(({ ShardId }) => [shard.ParentShardId, shard.AdjacentParentShardId].includes(ShardId));
      const start = parents.map(({ HashKeyRange }) => BigInt(HashKeyRange.StartingHashKey));
      const end = parents.map(({ HashKeyRange }) => BigInt(HashKeyRange.EndingHashKey));
      expect(parents.length, shard.ShardId).to.be.within(1, 2);
      expect(start.some((key) => key <= BigInt(shard.HashKeyRange.StartingHashKey))).to.equal(true);
      expect(end.some((key) => key >= BigInt(shard.HashKeyRange.EndingHashKey))).to.equal(true);
      if (parents.length === 2) expect(end[0]! + 1n === start[1] || end[1]! + 1n === start[0]).to.equal(true);
    }
    await scale(2);
    expect((await ranges(open)).sort(byStart)).to.deep.equal([
      [0n, HALF - 1n],
      [HALF, LAST],
    ]);
  });

  it("doubles by splits and halves by merges, with nothing in between", async () => {
    await make({ shardCount: 2 });
    await scale(4);
    expect((await list()).map(({ ParentShardId }) => ParentShardId)).to.deep.equal([
      undefined,
      undefined,
      id(0),
      id(0),
      id(1),
      id(1),
    ]);
    await scale(2);
    expect(
      (await list()).slice(6).map(({ ParentShardId, AdjacentParentShardId }) => [ParentShardId, AdjacentParentShardId]),
    ).to.deep.equal([
      [id(2), id(3)],
      [id(4), id(5)],
    ]);
  });

  it("scales to double and to half at most, and ten times in 24 hours", async () => {
    await make({ shardCount: 4 });
    const target = (TargetShardCount: number) =>
      refusal("UpdateShardCount", { StreamName, TargetShardCount, ScalingType: "UNIFORM_SCALING" });
    expect(await target(9)).to.deep.equal({
      code: "LimitExceededException",
      message:
        "UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: 4 Target shard count: 9",
    });
    expect((await target(1)).message).to.contain("cannot scale down below half your current open shard count");
    for (let round = 0; round < 10; round++) await scale(round % 2 === 0 ? 2 : 4);
    expect(await target(2)).to.deep.include({ code: "LimitExceededException" });
    await stage.cloud.clock.advance(24 * 3_600_000);
    await scale(2);
    expect(
      (await refusal("UpdateShardCount", { StreamName, TargetShardCount: 2, ScalingType: "X" })).message,
    ).to.contain("Value 'X' at 'scalingType'");
  });

  it("refuses a hash key outside the shard, shards that are not adjacent or not open, and a stream in on-demand mode", async () => {
    await make({ shardCount: 3 });
    const first = (LAST + 1n) / 3n - 1n;
    const bad = (NewStartingHashKey: bigint) =>
      refusal("SplitShard", { StreamName, ShardToSplit: id(0), NewStartingHashKey: String(NewStartingHashKey) });
    for (const key of [0n, 1n, first, first + 1n]) {
      expect(await bad(key)).to.deep.equal({
        code: "InvalidArgumentException",
        message: `NewStartingHashKey ${key} used in SplitShard() on shard ${id(0)} in stream orders under account ${STAGE_ACCOUNT} is not both greater than one plus the shard's StartingHashKey 0 and less than the shard's EndingHashKey ${first}.`,
      });
    }
    const pair = (ShardToMerge: number, AdjacentShardToMerge: number) =>
      refusal("MergeShards", {
        StreamName,
        ShardToMerge: id(ShardToMerge),
        AdjacentShardToMerge: id(AdjacentShardToMerge),
      });
    expect((await pair(0, 2)).message).to.contain("are not an adjacent pair of shards eligible for merging");
    expect((await pair(0, 0)).code).to.equal("InvalidArgumentException");
    expect((await pair(0, 9)).code).to.equal("ResourceNotFoundException");
    await split(0, 1_000n);
    expect((await bad(2_000n)).message).to.contain("has already been merged or split");
    expect((await pair(0, 1)).message).to.contain("has already been merged or split");

    await make({ name: "tides", shardCount: undefined, streamModeDetails: { streamMode: "ON_DEMAND" } });
    expect(
      await refusal("UpdateShardCount", {
        StreamName: "tides",
        TargetShardCount: 8,
        ScalingType: "UNIFORM_SCALING",
      }),
    ).to.deep.equal({
      code: "ValidationException",
      message: `Request is invalid. Stream tides under account ${STAGE_ACCOUNT} is in On-Demand mode.`,
    });
  });

  it("forgets a closed shard's records by retention, then the shard itself", async () => {
    await make({ shardCount: 1 });
    await put("old");
    await stage.cloud.clock.advance(3_600_000);
    await put("young");
    await split(0, HALF);
    await stage.cloud.clock.advance(23 * 3_600_000 + 1);
    expect(texts(await readAll(0))).to.deep.equal(["young"]);
    await stage.cloud.clock.advance(3_600_000 - 1);
    expect(ids(await list())).to.deep.equal([0, 1, 2]);
    const ShardIterator = await iterator("TRIM_HORIZON");
    await stage.cloud.clock.advance(1);
    expect(ids(await list())).to.deep.equal([1, 2]);
    expect((await list())[0]).to.include({ ParentShardId: id(0) });
    expect(
      (await refusal("GetShardIterator", { StreamName, ShardId: id(0), ShardIteratorType: "LATEST" })).code,
    ).to.equal("ResourceNotFoundException");
    expect((await refusal("GetRecords", { ShardIterator })).code).to.equal("ResourceNotFoundException");
  });

  it("lists shards by each filter, which a page's token carries on", async () => {
    await make({ shardCount: 1 });
    await stage.cloud.clock.advance(60_000);
    await split(0, HALF);
    await stage.cloud.clock.advance(60_000);
    await merge(1, 2);
    const by = async (filter: object) => ids(await list({ ShardFilter: filter }));
    const at = (seconds: number) => STAGE_START / 1000 + seconds;
    expect(await by({ Type: "FROM_TRIM_HORIZON" })).to.deep.equal([0, 1, 2, 3]);
    expect(await by({ Type: "AT_TRIM_HORIZON" })).to.deep.equal([0]);
    expect(await by({ Type: "AT_LATEST" })).to.deep.equal([3]);
    expect(await by({ Type: "AFTER_SHARD_ID", ShardId: id(1) })).to.deep.equal([2, 3]);
    expect(await by({ Type: "AT_TIMESTAMP", Timestamp: at(90) })).to.deep.equal([1, 2]);
    expect(await by({ Type: "FROM_TIMESTAMP", Timestamp: at(90) })).to.deep.equal([1, 2, 3]);
    expect(await by({ Type: "FROM_TIMESTAMP", Timestamp: 0 })).to.deep.equal([0, 1, 2, 3]);
    expect((await refusal("ListShards", { StreamName, ShardFilter: { Type: "AT_TIMESTAMP" } })).message).to.contain(
      "Timestamp must be given",
    );
    const first = await call<{ Shards: ShardView[]; NextToken: string }>("ListShards", {
      StreamName,
      MaxResults: 1,
      ShardFilter: { Type: "AT_TIMESTAMP", Timestamp: at(90) },
    });
    const second = await call<typeof first>("ListShards", { NextToken: first.NextToken });
    expect([ids(first.Shards), ids(second.Shards), second.NextToken]).to.deep.equal([[1], [2], undefined]);
    expect((await refusal("ListShards", { NextToken: "garbled" })).code).to.equal("InvalidArgumentException");
    expect(await refusal("ListShards", { StreamName, NextToken: first.NextToken })).to.deep.equal({
      code: "InvalidArgumentException",
      message: "NextToken and StreamName cannot be provided together.",
    });
  });

  it("wakes the stream's consumers, once per resharding", async () => {
    await make({ shardCount: 2 });
    let notified = 0;
    stage.cloud.signals.subscribe(ARN, () => notified++);
    await split(0, 1_000n);
    await merge(2, 3);
    await scale(4);
    expect(notified).to.equal(3);
  });

  it("asks IAM about each by its own name", async () => {
    await make({ shardCount: 2 });
    const asked = () => stage.cloud.trace.records().at(-1)?.authorizations;
    await split(0, 1_000n);
    expect(asked()).to.deep.equal([{ action: "kinesis:SplitShard", resource: ARN }]);
    await merge(2, 3);
    expect(asked()).to.deep.equal([{ action: "kinesis:MergeShards", resource: ARN }]);
    await scale(3);
    expect(asked()).to.deep.equal([{ action: "kinesis:UpdateShardCount", resource: ARN }]);
  });

  it("keeps the open shards and nothing else when the cloud is emptied", async () => {
    await make({ shardCount: 1 });
    await put("x");
    await split(0, HALF);
    await put("y");
    stage.cloud.emptyData();
    expect(ids(await list())).to.deep.equal([1, 2]);
    expect(texts(await readAll(1))).to.deep.equal([]);
  });
});
