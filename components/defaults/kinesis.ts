/** The capacity mode of a stream. */
export const StreamMode = { OnDemand: "ON_DEMAND", Provisioned: "PROVISIONED" } as const;
export type StreamMode = (typeof StreamMode)[keyof typeof StreamMode];

/** Defaults of every stream: encrypted with the AWS managed key, and a week of retention to repair a consumer. */
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

/** The shortest retention that a stream can have, in seconds: a safe assumption for a stream of unknown retention. */
export const SHORTEST_RETENTION_SECONDS = streamLimits.retentionHours.min * 3600;
