import { TimerKind } from "../../../kernel/clock.ts";
import type { AwsError } from "../../../kernel/errors.ts";
import { backoffMs } from "./batch.ts";

/** Interval for a stream that is gone or refuses the role: a background timer, so cloud time does not jump to it. */
const REFUSED_INTERVAL_MS = 60_000;

/** Transient errors. */
const passingErrors: ReadonlySet<string> = new Set([
  "ProvisionedThroughputExceededException",
  "LimitExceededException",
  "ThrottlingException",
  "KMSThrottlingException",
  "InternalFailure",
  "InternalServerError",
  "ServiceUnavailable",
]);

/** The next attempt at a stream after an error. @param problems errors in a row, this one included. */
export function nextAsk(error: AwsError, problems: number): { readonly ms: number; readonly kind: TimerKind } {
  const isPassing = passingErrors.has(error.code) || error.status >= 500;
  return isPassing
    ? { ms: backoffMs(problems), kind: TimerKind.Data }
    : { ms: REFUSED_INTERVAL_MS, kind: TimerKind.Other };
}
