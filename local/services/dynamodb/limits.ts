// Source: DynamoDB developer guide, "Quotas" and "Constraints", unless a line names another.

/** Largest item, names and values. */
export const MAX_ITEM_BYTES = 400 * 1024;
/** Most requests of one BatchWriteItem (API reference, BatchWriteItem). */
export const MAX_BATCH_WRITES = 25;
/** Largest BatchWriteItem (API reference, BatchWriteItem). */
export const MAX_BATCH_WRITE_BYTES = 16 * 1024 * 1024;
/** Most keys of one BatchGetItem (API reference, BatchGetItem). */
export const MAX_BATCH_GETS = 100;
/** Evaluated bytes after which a page of Query or Scan ends (API reference, Query). */
export const PAGE_BYTES = 1024 * 1024;
/**
 * Deepest nesting; the attribute itself is level 1 (observed on AWS: 31 maps around a leaf are accepted, 32 are not).
 */
export const MAX_NESTING = 32;
/** Longest expression, in UTF-8 ("Expression parameters"). */
export const MAX_EXPRESSION_BYTES = 4096;
/** Most significant digits of a number. */
export const MAX_DIGITS = 38;
/** Largest and smallest exponent of a number: 1E-130 to 9.99…E+125. */
export const MAX_EXPONENT = 125;
export const MIN_EXPONENT = -130;
/** Longest value of a partition key. */
export const MAX_HASH_KEY_BYTES = 2048;
/** Longest value of a sort key. */
export const MAX_RANGE_KEY_BYTES = 1024;
/** Longest name of an attribute. */
export const MAX_NAME_BYTES = 65_535;
/** Item bytes per write unit. */
export const WRITE_UNIT_BYTES = 1024;
/** Item bytes per read unit of a consistent read. */
export const READ_UNIT_BYTES = 4096;
/** Seconds of unused capacity that a provisioned table keeps (developer guide, "Burst capacity"). */
export const BURST_SECONDS = 300;
/** Retention of stream records. */
export const STREAM_RETENTION_MS = 24 * 60 * 60 * 1000;
/** Shards of a stream in the local cloud; AWS has one per partition of the table. */
export const STREAM_SHARDS = 4;
/** TTL ignores times further in the past. */
export const TTL_HORIZON_MS = 5 * 365 * 24 * 60 * 60 * 1000;
/** Most global secondary indexes of a table. */
export const MAX_INDEXES = 20;
/** Most non-key attributes of an index. */
export const MAX_NON_KEY_ATTRIBUTES = 20;
/** Default period of point-in-time recovery. */
export const DEFAULT_RECOVERY_DAYS = 35;
/** Longest period of point-in-time recovery. */
export const MAX_RECOVERY_DAYS = 35;
/** Longest resource policy of a table, in UTF-8 (API reference, PutResourcePolicy). */
export const MAX_POLICY_BYTES = 20 * 1024;
/**
 * Highest provisioned capacity that AWS does not refuse as out of bounds, whatever the account's quota (known from
 * dynalite's tests).
 */
export const MAX_CAPACITY_UNITS = 1_000_000_000_000;
