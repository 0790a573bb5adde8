/** DynamoDB's quotas (developer guide, "Quotas", "Constraints"; API reference of BatchWriteItem, BatchGetItem, Query, Scan). */
export const MAX_ITEM_BYTES = 400 * 1024;
export const MAX_BATCH_WRITES = 25;
export const MAX_BATCH_WRITE_BYTES = 16 * 1024 * 1024;
export const MAX_BATCH_GETS = 100;
/** A page of Query or Scan ends once it has evaluated this much. */
export const PAGE_BYTES = 1024 * 1024;
/** The attribute itself is level 1; a value at level 33 is refused (seen on AWS: 31 maps around a leaf are accepted, 32 are not). */
export const MAX_NESTING = 32;
/** Of an expression, in UTF-8 ("Expression parameters"). */
export const MAX_EXPRESSION_BYTES = 4096;
export const MAX_DIGITS = 38;
/** Exponents of the first significant digit: 1E-130 to 9.99…E+125. */
export const MAX_EXPONENT = 125;
export const MIN_EXPONENT = -130;
export const MAX_HASH_KEY_BYTES = 2048;
export const MAX_RANGE_KEY_BYTES = 1024;
export const MAX_NAME_BYTES = 65_535;
export const WRITE_UNIT_BYTES = 1024;
export const READ_UNIT_BYTES = 4096;
/** A provisioned table keeps up to five minutes of unused capacity. */
export const BURST_SECONDS = 300;
/** A table's stream keeps its records for 24 hours. */
export const STREAM_RETENTION_MS = 24 * 60 * 60 * 1000;
/** Shards of a table's stream here (AWS has one per partition). */
export const STREAM_SHARDS = 4;
/** TTL ignores times that lie further back. */
export const TTL_HORIZON_MS = 5 * 365 * 24 * 60 * 60 * 1000;
/** Global secondary indexes of one table, and attributes that one of them can take along beside its keys. */
export const MAX_INDEXES = 20;
export const MAX_NON_KEY_ATTRIBUTES = 20;
/** Point-in-time recovery reaches back this far unless it is told otherwise. */
export const DEFAULT_RECOVERY_DAYS = 35;
export const MAX_RECOVERY_DAYS = 35;
/** Of a table's policy, in UTF-8 (API reference of PutResourcePolicy). */
export const MAX_POLICY_BYTES = 20 * 1024;
/** Provisioned capacity of a table, in units a second; more is out of bounds whatever the account's quota (held by dynalite's tests). */
export const MAX_CAPACITY_UNITS = 1_000_000_000_000;
