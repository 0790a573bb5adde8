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

/** What the keys begin with of what is set aside, in whatever bucket. */
export const objectPrefixes = {
  /** Records and lines that a function cannot pass on. */
  parked: "parked/",
} as const;

/** Days that objects can be kept until they expire: a hundred years. */
export const MAX_RETENTION_DAYS = 36_500;
