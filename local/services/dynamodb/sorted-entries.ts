import type { SortableKey } from "./keys.ts";

/** An entry, ordered by range key within its hash key. `tie` distinguishes entries of the same index key. */
export interface Entry extends SortableKey {
  readonly tie: string;
}

interface Partition<E> {
  readonly hash: string;
  readonly entries: E[];
}

/**
 * Hash keys are spread over this many buckets. A scan reads them in order; parallel segments read a range of them each.
 */
const BUCKETS = 4096;

/**
 * The entries of a table or an index. A scan visits hash keys in an arbitrary but stable order, and the entries of one
 * hash key in the order of their range keys. Finding is O(log n), a step of a scan O(1), adding in ascending order
 * O(log n).
 */
export class SortedEntries<E extends Entry> {
  readonly #buckets: (Partition<E>[] | undefined)[] = new Array(BUCKETS);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  find(key: Entry): E | undefined {
    const partition = this.#partition(key.hash);
    if (!partition) return undefined;
    const at = position(partition.entries, key);
    const entry = partition.entries[at];
    return entry && compare(entry, key) === 0 ? entry : undefined;
  }

  /** Adds an entry, or replaces the one with the same key and returns that. */
  set(entry: E): E | undefined {
    const bucketNumber = bucketOf(entry.hash);
    let bucket = this.#buckets[bucketNumber];
    if (!bucket) {
      bucket = [];
      this.#buckets[bucketNumber] = bucket;
    }
    const partitionAt = partitionPosition(bucket, entry.hash);
    let partition = bucket[partitionAt];
    if (partition?.hash !== entry.hash) {
      partition = { hash: entry.hash, entries: [] };
      bucket.splice(partitionAt, 0, partition);
    }
    const { entries } = partition;
    const last = entries.at(-1);
    const at = last && compare(last, entry) < 0 ? entries.length : position(entries, entry);
    const old = entries[at];
    if (old && compare(old, entry) === 0) {
      entries[at] = entry;
      return old;
    }
    entries.splice(at, 0, entry);
    this.#size++;
    return undefined;
  }

  /** Removes the entry with this key and returns it. */
  delete(key: Entry): E | undefined {
    const bucketNumber = bucketOf(key.hash);
    const bucket = this.#buckets[bucketNumber] ?? [];
    const partitionAt = partitionPosition(bucket, key.hash);
    const partition = bucket[partitionAt];
    if (partition?.hash !== key.hash) return undefined;
    const at = position(partition.entries, key);
    const entry = partition.entries[at];
    if (!entry || compare(entry, key) !== 0) return undefined;
    partition.entries.splice(at, 1);
    if (partition.entries.length === 0) bucket.splice(partitionAt, 1);
    this.#size--;
    return entry;
  }

  /** The entries of one hash key, in the order of their range keys; not a copy. */
  partition(hash: string): readonly E[] {
    return this.#partition(hash)?.entries ?? [];
  }

  /** The entries of segment `segment` of `total`, after `after` if it is given, even if that entry is gone. */
  *scan(segment: number, total: number, after?: Entry): Generator<E> {
    const firstBucket = Math.ceil((segment * BUCKETS) / total);
    const endBucket = Math.ceil(((segment + 1) * BUCKETS) / total);
    const startBucket = after ? bucketOf(after.hash) : firstBucket;
    for (let number = Math.max(firstBucket, startBucket); number < endBucket; number++) {
      const bucket = this.#buckets[number];
      if (!bucket) continue;
      const start = after && number === startBucket ? after : undefined;
      for (let at = start ? partitionPosition(bucket, start.hash) : 0; at < bucket.length; at++) {
        const { hash, entries } = bucket[at] as Partition<E>;
        let index = 0;
        if (start && hash === start.hash) {
          index = position(entries, start);
          const entry = entries[index];
          if (entry && compare(entry, start) === 0) index++;
        }
        for (; index < entries.length; index++) yield entries[index] as E;
      }
    }
  }

  clear(): void {
    this.#buckets.fill(undefined);
    this.#size = 0;
  }

  #partition(hash: string): Partition<E> | undefined {
    const bucket = this.#buckets[bucketOf(hash)];
    const partition = bucket?.[partitionPosition(bucket, hash)];
    return partition?.hash === hash ? partition : undefined;
  }
}

/** Compares two entries of one hash key: negative, 0 or positive. */
export function compare(a: Entry, b: Entry): number {
  if (a.range !== b.range) return a.range < b.range ? -1 : 1;
  if (a.tie !== b.tie) return a.tie < b.tie ? -1 : 1;
  return 0;
}

/** A hash of a key: FNV-1a, 32 bits. */
export function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash ^= hash >>> 15;
  return hash >>> 0;
}

function bucketOf(hash: string): number {
  return spread(hash) % BUCKETS;
}

/** Index of `key`, or where it would be inserted. */
function position<E extends Entry>(entries: readonly E[], key: Entry): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(entries[middle] as E, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function partitionPosition(bucket: readonly { readonly hash: string }[], hash: string): number {
  let low = 0;
  let high = bucket.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bucket[middle] as { hash: string }).hash < hash) low = middle + 1;
    else high = middle;
  }
  return low;
}
