import type { Clock, Timer } from "../../../kernel/clock.ts";
import type { AwsError } from "../../../kernel/errors.ts";
import { nextAsk } from "./read-errors.ts";

/** The next look for a stream's shards after an error. */
export class NextLook {
  readonly #clock: Clock;
  readonly #look: () => void;
  #timer: Timer | undefined;
  /** Errors in a row. */
  #problems = 0;

  constructor(clock: Clock, look: () => void) {
    this.#clock = clock;
    this.#look = look;
  }

  get isDue(): boolean {
    return this.#timer !== undefined;
  }

  /** Looks again: soon after a transient error, else after a minute. */
  after(error: AwsError): void {
    const { ms, kind } = nextAsk(error, ++this.#problems);
    this.cancel();
    this.#timer = this.#clock.setTimer(ms, kind, () => {
      this.#timer = undefined;
      this.#look();
    });
  }

  /** The stream's shards could be read. */
  succeeded(): void {
    this.#problems = 0;
  }

  cancel(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
