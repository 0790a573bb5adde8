import { RetainedLog } from "../../kernel/retained-log.ts";
import type { WireItem } from "./attribute-value.ts";
import { type KeySchema, keyAttributes } from "./keys.ts";
import { STREAM_RETENTION_MS, STREAM_SHARDS } from "./limits.ts";
import { spread } from "./sorted-entries.ts";

/** What a stream record holds of the item. */
export const StreamViewType = {
  KeysOnly: "KEYS_ONLY",
  NewImage: "NEW_IMAGE",
  OldImage: "OLD_IMAGE",
  NewAndOldImages: "NEW_AND_OLD_IMAGES",
} as const;
export type StreamViewType = (typeof StreamViewType)[keyof typeof StreamViewType];

export type EventName = "INSERT" | "MODIFY" | "REMOVE";

/** One change of one item. Images are the items' own JSON texts, shared with the table. */
export interface ChangeRecord {
  readonly sequence: number;
  readonly eventName: EventName;
  readonly newJson: string | undefined;
  readonly oldJson: string | undefined;
  /** Sizes of the images; 0 where there is none. */
  readonly newBytes: number;
  readonly oldBytes: number;
  /** Cloud time, milliseconds since the epoch. */
  readonly createdAt: number;
  /** Whether TTL deleted the item. */
  readonly isExpiry: boolean;
}

/** One shard of a table's stream: the changes of a share of the table's hash keys, in order. */
export interface StreamShard {
  readonly shardId: string;
  readonly log: RetainedLog<ChangeRecord>;
  /** Position before which records were forgotten because of their age. */
  trimmedBefore: number;
}

/** The change stream of a table, from when it was switched on. */
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

  /** Appends a change; a hash key's changes all go to one shard. @param hash the item's sortable hash key. */
  append(hash: string, change: Omit<ChangeRecord, "sequence">): void {
    const shard = this.shards[(spread(hash) >>> 12) % this.shards.length] as StreamShard;
    this.trim(shard, change.createdAt);
    shard.log.append({ sequence: ++this.#sequence, ...change });
  }

  /** Forgets what is over 24 hours old. */
  trim(shard: StreamShard, now: number): void {
    const { first } = shard.log;
    shard.log.trim((record) => record.createdAt < now - STREAM_RETENTION_MS);
    if (shard.log.first > first) shard.trimmedBefore = shard.log.first;
  }

  /** The newest change's `sequence`; 0 when there was none yet. */
  get latestSequence(): number {
    return this.#sequence;
  }

  /** The sequence number as AWS writes them: rising over the whole stream, as texts too. 0 stands for the stream's beginning. */
  sequenceNumber(sequence: number): string {
    return this.#sequencePrefix + String(sequence).padStart(13, "0");
  }

  /** What `sequenceNumber` was given; undefined for what is no sequence number of this stream. */
  sequenceOf(number: string): number | undefined {
    if (!number.startsWith(this.#sequencePrefix) || !/^\d{28}$/.test(number)) return undefined;
    return Number(number.slice(this.#sequencePrefix.length));
  }

  /** The key of the item that a record is about. */
  keysOf(item: WireItem): WireItem {
    return Object.fromEntries(keyAttributes(this.schema).map(({ name }) => [name, item[name]]));
  }

  /** Forgets all records; sequence numbers go on rising. */
  clear(): void {
    for (const { log } of this.shards) log.clear();
  }
}
