import { hash } from "node:crypto";
import type { PolicyDocument } from "../../accounts/policy.ts";
import { DEFAULT_RECORD_KIB, DEFAULT_RETENTION_HOURS } from "./limits.ts";
import { Shard } from "./shard.ts";

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

/** One data stream: its settings and its shards. */
export class KinesisStream {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly shards: readonly Shard[];
  readonly settings: StreamSettings;
  resourcePolicy: PolicyDocument | undefined;

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
    const count = BigInt(options.shardCount);
    this.shards = Array.from({ length: options.shardCount }, (_, number) => {
      const start = (BigInt(number) * HASH_KEYS) / count;
      const end = (BigInt(number + 1) * HASH_KEYS) / count - 1n;
      return new Shard(number, { start, end }, options.now);
    });
  }

  /** The shard that a record goes to: by its explicit hash key, else by the MD5 of its partition key. */
  route(partitionKey: string, explicitHashKey?: string): Shard {
    const key = explicitHashKey === undefined ? BigInt(`0x${hash("md5", partitionKey)}`) : BigInt(explicitHashKey);
    let low = 0;
    let high = this.shards.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.shards[middle] as Shard).range.end < key) low = middle + 1;
      else high = middle;
    }
    return this.shards[low] as Shard;
  }

  /** Forgets what is older than the retention period. */
  trim(shard: Shard, now: number): void {
    shard.trim(now / 1000 - this.settings.retentionHours * 3600);
  }
}
