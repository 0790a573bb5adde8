/** Events that one PutRecords takes, and so one batch. */
export const MAX_BATCH_EVENTS = 500;
/** Characters of a partition key. */
export const MAX_PARTITION_KEY_CHARACTERS = 256;
/** Lines of a JSON Lines body, blank ones included: a `#foreach` ends after as many rounds. */
export const MAX_BATCH_LINES = 1_000;
/** Record size limit of a stream that nobody changed, in KiB. */
export const DEFAULT_RECORD_SIZE_KIB = 1_024;
