/**
 * Amazon SQS' quotas (developer guide, "Amazon SQS message quotas", "Standard queue quotas"; API reference of
 * CreateQueue, SendMessageBatch).
 */
export const MAX_BATCH_ENTRIES = 10;
export const MAX_BATCH_BYTES = 1024 * 1024;
export const MIN_MESSAGE_BYTES = 1_024;
export const MAX_MESSAGE_BYTES = 1024 * 1024;
/**
 * What the aws provider (7.48) still asks for when a program says nothing; a queue made by CreateQueue has the maximum.
 */
export const DEFAULT_MESSAGE_BYTES = 262_144;
export const MAX_MESSAGE_ATTRIBUTES = 10;
export const MAX_DELAY_SECONDS = 900;
export const MAX_WAIT_SECONDS = 20;
export const MIN_RETENTION_SECONDS = 60;
export const MAX_RETENTION_SECONDS = 1_209_600;
export const DEFAULT_RETENTION_SECONDS = 345_600;
export const MAX_VISIBILITY_SECONDS = 43_200;
export const DEFAULT_VISIBILITY_SECONDS = 30;
export const MIN_KEY_REUSE_SECONDS = 60;
export const MAX_KEY_REUSE_SECONDS = 86_400;
export const DEFAULT_KEY_REUSE_SECONDS = 300;
export const MAX_RECEIVE_COUNT = 1_000;
/** Messages of a standard queue that are received and neither deleted nor visible again. */
export const MAX_IN_FLIGHT = 120_000;
/** PurgeQueue works once in this time. */
export const PURGE_INTERVAL_MS = 60_000;
export const QUEUES_PER_LIST = 1_000;
