import { TimerKind } from "../../../kernel/clock.ts";
import type { AwsError } from "../../../kernel/errors.ts";
import { backoffMs } from "./batch.ts";

/**
 * How often a stream is asked that is gone or refuses the role: nothing waits for it, so cloud time does not jump
 * there.
 */
const REFUSED_INTERVAL_MS = 60_000;

/** Errors after which the same call may succeed soon. */
const passingErrors: ReadonlySet<string> = new Set([
  "ProvisionedThroughputExceededException",
  "LimitExceededException",
  "ThrottlingException",
  "KMSThrottlingException",
  "InternalFailure",
  "InternalServerError",
  "ServiceUnavailable",
]);

/** When to ask a stream again after an error. @param problems errors in a row, this one included. */
export function nextAsk(error: AwsError, problems: number): { readonly ms: number; readonly kind: TimerKind } {
  const isPassing = passingErrors.has(error.code) || error.status >= 500;
  return isPassing
    ? { ms: backoffMs(problems), kind: TimerKind.Data }
    : { ms: REFUSED_INTERVAL_MS, kind: TimerKind.Other };
}
