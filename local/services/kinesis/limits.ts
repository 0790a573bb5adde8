// Source: Kinesis Data Streams developer guide, "Quotas and limits", unless a line names another. Lengths and ranges of
// parameters are checked by AWS's model.

/** Largest PutRecords request, in bytes of data and partition keys (API reference, PutRecords). */
export const MAX_PUT_RECORDS_BYTES = 10 * 1024 * 1024;
/** Records that a shard takes per second. */
export const SHARD_RECORDS_PER_SECOND = 1_000;
/** Bytes that a shard takes per second. */
export const SHARD_BYTES_PER_SECOND = 1024 * 1024;
/** Most records of one GetRecords (API reference, GetRecords). */
export const MAX_RECORDS_PER_GET = 10_000;
/** Most bytes of one GetRecords (API reference, GetRecords). */
export const MAX_GET_RECORDS_BYTES = 10 * 1024 * 1024;
/** Lifetime of a shard iterator, in milliseconds of cloud time. */
export const ITERATOR_LIFETIME_MS = 5 * 60 * 1000;
/** Shards of a new stream in on-demand mode. */
export const ON_DEMAND_SHARDS = 4;
/** Most shards of a provisioned stream: AWS's default quota of an account in us-east-1. */
export const MAX_SHARDS = 20_000;
/** Maximum record size of a new stream, in KiB. */
export const DEFAULT_RECORD_KIB = 1_024;
/** Largest maximum record size of a stream, in KiB. */
export const MAX_RECORD_KIB = 10_240;
/** Shortest retention period, and that of a new stream, in hours. */
export const DEFAULT_RETENTION_HOURS = 24;
/** Longest retention period, in hours. */
export const MAX_RETENTION_HOURS = 8_760;
/** Most UpdateShardCount calls in 24 hours (API reference, UpdateShardCount). */
export const SCALINGS_PER_DAY = 10;
/** Most consumers of a stream (API reference, RegisterStreamConsumer: On-demand Standard and Provisioned). */
export const MAX_CONSUMERS = 20;
/** Shard-level metrics (API reference, EnableEnhancedMonitoring). */
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
