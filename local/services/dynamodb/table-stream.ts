import { RetainedLog } from "../../kernel/retained-log.ts";
import type { WireItem } from "./attribute-value.ts";
import { type KeySchema, keyAttributes } from "./keys.ts";
import { STREAM_RETENTION_MS, STREAM_SHARDS } from "./limits.ts";
import { spread } from "./sorted-entries.ts";

/** The images of an item in a stream record. */
export const StreamViewType = {
  KeysOnly: "KEYS_ONLY",
  NewImage: "NEW_IMAGE",
  OldImage: "OLD_IMAGE",
  NewAndOldImages: "NEW_AND_OLD_IMAGES",
} as const;
export type StreamViewType = (typeof StreamViewType)[keyof typeof StreamViewType];

export type EventName = "INSERT" | "MODIFY" | "REMOVE";

/** A change of an item. Its images are JSON texts shared with the table. */
export interface ChangeRecord {
  readonly sequence: number;
  readonly eventName: EventName;
  readonly newJson: string | undefined;
  readonly oldJson: string | undefined;
  /** Sizes of the images, or 0. */
  readonly newBytes: number;
  readonly oldBytes: number;
  /** Cloud time, milliseconds since the epoch. */
  readonly createdAt: number;
  /** Whether TTL deleted the item. */
  readonly isExpiry: boolean;
}

/** A shard of a table's stream: the changes of a part of the hash keys, in order. */
export interface StreamShard {
  readonly shardId: string;
  readonly log: RetainedLog<ChangeRecord>;
  /** Position before which records were dropped by age. */
  trimmedBefore: number;
}

/** The stream of a table, since it was enabled. */
export class TableStream {
  readonly arn: string;
  readonly label: string;
  readonly tableName: string;
  readonly schema: KeySchema;
  readonly viewType: StreamViewType;
  readonly createdAt: number;
  readonly shards: readonly StreamShard[];
  readonly #sequencePrefix: string;
  #sequence = 0;

  constructor(options: {
    tableArn: string;
    tableName: string;
    schema: KeySchema;
    viewType: StreamViewType;
    now: number;
  }) {
    this.label = new Date(options.now).toISOString().slice(0, -1);
    this.arn = `${options.tableArn}/stream/${this.label}`;
    this.tableName = options.tableName;
    this.schema = options.schema;
    this.viewType = options.viewType;
    this.createdAt = options.now;
    const seconds = String(Math.floor(options.now / 1000));
    this.#sequencePrefix = `${seconds}00000`;
    this.shards = Array.from({ length: STREAM_SHARDS }, (_, number) => ({
      shardId: `shardId-${seconds.padStart(20, "0")}-${String(number).padStart(8, "0")}`,
      log: new RetainedLog<ChangeRecord>(),
      trimmedBefore: 0,
    }));
  }

  /** Appends a change to the shard of its hash key. @param hash the item's sortable hash key. */
  append(hash: string, change: Omit<ChangeRecord, "sequence">): void {
    const shard = this.shards[(spread(hash) >>> 12) % this.shards.length] as StreamShard;
    this.trim(shard, change.createdAt);
    shard.log.append({ sequence: ++this.#sequence, ...change });
  }

  /** Drops records older than 24 hours. */
  trim(shard: StreamShard, now: number): void {
    const { first } = shard.log;
    shard.log.trim((record) => record.createdAt < now - STREAM_RETENTION_MS);
    if (shard.log.first > first) shard.trimmedBefore = shard.log.first;
  }

  /** `sequence` of the newest change; 0 before the first. */
  get latestSequence(): number {
    return this.#sequence;
  }

  /**
   * The sequence number as AWS writes it: rising over the whole stream, also as text. 0 is the beginning of the stream.
   */
  sequenceNumber(sequence: number): string {
    return this.#sequencePrefix + String(sequence).padStart(13, "0");
  }

  /** The reverse of `sequenceNumber`; undefined for a sequence number of another stream. */
  sequenceOf(number: string): number | undefined {
    if (!number.startsWith(this.#sequencePrefix) || !/^\d{28}$/.test(number)) return undefined;
    return Number(number.slice(this.#sequencePrefix.length));
  }

  /** The key attributes of an item. */
  keysOf(item: WireItem): WireItem {
    return Object.fromEntries(keyAttributes(this.schema).map(({ name }) => [name, item[name]]));
  }

  /** Drops all records; sequence numbers go on rising. */
  clear(): void {
    for (const { log } of this.shards) log.clear();
  }
}
