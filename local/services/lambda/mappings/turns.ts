import type { Clock } from "../../../kernel/clock.ts";

/** Runs works one after the other, with the clock held. */
export class Turns {
  readonly #clock: Clock;
  #inProgress = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether no work is running or waiting. */
  get isIdle(): boolean {
    return this.#inProgress === 0;
  }

  /** Runs a work after the earlier ones, whether or not they failed. Rejects as the work does. */
  take(work: () => Promise<void>): Promise<void> {
    this.#inProgress++;
    const release = this.#clock.hold();
    const turn = this.#last.then(work).finally(() => {
      this.#inProgress--;
      release();
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
