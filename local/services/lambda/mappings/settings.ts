import type { Position } from "./stream-source.ts";

/** The states of a mapping. */
export const MappingState = { Enabled: "Enabled", Disabled: "Disabled" } as const;
export type MappingState = (typeof MappingState)[keyof typeof MappingState];

/** The settings of an event source mapping; units are in the names, -1 means unlimited. */
export interface MappingSettings {
  readonly functionArn: string;
  readonly eventSourceArn: string;
  readonly startingPosition: "TRIM_HORIZON" | "LATEST" | "AT_TIMESTAMP";
  /** Cloud time, milliseconds since the epoch; with AT_TIMESTAMP, and only then. */
  readonly startingPositionTime: number | undefined;
  readonly batchSize: number;
  readonly batchWindowSeconds: number;
  readonly parallelizationFactor: number;
  readonly maximumRetryAttempts: number;
  readonly maximumRecordAgeSeconds: number;
  readonly isBisecting: boolean;
  readonly isReportingItemFailures: boolean;
  /** ARN of the on-failure destination: a bucket, a queue or a topic. */
  readonly onFailureArn: string | undefined;
  /** Filter patterns: a record that matches none of them is skipped; without patterns, every record is delivered. */
  readonly filterPatterns: readonly string[];
}

/** The value of `maximumRetryAttempts` and `maximumRecordAgeSeconds` for no limit. */
export const FOREVER = -1;

/** The position where a mapping begins in the shards that it finds. */
export function startingPositionOf({ startingPosition, startingPositionTime }: MappingSettings): Position {
  if (startingPosition !== "AT_TIMESTAMP") return { type: startingPosition };
  return { type: "SINCE", time: startingPositionTime ?? 0 };
}
