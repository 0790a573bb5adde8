import { type Clock, TimerKind } from "../kernel/clock.ts";

/** A producer's rates per second of cloud time. */
export interface Pace {
  readonly eventsPerSecond: number;
  readonly bytesPerSecond: number;
  readonly requestsPerSecond: number;
}

/** Delays requests, in cloud time, so that none of the three rates is exceeded. */
export class Pacer {
  readonly #clock: Clock;
  readonly #pace: Pace;
  #freeAt = 0;

  constructor(clock: Clock, pace: Pace) {
    this.#clock = clock;
    this.#pace = pace;
  }

  /** Resolves when a request of this size may be sent. */
  async admit(events: number, bytes: number): Promise<void> {
    const costMs =
      1000 *
      Math.max(
        events / this.#pace.eventsPerSecond,
        bytes / this.#pace.bytesPerSecond,
        1 / this.#pace.requestsPerSecond,
      );
    const now = this.#clock.now();
    const startAt = Math.max(now, this.#freeAt);
    this.#freeAt = startAt + costMs;
    if (startAt > now) await this.#clock.wait(startAt - now, TimerKind.Data);
  }
}
