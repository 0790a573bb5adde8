/** How a stream's capacity is chosen. */
export const StreamMode = { OnDemand: "ON_DEMAND", Provisioned: "PROVISIONED" } as const;
export type StreamMode = (typeof StreamMode)[keyof typeof StreamMode];

/** Defaults of every stream: encrypted with the AWS managed key, and a week to mend what is broken behind it. */
export const streamDefaults = {
  streamMode: StreamMode.OnDemand,
  retentionHours: 168,
  recordSizeKiB: 1024,
  encryptionType: "KMS",
  kmsKeyId: "alias/aws/kinesis",
} as const;

/** AWS's limits of a stream. */
export const streamLimits = {
  retentionHours: { min: 24, max: 8760 },
  shards: { min: 1, max: 10_000 },
  recordSizeKiB: { min: 1024, max: 10_240 },
  /** Lambda refuses to read a stream that may hold larger records than this. */
  recordSizeKiBWithLambda: 4096,
} as const;

/** Seconds that a stream keeps records at least: what is safe to assume of one that nothing is known of. */
export const SHORTEST_RETENTION_SECONDS = streamLimits.retentionHours.min * 3600;
