import type { Clock } from "./clock.ts";

/** The deadline has passed; calls in progress may or may not have succeeded. */
export class DeadlineExceededError extends Error {
  override readonly name = "DeadlineExceededError";
  constructor() {
    super("the time that this invocation has for its work is used up");
  }
}

/** The deadline of one part of an invocation. */
export interface Deadline {
  /** Milliseconds left; 0 or less once it has passed. */
  remainingMs(): number;
  isOver(): boolean;
  /**
   * Runs one call; at the deadline aborts its signal.
   * @throws DeadlineExceededError when the call does not end in time; otherwise the call's error.
   */
  run<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** Why the wait for the deadline is cancelled. */
const ENDED = "the call has ended";

/** Time reserved for answering: at most this; a tenth of a short invocation's time. */
const ANSWER_RESERVE_MS = 1_000;
const RESERVE_SHARE = 0.1;

/** Milliseconds to reserve at the end of an invocation that starts with `remainingMs`. */
export function answerReserveMs(remainingMs: number): number {
  return Math.min(ANSWER_RESERVE_MS, remainingMs * RESERVE_SHARE);
}

/**
 * A deadline `reserveMs` before the moment at which `remainingMs` (AWS's own count of the invocation's time) reaches 0.
 */
export function createDeadline(clock: Clock, remainingMs: () => number, reserveMs: number): Deadline {
  const left = (): number => remainingMs() - reserveMs;
  return {
    remainingMs: left,
    isOver: () => left() <= 0,
    async run(call) {
      const milliseconds = left();
      if (milliseconds <= 0) throw new DeadlineExceededError();
      const callAbort = new AbortController();
      const ended = new AbortController();
      const timeout = clock.sleep(milliseconds, ended.signal).then((): Promise<never> => {
        // Of its own: one promise for all would keep what waits for it.
        if (ended.signal.aborted) return new Promise<never>(() => undefined);
        callAbort.abort();
        throw new DeadlineExceededError();
      });
      try {
        return await Promise.race([call(callAbort.signal), timeout]);
      } finally {
        // Without a reason an error would be made, with a stack trace, for every call.
        ended.abort(ENDED);
      }
    },
  };
}
