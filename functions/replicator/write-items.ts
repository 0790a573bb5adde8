import { judge, Verdict } from "../shared/aws-errors.ts";
import { backoffMs } from "../shared/backoff.ts";
import type { Clock } from "../shared/clock.ts";
import { type Deadline, DeadlineExceededError } from "../shared/deadline.ts";
import { inParallel } from "../shared/in-parallel.ts";
import { describeError } from "../shared/structured-log.ts";
import { type SizedItem, toBatches } from "./core/batches.ts";
import type { TableWriter } from "./ports.ts";

/** BatchWriteItem calls under way at the same time. */
export const WRITE_CONCURRENCY = 8;

/** What became of the entries: each is in exactly one of the lists. */
export interface WriteOutcome<T> {
  readonly stored: T[];
  /** Refused by the service when sent alone; `detail` is what it said. */
  readonly refused: { readonly entry: T; readonly detail: string }[];
  /** Not stored for certain when the time was up. */
  readonly unfinished: T[];
  /** Items that were sent again. */
  readonly retried: number;
}

/**
 * Stores entries of different keys, in parallel batches.
 * A batch that is refused is halved until the item that is at fault stands alone; throttles and unprocessed items are
 * sent again after a backoff, within the deadline.
 * @throws the first error that is neither a record's fault nor worth a retry, once the calls under way have ended
 */
export async function writeItems<T extends SizedItem>(
  entries: readonly T[],
  ports: {
    readonly writer: TableWriter;
    readonly clock: Clock;
    readonly random: () => number;
    readonly deadline: Deadline;
  },
): Promise<WriteOutcome<T>> {
  const { writer, clock, random, deadline } = ports;
  const stored: T[] = [];
  const refused: { entry: T; detail: string }[] = [];
  const unfinished: T[] = [];
  let retried = 0;
  let failure: { readonly error: unknown } | undefined;

  const writeBatch = async (batch: readonly T[]): Promise<void> => {
    let pending = batch;
    for (let attempt = 1; failure === undefined; attempt++) {
      try {
        const items = pending.map(({ item }) => item);
        const unprocessed = new Set(await deadline.run((signal) => writer.write(items, signal)));
        stored.push(...pending.filter((_, index) => !unprocessed.has(index)));
        pending = pending.filter((_, index) => unprocessed.has(index));
        if (pending.length === 0) return;
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
