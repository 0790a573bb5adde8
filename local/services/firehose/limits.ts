/** Limits of Amazon Data Firehose (API reference of PutRecordBatch, ListDeliveryStreams, ListTagsForDeliveryStream). */
export const MAX_BATCH_BYTES = 4 * 1024 * 1024;
export const NAMES_PER_LIST = 10;
export const TAGS_PER_LIST = 50;
/** How long Firehose retries a delivery before it drops the data (developer guide, "Handle data delivery failures"). */
export const RETENTION_MS = 24 * 3_600_000;
export const FIRST_RETRY_MS = 5_000;
export const MAX_RETRY_MS = 600_000;
