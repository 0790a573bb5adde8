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
