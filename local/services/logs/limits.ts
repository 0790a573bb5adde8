/**
 * Limits of CloudWatch Logs (API reference of PutLogEvents, PutRetentionPolicy; user guide, "CloudWatch
 * Logs quotas").
 */
/** Bytes of one PutLogEvents, with their overhead. */
export const MAX_BATCH_BYTES = 1_048_576;
/** Bytes that count for an event besides its message. */
export const EVENT_OVERHEAD_BYTES = 26;
/** Groups or streams of a page without a limit, and events. */
export const ITEMS_PER_PAGE = 50;
export const EVENTS_PER_PAGE = 10_000;
/** The time span of the events of one PutLogEvents. */
export const MAX_BATCH_SPAN_MS = 24 * 3_600_000;
/** Events older than this, or further in the future, are rejected. */
export const TOO_OLD_MS = 14 * 24 * 3_600_000;
export const TOO_NEW_MS = 2 * 3_600_000;
/** Days of retention; without any, events never expire. */
export const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
/** Bytes of messages that a group keeps in memory here; the oldest are dropped first. */
export const MAX_GROUP_BYTES = 16 * 1024 ** 2;
