/** Longest key of an object, in bytes of UTF-8. Source: S3 user guide, "Naming Amazon S3 objects". */
export const MAX_KEY_BYTES = 1024;

/**
 * Smallest part of a multipart upload but the last, in bytes. Source: S3 user guide, "Amazon S3 multipart upload
 * limits".
 */
export const MIN_PART_BYTES = 5 * 1024 * 1024;

/** Highest part number of a multipart upload. Source: S3 user guide, "Amazon S3 multipart upload limits". */
export const MAX_PARTS = 10_000;

/** Longest body of one request, in bytes. AWS takes 5 GiB; the local cloud holds all of it in memory. */
export const MAX_BODY_BYTES = 1024 ** 3;

/** Most keys on one page of a list. Source: S3 API reference, ListObjectsV2. */
export const MAX_LISTED_KEYS = 1000;

/** Most buckets on one page of a list. Source: S3 API reference, ListBuckets. */
export const MAX_LISTED_BUCKETS = 10_000;

/** Most keys of one DeleteObjects. Source: S3 API reference, DeleteObjects. */
export const MAX_DELETED_KEYS = 1000;

/** Most rules of a lifecycle configuration. Source: S3 API reference, PutBucketLifecycleConfiguration. */
export const MAX_LIFECYCLE_RULES = 1000;

/** Longest id of a lifecycle rule, in characters. Source: S3 API reference, LifecycleRule. */
export const MAX_RULE_ID_CHARACTERS = 255;
