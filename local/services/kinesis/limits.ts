/** Kinesis Data Streams' quotas (developer guide, "Quotas and limits"; API reference of PutRecords, GetRecords). What its model says of lengths and numbers is checked by that. */
export const MAX_PUT_RECORDS_BYTES = 10 * 1024 * 1024;
export const SHARD_RECORDS_PER_SECOND = 1_000;
export const SHARD_BYTES_PER_SECOND = 1024 * 1024;
export const MAX_RECORDS_PER_GET = 10_000;
export const MAX_GET_RECORDS_BYTES = 10 * 1024 * 1024;
/** A shard iterator lives for five minutes of cloud time. */
export const ITERATOR_LIFETIME_MS = 5 * 60 * 1000;
/** A new stream in on-demand mode has four shards. */
export const ON_DEMAND_SHARDS = 4;
/** Shards of a provisioned stream that this local cloud makes at most (AWS's default account quota in us-east-1). */
export const MAX_SHARDS = 20_000;
export const DEFAULT_RECORD_KIB = 1_024;
export const MAX_RECORD_KIB = 10_240;
export const DEFAULT_RETENTION_HOURS = 24;
export const MAX_RETENTION_HOURS = 8_760;
/** UpdateShardCount at most doubles or halves the open shards, and works this often in 24 hours (API reference of UpdateShardCount). */
export const SCALINGS_PER_DAY = 10;
/** Consumers for enhanced fan-out of one stream (API reference of RegisterStreamConsumer: On-demand Standard and Provisioned). */
export const MAX_CONSUMERS = 20;
/** Metrics that a stream can have per shard (API reference of EnableEnhancedMonitoring). */
export const SHARD_LEVEL_METRICS = [
  "IncomingBytes",
  "IncomingRecords",
  "IteratorAgeMilliseconds",
  "OutgoingBytes",
  "OutgoingRecords",
  "ReadProvisionedThroughputExceeded",
  "WriteProvisionedThroughputExceeded",
] as const;
export type ShardLevelMetric = (typeof SHARD_LEVEL_METRICS)[number];
