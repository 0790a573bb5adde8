import { hash } from "node:crypto";
import type { AttachedPolicy } from "../../accounts/resource-policy.ts";
import type { StreamConsumer } from "./consumers.ts";
import { DEFAULT_RECORD_KIB, DEFAULT_RETENTION_HOURS } from "./limits.ts";
import { type HashKeyRange, Shard } from "./shard.ts";

/** How a call names its stream. */
export interface StreamAddress {
  readonly StreamName?: string | undefined;
  readonly StreamARN?: string | undefined;
}

/** How a stream's capacity is bought. */
export const StreamMode = { OnDemand: "ON_DEMAND", Provisioned: "PROVISIONED" } as const;
export type StreamMode = (typeof StreamMode)[keyof typeof StreamMode];

/** What may change during a stream's life. */
export interface StreamSettings {
  mode: StreamMode;
  retentionHours: number;
  maxRecordKib: number;
  /** Undefined: not encrypted. */
  kmsKeyId: string | undefined;
  shardLevelMetrics: readonly string[];
  tags: Readonly<Record<string, string>>;
}

const HASH_KEYS = 1n << 128n;
const HOUR_MS = 3_600_000;

/** The hash keys in `count` equal parts. */
export function uniformRanges(count: number): HashKeyRange[] {
  const bound = (index: number) => (BigInt(index) * HASH_KEYS) / BigInt(count);
  return Array.from({ length: count }, (_, index) => ({ start: bound(index), end: bound(index + 1) - 1n }));
}

/** One data stream: its settings and its shards. */
export class KinesisStream {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  /** Cloud times at which the number of shards was last changed by UpdateShardCount. */
  scaledAt: readonly number[] = [];
  #shards: readonly Shard[];
  /** Those that take records, by hash key. */
  #openShards: readonly Shard[];
  #nextNumber = 0;
  readonly settings: StreamSettings;
  policy: AttachedPolicy | undefined;
  /** The consumers that are registered for enhanced fan-out, by name. */
  readonly consumers = new Map<string, StreamConsumer>();

  constructor(options: {
    accountId: string;
    region: string;
    partition: string;
    name: string;
    shardCount: number;
    now: number;
    settings: Partial<StreamSettings>;
  }) {
    this.accountId = options.accountId;
    this.region = options.region;
    this.name = options.name;
    this.arn = `arn:${options.partition}:kinesis:${options.region}:${options.accountId}:stream/${options.name}`;
    this.createdAt = options.now;
    this.settings = {
      mode: StreamMode.Provisioned,
      retentionHours: DEFAULT_RETENTION_HOURS,
      maxRecordKib: DEFAULT_RECORD_KIB,
      kmsKeyId: undefined,
      shardLevelMetrics: [],
      tags: {},
      ...options.settings,
    };
    const open = uniformRanges(options.shardCount).map(
      (range) => new Shard({ number: this.#nextNumber++, range, now: options.now }),
    );
    this.#shards = open;
    this.#openShards = open;
  }

  /** All shards that still exist, the oldest first: the open ones, and the closed ones until their records are past the retention period. */
  get shards(): readonly Shard[] {
    return this.#shards;
  }

  /** The shards that take records, by hash key. */
  get openShards(): readonly Shard[] {
    return this.#openShards;
  }

  /** Closes adjacent open shards and opens others in their place, which have the same hash keys between them. */
  replace(parents: readonly Shard[], ranges: readonly HashKeyRange[], now: number): readonly Shard[] {
    const children = ranges.map((range) => new Shard({ number: this.#nextNumber++, range, now, parents }));
    for (const parent of parents) parent.close(children, now);
    this.#shards = [...this.#shards, ...children];
    const at = this.#openShards.indexOf(parents[0] as Shard);
    this.#openShards = this.#openShards.toSpliced(at, parents.length, ...children);
    return children;
  }

  /** Lets closed shards go whose last moment is past the retention period. */
  expireShards(now: number): void {
    if (this.#shards.length === this.#openShards.length) return;
    const horizon = this.horizon(now);
    this.#shards = this.#shards.filter((shard) => shard.end === undefined || shard.end.at >= horizon);
  }

  /** The earliest moment of which records are kept: cloud time, milliseconds since the epoch. */
  horizon(now: number): number {
    return now - this.settings.retentionHours * HOUR_MS;
  }

  /** Drops all records, and the closed shards, which can never have any again. */
  clear(): void {
    this.#shards = [...this.#openShards].sort((a, b) => (a.shardId < b.shardId ? -1 : 1));
    for (const shard of this.#shards) shard.clear();
    this.scaledAt = [];
  }

  /** The shard that a record goes to: by its explicit hash key, else by the MD5 of its partition key. */
  route(partitionKey: string, explicitHashKey?: string): Shard {
    const key = explicitHashKey === undefined ? BigInt(`0x${hash("md5", partitionKey)}`) : BigInt(explicitHashKey);
    let low = 0;
    const shards = this.#openShards;
    let high = shards.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((shards[middle] as Shard).range.end < key) low = middle + 1;
      else high = middle;
    }
    return shards[low] as Shard;
  }

  /** Forgets what is older than the retention period. */
  trim(shard: Shard, now: number): void {
    shard.trim(this.horizon(now) / 1000);
  }
}
