import { MAX_PAYLOAD_BYTES } from "../limits.ts";

/** One record of a stream, ready for delivery. */
export interface StreamEntry {
  readonly sequenceNumber: string;
  /** Arrival in the stream: milliseconds since the epoch. */
  readonly arrivedAt: number;
  /** Records with the same key stay in order. */
  readonly orderKey: string;
  /** The record in Lambda's event form, as JSON text. */
  readonly json: string;
  readonly bytes: number;
  /** Time of the mapping's read, cloud time. */
  readonly readAt: number;
}

/** The end of a batch's last invocation, in the form of an on-failure record. */
export interface ResponseContext {
  readonly statusCode: number;
  readonly executedVersion: string;
  /** Null for a batch that the function reported (recorded on AWS). */
  readonly functionError: string | null;
}

/** Records that are delivered together until they succeed, are split, or are discarded. */
export interface Batch {
  readonly entries: readonly StreamEntry[];
  /** Failed deliveries; each uses up a retry. */
  readonly failures: number;
  /** Attempts that did not reach the function; they only lengthen the backoff. */
  readonly undelivered: number;
  readonly invokeCount: number;
  readonly requestId?: string;
  readonly response?: ResponseContext;
}

/** The outcome of one delivery. `from` is the index of the checkpoint's record: the records before it are done. */
export type DeliveryOutcome =
  | { readonly kind: "success" }
  | { readonly kind: "partial"; readonly from: number }
  | { readonly kind: "failure" }
  /** The invocation did not reach the function (throttling, a service error). */
  | { readonly kind: "undelivered" }
  /**
   * The invocation has ended, but the poller was lost before its checkpoint: another poller resumes at the last
   * checkpoint.
   */
  | { readonly kind: "lost" };

const ENVELOPE_BYTES = '{"Records":[]}'.length;

/** The event for the function. */
export function eventPayload(entries: readonly StreamEntry[]): string {
  return `{"Records":[${entries.map((entry) => entry.json).join(",")}]}`;
}

/**
 * The number of records, from the first on, in the next batch: at most `batchSize`, and at most 6 MB (a larger record
 * goes alone).
 */
export function batchLength(entries: readonly StreamEntry[], batchSize: number): number {
  let bytes = ENVELOPE_BYTES;
  let length = 0;
  for (const entry of entries) {
    bytes += entry.bytes + (length > 0 ? 1 : 0);
    if (length === batchSize || (length > 0 && bytes > MAX_PAYLOAD_BYTES)) break;
    length++;
  }
  return length;
}

export interface RetryRules {
  readonly isBisecting: boolean;
  readonly maximumRetryAttempts: number;
}

/**
 * The step after a delivery: the batches to continue with, in order, and whether the first of them waits; or a batch to
 * discard.
 */
export type NextStep =
  | { readonly kind: "done" }
  | { readonly kind: "go-on"; readonly batches: readonly Batch[]; readonly isWaiting: boolean }
  | { readonly kind: "give-up"; readonly batch: Batch };

/**
 * AWS's rules for a stream's batch:
 * - the records before the checkpoint are done, the others are delivered again;
 * - with bisect, a reported number splits the batch there, an error splits it in halves, and a split uses up no retry;
 * - a batch without retries left is discarded. The remainder behind a moved checkpoint is a new batch: one delivery,
 *   then all the retries (recorded on AWS, 11-2025: of a batch of 3 with 3 retries, a record that is always reported is
 *   delivered once in it and four times alone).
 */
export function nextStep(batch: Batch, outcome: DeliveryOutcome, rules: RetryRules): NextStep {
  if (outcome.kind === "success") return { kind: "done" };
  if (outcome.kind === "undelivered") {
    const waiting = { ...batch, undelivered: batch.undelivered + 1 };
    return { kind: "go-on", batches: [waiting], isWaiting: true };
  }
  if (outcome.kind === "lost") return { kind: "go-on", batches: [batch], isWaiting: false };
  if (outcome.kind === "partial" && outcome.from > 0) {
    const entries = batch.entries.slice(outcome.from);
    const rest: Batch = { entries, failures: 0, undelivered: 0, invokeCount: 0 };
    return { kind: "go-on", batches: [rest], isWaiting: !rules.isBisecting };
  }
  const rest: Batch = { ...batch, undelivered: 0 };
  if (rules.isBisecting && rest.entries.length > 1) {
    const middle = Math.ceil(rest.entries.length / 2);
    const halves = [rest.entries.slice(0, middle), rest.entries.slice(middle)];
    return { kind: "go-on", batches: halves.map((entries) => ({ ...rest, entries })), isWaiting: false };
  }
  const failed = { ...rest, failures: rest.failures + 1 };
  const isExhausted = rules.maximumRetryAttempts >= 0 && failed.failures > rules.maximumRetryAttempts;
  return isExhausted ? { kind: "give-up", batch: failed } : { kind: "go-on", batches: [failed], isWaiting: true };
}

const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 60_000;

/** Milliseconds until the next attempt after `attempts` failed ones: exponential, capped at one minute. */
export function backoffMs(attempts: number): number {
  return Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.max(0, attempts - 1));
}
