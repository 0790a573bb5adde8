import type { Clock, Timer } from "../../kernel/clock.ts";
import { TimerKind } from "../../kernel/clock.ts";

const BUCKET_MS = 60_000;

/** Things that expire, in buckets of one minute, with one timer for all. */
export class Expiries<T> {
  readonly #clock: Clock;
  readonly #expire: (thing: T) => void;
  readonly #buckets = new Map<number, Set<T>>();
  #timer: Timer | undefined;
  #armedFor = Number.POSITIVE_INFINITY;

  /** @param expire called for each thing within a minute after its expiry. */
  constructor(clock: Clock, expire: (thing: T) => void) {
    this.#clock = clock;
    this.#expire = expire;
  }

  /** @param at milliseconds since the epoch. */
  add(thing: T, at: number): void {
    const bucket = bucketOf(at);
    const things = this.#buckets.get(bucket) ?? new Set();
    this.#buckets.set(bucket, things);
    things.add(thing);
    if (bucket < this.#armedFor) this.#arm(bucket);
  }

  remove(thing: T, at: number): void {
    const bucket = bucketOf(at);
    const things = this.#buckets.get(bucket);
    things?.delete(thing);
    if (things?.size === 0) this.#buckets.delete(bucket);
  }

  clear(): void {
    this.#buckets.clear();
    this.#timer?.cancel();
    this.#armedFor = Number.POSITIVE_INFINITY;
  }

  #arm(bucket: number): void {
    this.#timer?.cancel();
    this.#armedFor = bucket;
    this.#timer = this.#clock.setTimer(bucket * BUCKET_MS - this.#clock.now(), TimerKind.Other, () => this.#fire());
  }

  #fire(): void {
    const now = this.#clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const [bucket, things] of [...this.#buckets]) {
      if (bucket * BUCKET_MS > now) {
        next = Math.min(next, bucket);
        continue;
      }
      this.#buckets.delete(bucket);
      for (const thing of things) this.#expire(thing);
    }
    this.#armedFor = Number.POSITIVE_INFINITY;
    if (next !== Number.POSITIVE_INFINITY) this.#arm(next);
  }
}

/** Number of the minute that begins at or after `at`. */
function bucketOf(at: number): number {
  return Math.ceil(at / BUCKET_MS);
}
