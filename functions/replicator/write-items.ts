import { judge, Verdict } from "../shared/aws-errors.ts";
import { backoffMs } from "../shared/backoff.ts";
import type { Clock } from "../shared/clock.ts";
import { type Deadline, DeadlineExceededError } from "../shared/deadline.ts";
import { inParallel } from "../shared/in-parallel.ts";
import { describeError } from "../shared/structured-log.ts";
import { toBatches } from "./core/batches.ts";
import type { EncodedItem } from "./core/item-value.ts";
import type { TableWriter } from "./ports.ts";

/** Parallel BatchWriteItem calls. */
export const WRITE_CONCURRENCY = 8;

/** The outcome of the entries: each is counted or listed exactly once. */
export interface WriteOutcome<T> {
  /** How many are stored. Their bytes are kept no longer. */
  readonly stored: number;
  /** Refused by the service when sent alone; `detail` is its message. */
  readonly refused: { readonly entry: T; readonly detail: string }[];
  /** Not certainly stored at the deadline. */
  readonly unfinished: T[];
  /** Items that were sent again. */
  readonly retried: number;
}

/**
 * Stores entries with distinct keys, in parallel batches. Takes a batch's entries when it is sent, so that an iterator
 * may make them then. A refused batch is bisected until the invalid item is alone; throttles and unprocessed items are
 * retried with backoff, within the deadline.
 * @throws the first error that is neither caused by a record nor retryable, after the calls in progress have ended
 */
export async function writeItems<T extends EncodedItem>(
  entries: Iterable<T>,
  ports: {
    readonly writer: TableWriter;
    readonly clock: Clock;
    readonly random: () => number;
    readonly deadline: Deadline;
  },
): Promise<WriteOutcome<T>> {
  const { writer, clock, random, deadline } = ports;
  let stored = 0;
  const refused: { entry: T; detail: string }[] = [];
  const unfinished: T[] = [];
  let retried = 0;
  let failure: { readonly error: unknown } | undefined;

  const writeBatch = async (batch: readonly T[]): Promise<void> => {
    let pending = batch;
    for (let attempt = 1; failure === undefined; attempt++) {
      try {
        const sent = pending;
        const unprocessed = await deadline.run((signal) => writer.write(sent, signal));
        stored += sent.length - unprocessed.length;
        if (unprocessed.length === 0) return;
        pending = unprocessed.flatMap((position) => sent[position] ?? []);
      } catch (error) {
        if (error instanceof DeadlineExceededError) break;
        const verdict = judge(error);
        if (verdict === Verdict.Fail) {
          failure ??= { error };
          break;
        }
        if (verdict === Verdict.Park) return isolate(pending, describeError(error).errorMessage);
      }
      const waitMs = backoffMs(attempt, random);
      if (waitMs >= deadline.remainingMs()) break;
      retried += pending.length;
      await clock.sleep(waitMs);
    }
    unfinished.push(...pending);
  };

  const isolate = async (batch: readonly T[], detail: string): Promise<void> => {
    const [first] = batch;
    if (batch.length === 1 && first !== undefined) {
      refused.push({ entry: first, detail });
      return;
    }
    const middle = Math.ceil(batch.length / 2);
    await writeBatch(batch.slice(0, middle));
    await writeBatch(batch.slice(middle));
  };

  await inParallel(toBatches(entries), WRITE_CONCURRENCY, writeBatch);
  if (failure !== undefined) throw failure.error;
  return { stored, refused, unfinished, retried };
}
