/** What an event source mapping is made with; units are in the names, -1 means for ever. */
export interface MappingSettings {
  readonly functionArn: string;
  readonly eventSourceArn: string;
  readonly startingPosition: "TRIM_HORIZON" | "LATEST";
  readonly batchSize: number;
  readonly batchWindowSeconds: number;
  readonly parallelizationFactor: number;
  readonly maximumRetryAttempts: number;
  readonly maximumRecordAgeSeconds: number;
  readonly isBisecting: boolean;
  readonly isReportingItemFailures: boolean;
  /** ARN of the bucket that batches go to which are given up. */
  readonly onFailureBucketArn: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** The value of `maximumRetryAttempts` and `maximumRecordAgeSeconds` that means no limit. */
export const FOREVER = -1;
