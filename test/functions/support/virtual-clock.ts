import type { Clock } from "../../../functions/shared/clock.ts";

interface Sleeper {
  readonly wakeAt: number;
  readonly wake: () => void;
}

/** A clock for use cases: when nothing else can run, the earliest sleeper's time comes. No real time passes. */
export class VirtualClock implements Clock {
  #now: number;
  #isPumping = false;
  readonly #sleepers = new Set<Sleeper>();
  /** Every wait that was asked for and not cancelled, in its order. */
  readonly slept: number[] = [];

  constructor(startAt = Date.UTC(2026, 10, 21, 12)) {
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  /** Moves time without waking anyone. */
  set(now: number): void {
    this.#now = now;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const sleeper: Sleeper = {
        wakeAt: this.#now + milliseconds,
        wake: () => {
          this.slept.push(milliseconds);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers.delete(sleeper);
        resolve();
      });
      this.#pump();
    });
  }

  #pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    setImmediate(() => {
      this.#isPumping = false;
      const next = [...this.#sleepers].sort((a, b) => a.wakeAt - b.wakeAt)[0];
      if (next === undefined) return;
      this.#sleepers.delete(next);
      this.#now = Math.max(this.#now, next.wakeAt);
      next.wake();
      if (this.#sleepers.size > 0) this.#pump();
    });
  }
}
