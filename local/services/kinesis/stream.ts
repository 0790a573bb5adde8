import { hash } from "node:crypto";
import type { AttachedPolicy } from "../../accounts/resource-policy.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { Place } from "../../kernel/place.ts";
import type { StreamConsumer } from "./consumer.ts";
import { DEFAULT_RECORD_KIB, DEFAULT_RETENTION_HOURS } from "./limits.ts";
import { type HashKeyRange, Shard } from "./shard.ts";
import { fullShardId } from "./shard-id.ts";
import { streamArn } from "./stream-address.ts";

/** Capacity mode of a stream. */
export const StreamMode = { OnDemand: "ON_DEMAND", Provisioned: "PROVISIONED" } as const;
export type StreamMode = (typeof StreamMode)[keyof typeof StreamMode];

/** The settings of a stream, which may change during its life. */
export interface StreamSettings {
  mode: StreamMode;
  retentionHours: number;
  maxRecordKib: number;
  /** Undefined without encryption. */
  kmsKeyId: string | undefined;
  shardLevelMetrics: readonly string[];
  tags: Readonly<Record<string, string>>;
}

const HASH_KEYS = 1n << 128n;
const HOUR_MS = 3_600_000;

/** All hash keys in `count` equal ranges. */
export function uniformRanges(count: number): HashKeyRange[] {
  const bound = (index: number) => (BigInt(index) * HASH_KEYS) / BigInt(count);
  return Array.from({ length: count }, (_, index) => ({ start: bound(index), end: bound(index + 1) - 1n }));
}

/** A data stream: its settings, shards and consumers. */
export class KinesisStream {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  /** Cloud times of the UpdateShardCount calls of the last 24 hours. */
  scaledAt: readonly number[] = [];
  #shards: readonly Shard[];
  /** By hash key. */
  #openShards: readonly Shard[];
  #nextNumber = 0;
  readonly settings: StreamSettings;
  policy: AttachedPolicy | undefined;
  /** The registered consumers, by name. */
  readonly consumers = new Map<string, StreamConsumer>();

  constructor(options: {
    place: Place;
    name: string;
    shardCount: number;
    now: number;
    settings: Partial<StreamSettings>;
  }) {
    this.accountId = options.place.accountId;
    this.region = options.place.region;
    this.name = options.name;
    this.arn = streamArn(options.place, options.name);
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

  /**
   * All shards, the oldest first: the open ones, and the closed ones until their records are past the retention period.
   */
  get shards(): readonly Shard[] {
    return this.#shards;
  }

  /** The open shards, by hash key. */
  get openShards(): readonly Shard[] {
    return this.#openShards;
  }

  /**
   * The shard with this id, or with the number of a shorter form (`shardId-0`, `0`), as Kinesis takes it.
   * @param isChange the shard is to be split or merged: the error has another message then.
   * @throws AwsError ResourceNotFoundException.
   */
  requireShard(text: string, isChange = false): Shard {
    const shardId = fullShardId(text);
    const shard = this.#shards.find((candidate) => candidate.shardId === shardId);
    if (shard) return shard;
    const where = `in stream ${this.name} under account ${this.accountId}`;
    throw new AwsError(
      "ResourceNotFoundException",
      shardId === undefined || isChange
        ? `Could not find shard ${shardId ?? text} ${where}.`
        : `Shard ${shardId} ${where} does not exist`,
    );
  }

  /** Closes adjacent open shards and opens children in their place, which share their hash keys. */
  replace(parents: readonly Shard[], ranges: readonly HashKeyRange[], now: number): readonly Shard[] {
    const children = ranges.map((range) => new Shard({ number: this.#nextNumber++, range, now, parents }));
    for (const parent of parents) parent.close(children, now);
    this.#shards = [...this.#shards, ...children];
    const at = this.#openShards.indexOf(parents[0] as Shard);
    this.#openShards = this.#openShards.toSpliced(at, parents.length, ...children);
    return children;
  }

  /** Drops the closed shards whose end is past the retention period. */
  expireShards(now: number): void {
    if (this.#shards.length === this.#openShards.length) return;
    const horizon = this.horizon(now);
    this.#shards = this.#shards.filter((shard) => shard.end === undefined || shard.end.at >= horizon);
  }

  /** The beginning of the retention period: cloud time, milliseconds since the epoch. */
  horizon(now: number): number {
    return now - this.settings.retentionHours * HOUR_MS;
  }

  /** Drops all records and the closed shards. */
  clear(): void {
    this.#shards = [...this.#openShards].sort((a, b) => (a.shardId < b.shardId ? -1 : 1));
    for (const shard of this.#shards) shard.clear();
    this.scaledAt = [];
  }

  /** The shard of a record: by its explicit hash key, else by the MD5 of its partition key. */
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

  /** Drops the records of a shard that are past the retention period. */
  trim(shard: Shard, now: number): void {
    shard.trim(this.horizon(now) / 1000);
  }
}
