import type { SourceRecord } from "./source-record.ts";

/** Names of the attributes that every item has. The producer's fields are inside `event`, so they cannot collide. */
export const Attribute = {
  HashKey: "seqNumbershardIdHash",
  SequenceNumber: "sequenceNumber",
  ShardId: "shardId",
  StreamName: "streamName",
  PartitionKey: "partitionKey",
  ArrivalTimestamp: "approximateArrivalTimestamp",
  Event: "event",
} as const;

/** The scope within which hash keys are unique. */
export const HashKeyScope = {
  /** The shard: one stream per table. */
  Shard: "shard",
  /** Stream and shard: several streams may share the table. */
  Stream: "stream",
} as const;
export type HashKeyScope = (typeof HashKeyScope)[keyof typeof HashKeyScope];

/** The separator between the parts of a hash key. */
export const HashKeySeparator = {
  /** `_`: the key is `sequenceNumber[-3:-1] + "_" + shardId`. */
  Underscore: "underscore",
  /** `-`: for a table that already has items with such keys. */
  Hyphen: "hyphen",
} as const;
export type HashKeySeparator = (typeof HashKeySeparator)[keyof typeof HashKeySeparator];

const SEPARATORS: Readonly<Record<HashKeySeparator, string>> = { underscore: "_", hyphen: "-" };

/** Options for hash keys. */
export interface HashKeyOptions {
  readonly hashKeyScope: HashKeyScope;
  readonly hashKeySeparator: HashKeySeparator;
}

/** A field of the event that is copied to a top-level attribute, for an index. */
export interface IndexedAttribute {
  readonly attribute: string;
  /** Names of nested object fields, joined by dots. */
  readonly path: string;
}

/** Options for items. */
export interface ItemOptions extends HashKeyOptions {
  readonly indexedAttributes: readonly IndexedAttribute[];
  readonly timeToLive?: { readonly attribute: string; readonly seconds: number };
}

/**
 * `<the two digits before the last of the sequence number>_<shard id>`, with stream scope `<stream>_<digits>_<shard
 * id>`. 100 values per shard spread the writes over partitions.
 */
export function hashKey(record: SourceRecord, { hashKeyScope, hashKeySeparator }: HashKeyOptions): string {
  const separator = SEPARATORS[hashKeySeparator];
  const key = `${record.sequenceNumber.slice(-3, -1)}${separator}${record.shardId}`;
  return hashKeyScope === HashKeyScope.Stream ? `${record.streamName}${separator}${key}` : key;
}
