import type { Clock } from "./clock.ts";

/** The invocation's time is used up; what was under way may or may not have happened. */
export class DeadlineExceededError extends Error {
  override readonly name = "DeadlineExceededError";
  constructor() {
    super("the time that this invocation has for its work is used up");
  }
}

/** The time that is left for one part of an invocation. */
export interface Deadline {
  /** Milliseconds left, 0 or less once it is over. */
  remainingMs(): number;
  isOver(): boolean;
  /**
   * Runs one call no longer than the time that is left, then aborts its signal.
   * @throws DeadlineExceededError when the call did not end in time; whatever the call throws otherwise.
   */
  run<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** Never more than this is kept back for answering; a short invocation keeps back a tenth of its time. */
const ANSWER_RESERVE_MS = 1_000;
const RESERVE_SHARE = 0.1;

/** Milliseconds to keep free at the end of an invocation that begins with `remainingMs`. */
export function answerReserveMs(remainingMs: number): number {
  return Math.min(ANSWER_RESERVE_MS, remainingMs * RESERVE_SHARE);
}

/** A deadline `reserveMs` before the moment at which `remainingMs` (AWS's own count of the invocation's time) reaches 0. */
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
      const timeout = clock.sleep(milliseconds, ended.signal).then((): never => {
        if (!ended.signal.aborted) callAbort.abort();
        throw new DeadlineExceededError();
      });
      try {
        return await Promise.race([call(callAbort.signal), timeout]);
      } finally {
        ended.abort();
      }
    },
  };
}
