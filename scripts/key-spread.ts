import { createHash } from "node:crypto";
import { HashKeyScope, HashKeySeparator, hashKey } from "../functions/replicator/core/item.ts";
import { Random } from "../local/sample/random.ts";
import { sequenceBase, sequenceNumber } from "../local/services/kinesis/sequence-number.ts";
import { shardIdOf } from "../local/services/kinesis/shard-id.ts";

/**
 * Steps between the indexes of successive records of a shard, in sequence numbers that people have published. The index
 * also counts what is not a record of the shard: an idle shard's rises by some 36 a second.
 */
export const OBSERVED_STEPS = [1, 1, 1, 4, 15, 153, 2121] as const;

/** The part of a hash key that spreads the records of one shard. */
export interface KeyForm {
  readonly name: string;
  of(number: string, shardId: string): string;
}

const OPTIONS = { hashKeyScope: HashKeyScope.Shard, hashKeySeparator: HashKeySeparator.Underscore };

/** The hash key as the replicator writes it, and two that would have more values. */
export const keyForms: readonly KeyForm[] = [
  {
    name: "two digits (the replicator's)",
    of: (number, shardId) => hashKey({ sequenceNumber: number, shardId } as Parameters<typeof hashKey>[0], OPTIONS),
  },
  { name: "three digits", of: (number, shardId) => `${number.slice(-4, -1)}_${shardId}` },
  { name: "the whole number", of: (number, shardId) => `${number}_${shardId}` },
];

/** How the indexes of successive records of a shard rise. */
export interface Steps {
  readonly name: string;
  next(random: Random): number;
}

/** Records one directly after another, and with what lies between them in published sequence numbers. */
export const steps: readonly Steps[] = [
  { name: "1", next: () => 1 },
  { name: "as observed", next: (random) => random.pick(OBSERVED_STEPS) },
];

/** The load of a stream: shards, and records a second of each. */
export interface StreamLoad {
  readonly shards: number;
  readonly recordsPerSecond: number;
}

/** Writes by hash key in one second of a stream. */
export function writesByKey(
  { shards, recordsPerSecond }: StreamLoad,
  form: KeyForm,
  step: Steps,
  seed = 1,
): ReadonlyMap<string, number> {
  const random = new Random(seed);
  const created = Date.UTC(2026, 10, 30);
  const writes = new Map<string, number>();
  for (let shard = 0; shard < shards; shard++) {
    const base = sequenceBase(shard, created);
    const shardId = shardIdOf(shard);
    let index = random.integer(0, 1_000_000);
    for (let record = 0; record < recordsPerSecond; record++) {
      index += step.next(random);
      const key = form.of(sequenceNumber(base, index, created + 86_400_000), shardId);
      writes.set(key, (writes.get(key) ?? 0) + 1);
    }
  }
  return writes;
}

/** Models of DynamoDB's hash, which is not published: each a quarter of an MD5. */
const MODELS = 4;

/**
 * Writes of the busiest of some partitions, among which a hash spreads the hash keys evenly: the lowest and the highest
 * figure of four models of that hash.
 */
export function busiestPartition(writes: ReadonlyMap<string, number>, partitions: number): [number, number] {
  const loads = Array.from({ length: MODELS }, () => new Float64Array(partitions));
  for (const [key, count] of writes) {
    const digest = createHash("md5").update(key).digest();
    for (const [model, load] of loads.entries()) {
      const partition = Math.floor((digest.readUInt32BE(model * 4) / 2 ** 32) * partitions);
      load[partition] = (load[partition] ?? 0) + count;
    }
  }
  const busiest = loads.map((load) => load.reduce((highest, count) => Math.max(highest, count), 0));
  return [Math.min(...busiest), Math.max(...busiest)];
}
