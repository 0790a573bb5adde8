import { createHash } from "node:crypto";
import { expect } from "chai";
import { ClockMode } from "../../../../../local/kernel/clock.ts";
import { AwsError } from "../../../../../local/kernel/errors.ts";
import type { Faults } from "../../../../../local/kernel/fault-port.ts";
import { closeClouds, LambdaFixture } from "../fixture.ts";
import { type Invocations, MAPPING, makeConsumer, settle } from "./mapping-fixture.ts";

const HOUR_MS = 3_600_000;
const MIDDLE = 1n << 127n;

const shardId = (number: number): string => `shardId-${String(number).padStart(12, "0")}`;

/** A stream "events" of one shard, its consumer, and what is done to its shards. */
class ShardsFixture extends LambdaFixture {
  streamArn = "";
  #given: Invocations | undefined;

  static async make(shardCount = 1, clockMode?: ClockMode): Promise<ShardsFixture> {
    const fixture = new ShardsFixture({ clockMode });
    fixture.#given = await makeConsumer(fixture);
    fixture.streamArn = await fixture.stream("events", shardCount);
    return fixture;
  }

  get batches(): readonly string[][] {
    return this.#given?.batches ?? [];
  }

  async consume(more: Record<string, unknown> = {}): Promise<string> {
    const { id } = await this.mapping({ functionName: "consumer", eventSourceArn: this.streamArn, ...more });
    return id;
  }

  split(number: number, at: bigint): Promise<unknown> {
    const ShardToSplit = shardId(number);
    return this.call("kinesis", "SplitShard", {
      StreamName: "events",
      ShardToSplit,
      NewStartingHashKey: String(at),
    });
  }

  merge(one: number, other: number): Promise<unknown> {
    return this.call("kinesis", "MergeShards", {
      StreamName: "events",
      ShardToMerge: shardId(one),
      AdjacentShardToMerge: shardId(other),
    });
  }
}

/** A key of the lower or of the upper half of all hash keys. */
function keyOf(half: "lower" | "upper", seed = 0): string {
  for (let number = seed; ; number++) {
    const key = `key-${number}`;
    const isLower = (createHash("md5").update(key).digest()[0] ?? 0) < 0x80;
    if (isLower === (half === "lower")) return key;
  }
}

const [lower, upper] = [keyOf("lower"), keyOf("upper")];

describe("an event source mapping of a stream whose shards change", () => {
  afterEach(closeClouds);

  it("reads a shard that is split to its end before the children", async () => {
    const fixture = await ShardsFixture.make();
    await fixture.consume({ functionResponseTypes: ["ReportBatchItemFailures"], maximumRetryAttempts: 2 });
    await settle(fixture);
    await fixture.put("events", ["a"], () => lower);
    await fixture.put("events", ["bad"], () => upper);
    await fixture.split(0, MIDDLE);
    await fixture.put("events", ["b"], () => lower);
    await fixture.put("events", ["c"], () => upper);
    await settle(fixture);
    expect(fixture.batches.slice(0, -2)).to.deep.equal([["a", "bad"], ["bad"], ["bad"], ["bad"]]);
    expect(fixture.batches.slice(-2).sort()).to.deep.equal([["b"], ["c"]]);
  });

  it("holds a merged shard back until both parents are done", async () => {
    const fixture = await ShardsFixture.make(2);
    await fixture.consume({ functionResponseTypes: ["ReportBatchItemFailures"], maximumRetryAttempts: 5 });
    await settle(fixture);
    await fixture.put("events", ["bad"], () => upper);
    await fixture.put("events", ["a"], () => lower);
    await fixture.merge(0, 1);
    await fixture.put("events", ["b"], () => lower);
    await settle(fixture);
    const all = fixture.batches.flat();
    expect(all.at(-1)).to.equal("b");
    expect(all.slice(0, -1).sort()).to.deep.equal(["a", "bad", "bad", "bad", "bad", "bad", "bad"]);
  });

  it("begins with the oldest shard at TRIM_HORIZON, and keeps a key's order through all that came of it", async () => {
    const fixture = await ShardsFixture.make();
    await fixture.put("events", ["1"], () => lower);
    await fixture.split(0, MIDDLE);
    await fixture.put("events", ["2"], () => lower);
    await fixture.merge(1, 2);
    await fixture.put("events", ["3"], () => lower);
    await fixture.call("kinesis", "UpdateShardCount", {
      StreamName: "events",
      TargetShardCount: 2,
      ScalingType: "UNIFORM_SCALING",
    });
    await fixture.put("events", ["4"], () => lower);
    await fixture.consume();
    await settle(fixture);
    expect(fixture.batches).to.deep.equal([["1"], ["2"], ["3"], ["4"]]);
  });

  it("started at LATEST misses nothing of shards that come later", async () => {
    const fixture = await ShardsFixture.make();
    await fixture.put("events", ["old"], () => lower);
    await fixture.split(0, MIDDLE);
    await fixture.put("events", ["old too"], () => upper);
    await fixture.cloud.clock.wait(2_000, "data");
    await fixture.consume({ startingPosition: "LATEST" });
    await settle(fixture);
    await fixture.put("events", ["a"], () => upper);
    await fixture.merge(1, 2);
    await fixture.put("events", ["b"], () => upper);
    await settle(fixture);
    expect(fixture.batches).to.deep.equal([["a"], ["b"]]);
  });

  it("starts at a time with what came then and later, in every shard", async () => {
    const fixture = await ShardsFixture.make();
    await fixture.put("events", ["before"], () => lower);
    await fixture.split(0, MIDDLE);
    await fixture.put("events", ["before too"], () => upper);
    await fixture.cloud.clock.wait(10_000, "data");
    const startingPositionTimestamp = new Date(fixture.cloud.clock.now()).toISOString();
    await fixture.cloud.clock.wait(10_000, "data");
    await fixture.put("events", ["1"], () => upper);
    await fixture.merge(1, 2);
    await fixture.put("events", ["2"], () => upper);
    const id = await fixture.consume({ startingPosition: "AT_TIMESTAMP", startingPositionTimestamp });
    await settle(fixture);
    expect(fixture.batches).to.deep.equal([["1"], ["2"]]);
    const described = await fixture.call<Record<string, unknown>>("lambda", "GetEventSourceMapping", { UUID: id });
    expect(described).to.include({
      StartingPosition: "AT_TIMESTAMP",
      StartingPositionTimestamp: Date.parse(startingPositionTimestamp) / 1000,
    });
  });

  it("starts at the horizon with a time that the stream no longer keeps", async () => {
    const fixture = await ShardsFixture.make();
    const startingPositionTimestamp = new Date(fixture.cloud.clock.now() - 1_000).toISOString();
    await fixture.put("events", ["gone"], () => lower);
    await fixture.cloud.clock.wait(25 * HOUR_MS, "data");
    await fixture.put("events", ["kept"], () => lower);
    await fixture.consume({ startingPosition: "AT_TIMESTAMP", startingPositionTimestamp });
    await settle(fixture);
    expect(fixture.batches).to.deep.equal([["kept"]]);
  });

  it("does not deliver a shard again that is done, when it is disabled, changed and enabled", async () => {
    const fixture = await ShardsFixture.make();
    const id = await fixture.consume();
    await fixture.put("events", ["1"], () => lower);
    await fixture.split(0, MIDDLE);
    await settle(fixture);
    await fixture.call("lambda", "UpdateEventSourceMapping", { UUID: id, Enabled: false });
    await fixture.put("events", ["2"], () => lower);
    await fixture.merge(1, 2);
    await fixture.put("events", ["3"], () => lower);
    const inputs = { functionName: "consumer", eventSourceArn: fixture.streamArn, startingPosition: "TRIM_HORIZON" };
    await fixture.update(MAPPING, id, { ...inputs, parallelizationFactor: 3 }, {});
    await settle(fixture);
    expect(fixture.batches).to.deep.equal([["1"], ["2"], ["3"]]);
  });

  it("goes on asking for the children when the stream refuses to list them", async () => {
    const fixture = await ShardsFixture.make();
    await fixture.consume();
    await settle(fixture);
    let refusals = 3;
    const refusing: Faults = {
      around: async (call, params, run) => {
        if (call.operation === "ListShards" && refusals-- > 0)
          throw new AwsError("LimitExceededException", "Rate exceeded");
        return run(params);
      },
    };
    await fixture.cloud.withFaults(refusing, async () => {
      await fixture.split(0, MIDDLE);
      await fixture.put("events", ["a"], () => lower);
      await settle(fixture);
    });
    expect(fixture.batches).to.deep.equal([["a"]]);
    expect(refusals).to.be.lessThan(0);
  });

  it("goes on with the children of a shard that expired while its records were retried", async () => {
    const fixture = await ShardsFixture.make(1, ClockMode.Manual);
    const { clock, services } = fixture.cloud;
    const id = await fixture.consume();
    const lambda = services.lambda.store.findFunction("arn:aws:lambda:us-east-1:111111111111:function:consumer");
    if (!lambda) throw new Error("the function is missing");
    const delivered: string[] = [];
    lambda.invoke = async (payload) => {
      const isBad = payload.includes(Buffer.from("bad").toString("base64"));
      if (!isBad) delivered.push(payload);
      return { requestId: "r", payload: "{}", logTail: "", ...(isBad ? { functionError: "Unhandled" } : {}) };
    };
    await fixture.put("events", ["bad"], () => lower);
    await fixture.split(0, MIDDLE);
    await clock.advance(23 * HOUR_MS);
    await fixture.put("events", ["late"], () => lower);
    await clock.advance(HOUR_MS - 60_000);
    expect(delivered).to.deep.equal([]);
    expect(services.lambda.store.isCaughtUp()).to.equal(false);
    await clock.advance(HOUR_MS);
    expect(delivered).to.have.length(1);
    expect(services.lambda.store.findMapping(id)?.lostRecords).to.equal(1);
    expect(services.lambda.store.isCaughtUp()).to.equal(true);
  });

  it("counts as lost what it had read of a shard that expired while it was disabled, and goes on", async () => {
    const fixture = await ShardsFixture.make();
    const { clock, services } = fixture.cloud;
    const id = await fixture.consume();
    await fixture.put("events", ["throw"], () => lower);
    await clock.wait(1_500, "data");
    await fixture.call("lambda", "UpdateEventSourceMapping", { UUID: id, Enabled: false });
    expect(services.lambda.store.pendingRecords().get(id)).to.equal(1);
    await fixture.split(0, MIDDLE);
    await clock.wait(25 * HOUR_MS, "data");
    await fixture.put("events", ["late"], () => lower);
    await fixture.call("lambda", "UpdateEventSourceMapping", { UUID: id, Enabled: true });
    await settle(fixture);
    expect(fixture.batches.at(-1)).to.deep.equal(["late"]);
    expect(services.lambda.store.findMapping(id)?.lostRecords).to.equal(1);
  });

  it("begins anew with the shards that are left when the cloud is emptied", async () => {
    const fixture = await ShardsFixture.make();
    await fixture.consume();
    await fixture.put("events", ["1"], () => lower);
    await fixture.split(0, MIDDLE);
    await settle(fixture);
    fixture.cloud.emptyData();
    await fixture.put("events", ["2"], () => lower);
    await settle(fixture);
    expect(fixture.batches).to.deep.equal([["1"], ["2"]]);
  });

  it("delivers each record once, and each key's in order, through twenty splits and merges", async () => {
    const fixture = await ShardsFixture.make();
    await fixture.consume({ parallelizationFactor: 2, batchSize: 7 });
    const keys = Array.from({ length: 16 }, (_, index) => `key-${index}`);
    const kinesis = fixture.cloud.services.kinesis.store;
    for (let round = 0; round < 20; round++) {
      await fixture.put(
        "events",
        keys.map((key) => `${key}:${round}`),
        (text) => text.split(":")[0] ?? "",
      );
      const open = kinesis.require(fixture.streamArn).openShards;
      const number = (shard: { shardId: string } | undefined) => Number(shard?.shardId.slice(-12));
      const pick = (round * 7) % open.length;
      const shard = open[pick];
      if (open.length < 4 && shard) await fixture.split(number(shard), (shard.range.start + shard.range.end) / 2n);
      else await fixture.merge(number(open[0]), number(open[1]));
      if (round % 5 === 4) await settle(fixture);
    }
    await settle(fixture);
    const all = fixture.batches.flat();
    expect(all).to.have.length(320);
    for (const key of keys) {
      const rounds = all.filter((text) => text.startsWith(`${key}:`)).map((text) => Number(text.split(":")[1]));
      expect(rounds, key).to.deep.equal(Array.from({ length: 20 }, (_, round) => round));
    }
  });
});
