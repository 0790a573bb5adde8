/** A small generator of pseudo-random numbers (mulberry32): the same seed gives the same numbers, on every machine. */
export class Random {
  #state: number;

  /** @param seed any whole number; only its lower 32 bits count. */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 up to, but not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  integer(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** True in `share` of the cases, 0 to 1. */
  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(values: readonly [T, ...T[]]): T {
    return values[this.integer(0, values.length - 1)] as T;
  }

  /** `length` decimal digits, the first of which is not 0. */
  digits(length: number): string {
    return Array.from({ length }, (_, index) => this.integer(index === 0 ? 1 : 0, 9)).join("");
  }
}
