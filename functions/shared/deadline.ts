import { setMaxListeners } from "node:events";
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

/** Why the wait for the deadline is cancelled. Without a reason an error with a stack trace would be made. */
const ENDED = "the calls have ended";

/** The wait for the deadline while calls are under way: one for all of them, as each of its own costs more CPU. */
interface Watch {
  readonly signal: AbortSignal;
  /** Rejects a call that is under way. */
  readonly underWay: Set<(error: unknown) => void>;
  /** Ends the wait. */
  readonly cancel: () => void;
}

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
  let watch: Watch | undefined;

  return {
    remainingMs: left,
    isOver: () => left() <= 0,
    run: (call) =>
      new Promise((resolve, reject) => {
        const milliseconds = left();
        if (milliseconds <= 0) throw new DeadlineExceededError();
        watch ??= startWatch(clock, milliseconds, () => {
          watch = undefined;
        });
        const { underWay, signal, cancel } = watch;
        const end = (): void => {
          if (!underWay.delete(reject) || underWay.size > 0) return;
          watch = undefined;
          cancel();
        };
        underWay.add(reject);
        call(signal).then(
          (result) => {
            end();
            resolve(result);
          },
          (error: unknown) => {
            end();
            reject(error);
          },
        );
      }),
  };
}

function startWatch(clock: Clock, milliseconds: number, onOver: () => void): Watch {
  const deadline = new AbortController();
  // Of all calls at once, and the AWS SDK's clients add several for each: Node.js would warn of a leak above 10.
  setMaxListeners(0, deadline.signal);
  const ended = new AbortController();
  const underWay = new Set<(error: unknown) => void>();
  void clock.sleep(milliseconds, ended.signal).then(() => {
    if (ended.signal.aborted) return;
    onOver();
    // Rejected first: what a call answers to the abort comes too late.
    for (const reject of underWay) reject(new DeadlineExceededError());
    underWay.clear();
    deadline.abort();
  });
  return { signal: deadline.signal, underWay, cancel: () => ended.abort(ENDED) };
}
