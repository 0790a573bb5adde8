/** X-Ray, in Lambda's words. */
export const TracingMode = {
  /** Only requests that the caller already traces; needs no permission. */
  PassThrough: "PassThrough",
  /** Lambda samples and sends traces itself. */
  Active: "Active",
} as const;
export type TracingMode = (typeof TracingMode)[keyof typeof TracingMode];

/** The service of a stream. */
export const StreamSource = {
  Kinesis: "kinesis",
  /** The stream of a DynamoDB table's changes. */
  DynamoDb: "dynamodb",
} as const;
export type StreamSource = (typeof StreamSource)[keyof typeof StreamSource];

/** The position in a stream at which a new mapping begins. */
export const StartingPosition = { TrimHorizon: "TRIM_HORIZON", Latest: "LATEST" } as const;
export type StartingPosition = (typeof StartingPosition)[keyof typeof StartingPosition];

/** Defaults of every function. */
export const functionDefaults = {
  runtime: "nodejs24.x",
  architecture: "arm64",
  memorySize: 512,
  timeout: 60,
  tracingMode: TracingMode.PassThrough,
} as const;

/**
 * Defaults of every event source mapping: it begins with the oldest record, retries for ever, reports single failures
 * and bisects failed batches, so that one bad record does not fail its neighbours.
 */
export const mappingDefaults = {
  batchSize: 100,
  maximumBatchingWindowInSeconds: 0,
  parallelizationFactor: 1,
  maximumRetryAttempts: -1,
  bisectBatchOnFunctionError: true,
  startingPosition: StartingPosition.TrimHorizon,
  functionResponseTypes: ["ReportBatchItemFailures"],
  enabled: true,
} as const;

/** AWS's limits of an event source mapping for streams, and -1 where that means "for ever". */
export const mappingLimits = {
  batchSize: { min: 1, max: 10_000 },
  batchWindowSeconds: { min: 0, max: 300 },
  parallelization: { min: 1, max: 10 },
  retryAttempts: { min: 0, max: 10_000 },
  recordAgeSeconds: { min: 60, max: 604_800 },
  forever: -1,
} as const;

/** AWS's limits of a function's size and time. */
export const functionLimits = { memoryMiB: { min: 128, max: 10_240 }, timeoutSeconds: { min: 1, max: 900 } } as const;

/** Bytes of a function's environment variables as JSON, at most (Lambda quotas: 4 KB for all of them). */
export const MAX_ENVIRONMENT_BYTES = 4096;

/** Namespace of the functions' own metrics, which have the dimension `FunctionName`. */
export const METRICS_NAMESPACE = "Tributary";
