/** A rate limit in cloud time: `capacity` tokens at most, refilled at `perSecond`. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #capacity: number;
  #tokens: number;
  #at: number;

  /** @param options.initial tokens at the start, default `capacity`; @param options.now cloud time in milliseconds. */
  constructor(options: { perSecond: number; capacity: number; initial?: number; now: number }) {
    this.#perSecond = options.perSecond;
    this.#capacity = options.capacity;
    this.#tokens = options.initial ?? options.capacity;
    this.#at = options.now;
  }

  /** Whether `amount` can be taken at `now`; an amount over the capacity needs a full bucket. */
  has(amount: number, now: number): boolean {
    this.#refill(now);
    return this.#tokens >= Math.min(amount, this.#capacity);
  }

  /** Takes `amount`. The balance can become negative; refilling then starts from there. */
  take(amount: number): void {
    this.#tokens -= amount;
  }

  #refill(now: number): void {
    if (now <= this.#at) return;
    this.#tokens = Math.min(this.#capacity, this.#tokens + ((now - this.#at) / 1000) * this.#perSecond);
    this.#at = now;
  }
}
