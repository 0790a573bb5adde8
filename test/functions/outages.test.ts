import { expect } from "chai";
import { HashKeyScope, HashKeySeparator } from "../../functions/replicator/core/item.ts";
import { NumberPolicy } from "../../functions/replicator/core/number-text.ts";
import { replicate } from "../../functions/replicator/replicate.ts";
import { createAssumedRole, withFreshSession } from "../../functions/shared/assumed-role.ts";
import { awsError } from "./support/aws-error.ts";
import { kinesisEvent, STREAM_ARN } from "./support/kinesis-events.ts";
import { MemoryTable } from "./support/memory-table.ts";
import { MemoryObjectStore, recordingOutput } from "./support/recording-ports.ts";
import { seededRandom } from "./support/seeded-random.ts";
import { deliver } from "./support/stream-delivery.ts";
import { VirtualClock } from "./support/virtual-clock.ts";

const MINUTE_MS = 60_000;
const TIMEOUT_MS = MINUTE_MS;

const OPTIONS = {
  sourceStreamArn: STREAM_ARN,
  hashKeyScope: HashKeyScope.Shard,
  hashKeySeparator: HashKeySeparator.Underscore,
  numberPolicy: NumberPolicy.Park,
  indexedAttributes: [],
  parkedPrefix: "parked/",
};

/** One container of the replicator on a clock of its own; a session is good for an hour, by the service's clock. */
function setup() {
  const clock = new VirtualClock(0);
  const random = seededRandom(7);
  const table = new MemoryTable();
  const store = new MemoryObjectStore();
  /** Minutes, from the start, in which a service is down. */
  const down = { sts: [0, 0], store: [0, 0] };
  const isDown = ([from = 0, to = 0]: readonly number[]) =>
    clock.now() >= from * MINUTE_MS && clock.now() < to * MINUTE_MS;
  const calls = { assumed: 0, refusedByExpiry: 0 };
  const endsAt = new Map<string, number>();
  const role = createAssumedRole({
    clock,
    assume: async () => {
      calls.assumed++;
      await clock.sleep(100);
      if (isDown(down.sts)) throw awsError("ServiceUnavailable", { status: 503 });
      const accessKeyId = `key-${calls.assumed}`;
      endsAt.set(accessKeyId, clock.now() + 60 * MINUTE_MS);
      return { accessKeyId, secretAccessKey: "secret", sessionToken: "token" };
    },
    onEarlyRefreshFailed: () => undefined,
  });
  const write: MemoryTable["write"] = (items) =>
    withFreshSession(role, async () => {
      const { accessKeyId } = await role.credentials();
      await clock.sleep(20);
      if (clock.now() < (endsAt.get(accessKeyId) ?? 0)) return table.write(items);
      calls.refusedByExpiry++;
      throw awsError("ExpiredTokenException");
    });
  store.before = () => {
    if (isDown(down.store)) throw awsError("ServiceUnavailable", { status: 503 });
  };
  const invoke = (event: ReturnType<typeof kinesisEvent>) => {
    const invocationEndsAt = clock.now() + TIMEOUT_MS;
    return replicate(event, OPTIONS, {
      writer: { write },
      store,
      clock,
      random,
      remainingMs: () => invocationEndsAt - clock.now(),
      ...recordingOutput(),
    });
  };
  /** Delivers records as a mapping does; its backoff is a second. @returns the invocations */
  const run = (event: ReturnType<typeof kinesisEvent>, options: { batch: number; pauseMs?: number }) =>
    deliver({
      records: event.Records,
      sequenceNumberOf: ({ kinesis }) => kinesis.sequenceNumber,
      nextBatchSize: () => options.batch,
      invoke: async (Records) => {
        if (options.pauseMs) await clock.sleep(options.pauseMs);
        return invoke({ Records });
      },
      backOff: () => clock.sleep(1_000),
    });
  return { clock, table, store, down, calls, endsAt, role, invoke, run };
}

describe("outages", () => {
  it("STS down for five minutes when a container starts: nothing is parked, all is stored when it is up", async () => {
    const { clock, table, store, down, run } = setup();
    down.sts = [0, 5];
    await run(kinesisEvent(300), { batch: 100 });
    expect(table.items.size).to.equal(300);
    expect(store.keys).to.deep.equal([]);
    expect(clock.now()).to.be.within(5 * MINUTE_MS, 7 * MINUTE_MS);
  });

  it("STS down for five minutes when a session is about to end: no invocation more than without", async () => {
    const { table, down, calls, run } = setup();
    down.sts = [54.5, 59.5];
    // A batch a minute, for two hours.
    expect(await run(kinesisEvent(120), { batch: 1, pauseMs: MINUTE_MS })).to.equal(120);
    expect(table.items.size).to.equal(120);
    expect(calls.refusedByExpiry).to.equal(0);
    expect(calls.assumed).to.be.within(3, 9);
  });

  it("a session that ends early is replaced once for 32 batches at once", async () => {
    const { table, calls, endsAt, invoke } = setup();
    await invoke(kinesisEvent(1));
    expect(calls.assumed).to.equal(1);
    endsAt.set("key-1", 0);
    const batches = Array.from({ length: 32 }, (_, batch) => ({
      Records: kinesisEvent(640).Records.slice(batch * 20, (batch + 1) * 20),
    }));
    const answers = await Promise.all(batches.map(invoke));
    expect(answers).to.deep.equal(batches.map(() => ({ batchItemFailures: [] })));
    expect(table.items.size).to.equal(640);
    expect(calls.assumed).to.equal(2);
  });

  it("one poison record in 300 takes no invocation more, and 300 of 300 neither", async () => {
    const { table, store, run } = setup();
    expect(
      await run(
        kinesisEvent(300, (n) => (n === 150 ? "poison" : "1")),
        { batch: 300 },
      ),
    ).to.equal(1);
    expect([table.items.size, store.objects.size]).to.deep.equal([299, 1]);
    const all = setup();
    expect(
      await all.run(
        kinesisEvent(300, () => "poison"),
        { batch: 300 },
      ),
    ).to.equal(1);
    expect([all.table.items.size, all.store.objects.size]).to.deep.equal([0, 300]);
  });

  it("parking down for five minutes: tried until it is up, then all is parked, and what can be stored is stored", async () => {
    const { clock, table, store, down, run } = setup();
    down.store = [0, 5];
    const invocations = await run(
      kinesisEvent(300, (n) => (n % 100 === 50 ? "poison" : "1")),
      { batch: 300 },
    );
    expect(invocations).to.be.within(2, 8);
    expect([table.items.size, store.objects.size]).to.deep.equal([297, 3]);
    expect(clock.now()).to.be.within(5 * MINUTE_MS, 7 * MINUTE_MS);
  });
});
