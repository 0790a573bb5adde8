/**
 * Lifetime of a shard iterator, in milliseconds of cloud time. Source: DynamoDB Streams API reference,
 * GetShardIterator.
 */
export const ITERATOR_LIFETIME_MS = 15 * 60 * 1000;

/** Most records of one GetRecords. Source: DynamoDB Streams API reference, GetRecords. */
export const MAX_RECORDS_PER_GET = 1000;

/** Most bytes of one GetRecords. Source: DynamoDB Streams API reference, GetRecords. */
export const MAX_GET_RECORDS_BYTES = 1024 * 1024;

/**
 * Most streams, or shards, on one page of a list. Source: DynamoDB Streams API reference, ListStreams and
 * DescribeStream.
 */
export const MAX_LISTED = 100;
