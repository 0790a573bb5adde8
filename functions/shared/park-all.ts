import { judge, Verdict } from "./aws-errors.ts";
import { backoffMs } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import { type Deadline, DeadlineExceededError } from "./deadline.ts";
import { inParallel } from "./in-parallel.ts";
import type { ObjectStore } from "./object-store.ts";
import { describeError, type Log } from "./structured-log.ts";

/** Parallel writes. */
const CONCURRENCY = 16;

/** One object to write. */
export interface ParkingRequest {
  readonly key: string;
  readonly body: string;
}

/** The outcome of the requests, by position. */
export interface ParkingOutcome {
  /** Positions not certainly written: their records must be delivered again. */
  readonly unfinished: ReadonlySet<number>;
  readonly retried: number;
}

/**
 * Writes parked data, retrying until the deadline. Never throws when a write fails: the record is reported as
 * unfinished, so that it is delivered again.
 */
export async function parkAll(
  requests: readonly ParkingRequest[],
  ports: {
    readonly store: ObjectStore;
    readonly clock: Clock;
    readonly random: () => number;
    readonly deadline: Deadline;
    readonly log: Log;
  },
): Promise<ParkingOutcome> {
  const { store, clock, random, deadline, log } = ports;
  const unfinished = new Set<number>();
  const refusals = new Map<string, { count: number; errorMessage: string }>();
  let retried = 0;

  const park = async ({ key, body }: ParkingRequest, index: number): Promise<void> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await deadline.run((signal) => store.put(key, body, signal));
      } catch (error) {
        const { errorName, errorMessage } = describeError(error);
        const waitMs = backoffMs(attempt, random);
        const isRetried =
          !(error instanceof DeadlineExceededError) &&
          judge(error) === Verdict.Retry &&
          waitMs < deadline.remainingMs();
        if (!isRetried) {
          unfinished.add(index);
          refusals.set(errorName, { count: (refusals.get(errorName)?.count ?? 0) + 1, errorMessage });
          return;
        }
        retried++;
        await clock.sleep(waitMs);
      }
    }
  };
  await inParallel(requests, CONCURRENCY, park);
  for (const [errorName, refusal] of refusals) log.error("parking failed", { errorName, ...refusal });
  return { unfinished, retried };
}
