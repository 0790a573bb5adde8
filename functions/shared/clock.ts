/** The clock of a use case; injected, so that tests advance it instead of waiting. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `milliseconds`, or immediately when `signal` aborts (the caller checks the signal). */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The system clock. A cancelled sleep leaves no timer behind. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", finish);
        resolve();
      };
      const timer = setTimeout(finish, milliseconds);
      if (signal?.aborted) finish();
      else signal?.addEventListener("abort", finish);
    }),
};
