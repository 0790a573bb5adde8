import { base64Bytes } from "../../kernel/base64.ts";
import { RetainedLog } from "../../kernel/retained-log.ts";
import { TokenBucket } from "../../kernel/token-bucket.ts";
import {
  MAX_GET_RECORDS_BYTES,
  MAX_RECORDS_PER_GET,
  SHARD_BYTES_PER_SECOND,
  SHARD_RECORDS_PER_SECOND,
} from "./limits.ts";
import { type SequenceBase, sequenceBase, sequenceIndex, sequenceNumber } from "./sequence-number.ts";
import { shardIdOf } from "./shard-id.ts";

/** A record as GetRecords returns it. All readers share it: it is never modified. */
export interface StreamRecord {
  readonly SequenceNumber: string;
  /** Epoch seconds, with milliseconds. */
  readonly ApproximateArrivalTimestamp: number;
  /** Base64, as it was sent. */
  readonly Data: string;
  readonly PartitionKey: string;
  readonly EncryptionType?: "KMS";
}

/** A range of hash keys, both ends included. */
export interface HashKeyRange {
  readonly start: bigint;
  readonly end: bigint;
}

/** The end of a closed shard: it takes no more records, and its children have its hash keys. */
export interface ShardEnd {
  /** Cloud time, milliseconds since the epoch. */
  readonly at: number;
  /** Higher than that of every record in the shard, lower than all those of its children. */
  readonly sequenceNumber: string;
  readonly children: readonly Shard[];
}

/** One shard: its log of records, hash key range, rate limits and lineage. */
export class Shard {
  readonly shardId: string;
  readonly range: HashKeyRange;
  /** Ids of the shards that were split or merged into this one: none, one, or two (lower hash keys first). */
  readonly parentIds: readonly string[];
  /** Cloud time, milliseconds since the epoch. */
  readonly createdAt: number;
  readonly startingSequenceNumber: string;
  #end: ShardEnd | undefined;
  /** The time at the top of all its sequence numbers, milliseconds since the epoch. */
  readonly #epoch: number;
  readonly #base: SequenceBase;
  readonly #log = new RetainedLog<StreamRecord>();
  readonly #records: TokenBucket;
  readonly #bytes: TokenBucket;

  constructor(options: { number: number; range: HashKeyRange; now: number; parents?: readonly Shard[] }) {
    const { number, range, now, parents = [] } = options;
    this.shardId = shardIdOf(number);
    this.range = range;
    this.parentIds = parents.map((parent) => parent.shardId);
    this.createdAt = now;
    // At least a second after its parents: sequence numbers begin with it, and those of a child must be higher.
    this.#epoch = Math.max(now, ...parents.map((parent) => parent.#epoch + 1_000));
    this.#base = sequenceBase(number, this.#epoch);
    this.startingSequenceNumber = sequenceNumber(this.#base, 0, now);
    this.#records = new TokenBucket({ perSecond: SHARD_RECORDS_PER_SECOND, capacity: SHARD_RECORDS_PER_SECOND, now });
    this.#bytes = new TokenBucket({ perSecond: SHARD_BYTES_PER_SECOND, capacity: SHARD_BYTES_PER_SECOND, now });
  }

  /** Undefined while the shard is open. */
  get end(): ShardEnd | undefined {
    return this.#end;
  }

  /** Closes the shard in favour of its children. */
  close(children: readonly Shard[], now: number): void {
    this.#end = { at: now, sequenceNumber: sequenceNumber(this.#base, this.#log.next + 1, now), children };
  }

  /** Whether a reader at this position of a closed shard has read everything. */
  isReadToEnd(position: number): boolean {
    return this.#end !== undefined && position >= this.#log.next;
  }

  /**
   * Appends a record of `bytes` (data and partition key); its sequence number, or undefined when the rate is exceeded.
   */
  append(
    record: { data: string; partitionKey: string; bytes: number; isEncrypted: boolean },
    now: number,
  ): string | undefined {
    if (!this.#records.has(1, now) || !this.#bytes.has(record.bytes, now)) return undefined;
    this.#records.take(1);
    this.#bytes.take(record.bytes);
    const number = sequenceNumber(this.#base, this.#log.next + 1, now);
    this.#log.append({
      SequenceNumber: number,
      ApproximateArrivalTimestamp: now / 1000,
      Data: record.data,
      PartitionKey: record.partitionKey,
      ...(record.isEncrypted ? { EncryptionType: "KMS" as const } : {}),
    });
    return number;
  }

  /** Position of the oldest retained record. */
  get trimHorizon(): number {
    return this.#log.first;
  }

  /** Position just after the newest record. */
  get latest(): number {
    return this.#log.next;
  }

  /** Position of a record by its sequence number; undefined for one of another shard, or beyond the tip. */
  positionOf(number: string): number | undefined {
    const index = sequenceIndex(this.#base, number);
    if (number === this.#end?.sequenceNumber) return this.#log.next;
    if (index === undefined || index > this.#log.next) return undefined;
    return Math.max(index - 1, 0);
  }

  /** Position of the first record that arrived at `time` (epoch seconds) or later. */
  positionAt(time: number): number {
    return this.#log.search((record) => record.ApproximateArrivalTimestamp >= time);
  }

  /** Records from a position on: at most `limit`, within the limits of GetRecords. */
  read(from: number, limit: number): { records: StreamRecord[]; next: number } {
    let position = Math.max(from, this.#log.first);
    const records: StreamRecord[] = [];
    let bytes = 0;
    while (records.length < Math.min(limit, MAX_RECORDS_PER_GET)) {
      const record = this.#log.at(position);
      if (!record) break;
      bytes += recordBytes(record.Data, record.PartitionKey);
      if (records.length > 0 && bytes > MAX_GET_RECORDS_BYTES) break;
      records.push(record);
      position++;
    }
    return { records, next: position };
  }

  /** Drops the records that arrived before `time` (epoch seconds). */
  trim(time: number): void {
    this.#log.trim((record) => record.ApproximateArrivalTimestamp < time);
  }

  /** Drops all records; sequence numbers go on rising. */
  clear(): void {
    this.#log.clear();
  }
}

/** Size of a record: its data (given as base64) and its partition key in UTF-8. */
export function recordBytes(data: string, partitionKey: string): number {
  return base64Bytes(data) + Buffer.byteLength(partitionKey);
}
