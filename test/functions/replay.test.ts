import { createHash } from "node:crypto";
import type { KinesisStreamRecord } from "aws-lambda";
import { expect } from "chai";
import fc from "fast-check";
import { HashKeyScope, HashKeySeparator } from "../../functions/replicator/core/item.ts";
import { NumberPolicy } from "../../functions/replicator/core/number-text.ts";
import { replicate } from "../../functions/replicator/replicate.ts";
import { Mortal } from "./support/crashing.ts";
import { kinesisRecord, STREAM_ARN } from "./support/kinesis-events.ts";
import { runsOf, seed } from "./support/long-runs.ts";
import { MemoryTable } from "./support/memory-table.ts";
import { MemoryObjectStore, recordingOutput } from "./support/recording-ports.ts";
import { seededRandom } from "./support/seeded-random.ts";
import { deliver } from "./support/stream-delivery.ts";
import { VirtualClock } from "./support/virtual-clock.ts";

const RUNS = runsOf("REPLAY_RUNS", 50);

const OPTIONS = {
  sourceStreamArn: STREAM_ARN,
  hashKeyScope: HashKeyScope.Shard,
  hashKeySeparator: HashKeySeparator.Underscore,
  numberPolicy: NumberPolicy.Park,
  indexedAttributes: [{ attribute: "userId", path: "user" }],
  parkedPrefix: "parked/",
};

/** Of each record: stored, undecodable, refused by the table. */
const payloads = [(n: number) => `{"user":"u${n}"}`, (n: number) => `not json ${n}`, (n: number) => `{"user":${n}}`];

/** Another time, through other batches and other trouble. */
interface Pass {
  /** From this share of the stream on; 0 is the horizon. */
  readonly from: number;
  readonly cuts: readonly number[];
  /** One per invocation, while there are some. */
  readonly crashes: readonly { readonly at: number; readonly isAfter: boolean }[];
  readonly troubleSeed: number;
}

const pass: fc.Arbitrary<Pass> = fc.record({
  from: fc.double({ min: 0, max: 0.99, noNaN: true }),
  cuts: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }),
  crashes: fc.array(fc.record({ at: fc.nat(12), isAfter: fc.boolean() }), { maxLength: 6 }),
  troubleSeed: fc.integer(),
});

class Target {
  readonly table = new MemoryTable();
  readonly store = new MemoryObjectStore();
  deaths = 0;

  constructor() {
    this.table.refusal = (item) => ("N" in (item["userId"] ?? {}) ? "Type mismatch for Index Key userId" : undefined);
  }

  async receive(records: readonly KinesisStreamRecord[], { from, cuts, crashes, troubleSeed }: Pass): Promise<void> {
    const random = seededRandom(troubleSeed);
    this.table.before = (items) => items.flatMap((_, index) => (random() < 0.1 ? [index] : []));
    let batches = 0;
    let invocations = 0;
    await deliver({
      records: records.slice(Math.floor(from * records.length)),
      sequenceNumberOf: ({ kinesis }) => kinesis.sequenceNumber,
      nextBatchSize: () => cuts[batches++ % cuts.length] ?? 1,
      invoke: (Records) => {
        const crash = crashes[invocations++];
        return this.#invoke(Records, new Mortal(crash?.at ?? 0, crash?.isAfter ?? false), random);
      },
    });
  }

  async #invoke(Records: KinesisStreamRecord[], mortal: Mortal, random: () => number) {
    const clock = new VirtualClock();
    const endsAt = clock.now() + 60_000;
    const work = replicate({ Records }, OPTIONS, {
      writer: { write: (items) => mortal.call(() => this.table.write(items)) },
      store: { put: (key, body) => mortal.call(() => this.store.put(key, body)) },
      clock,
      random,
      remainingMs: () => endsAt - clock.now(),
      ...recordingOutput(),
    });
    try {
      return await Promise.race([work, mortal.died]);
    } finally {
      if (mortal.isDead) this.deaths++;
    }
  }

  /** Of the table: every key and every item. Of the parked objects: all but when they were parked. */
  digests(): { readonly table: string; readonly parked: string } {
    const digest = (entries: Iterable<readonly [string, unknown]>) =>
      createHash("sha256")
        .update(JSON.stringify([...entries].sort(([a], [b]) => (a < b ? -1 : 1))))
        .digest("hex");
    const parked = [...this.store.objects].map(
      ([key, body]) => [key, { ...JSON.parse(body), parkedAt: undefined }] as const,
    );
    return { table: digest(this.table.items), parked: digest(parked) };
  }
}

describe("replay", () => {
  it(`from the horizon or from anywhere, in any batches, with crashes at any call: table and parked stay the same (seed ${seed})`, async () => {
    let deaths = 0;
    const stream = fc.array(fc.constantFrom(0, 0, 0, 0, 0, 1, 2), { minLength: 1, maxLength: 120 });
    const property = fc.asyncProperty(stream, fc.array(pass, { minLength: 1, maxLength: 3 }), async (kinds, passes) => {
      const records = kinds.map((kind, index) => kinesisRecord(payloads[kind]?.(index) ?? "", { index }));
      const undisturbed = new Target();
      await undisturbed.receive(records, { from: 0, cuts: [300], crashes: [], troubleSeed: 1 });
      expect(undisturbed.table.items.size + undisturbed.store.objects.size).to.equal(records.length);
      const target = new Target();
      for (const [index, each] of passes.entries())
        await target.receive(records, index === 0 ? { ...each, from: 0 } : each);
      deaths += target.deaths;
      expect(target.digests()).to.deep.equal(undisturbed.digests());
    });
    await fc.assert(property, { numRuns: RUNS, seed });
    expect(deaths).to.be.greaterThan(RUNS / 4);
  });
});
