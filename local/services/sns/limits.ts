/**
 * Amazon SNS' quotas (developer guide, "Amazon SNS endpoints and quotas"; API reference of Publish, PublishBatch,
 * ListTopics).
 */
export const MAX_MESSAGE_BYTES = 262_144;
export const MAX_BATCH_ENTRIES = 10;
export const MAX_SUBJECT_CHARACTERS = 100;
export const PAGE_SIZE = 100;
export const MAX_DISPLAY_NAME_CHARACTERS = 100;
