/** Defaults of every bucket: private, owned by the account alone, encrypted, old versions kept for a month. */
export const bucketDefaults = {
  versioning: true,
  publicAccess: {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  },
  ownership: "BucketOwnerEnforced",
  sseAlgorithm: "AES256",
  noncurrentVersionDays: 30,
  abortIncompleteUploadDays: 7,
} as const;

/** Prefixes of keys in any of the buckets. */
export const objectPrefixes = {
  /** Parked records and lines, which a function cannot pass on. */
  parked: "parked/",
} as const;

/** The longest retention of objects, in days: a hundred years. */
export const MAX_RETENTION_DAYS = 36_500;
