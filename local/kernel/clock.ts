/**
 * The purpose of a timer. Cloud time jumps to `data` timers only (buffers, batch windows, backoffs, pacing), never to
 * an `other` one (expiry, retention, poll).
 */
export const TimerKind = { Data: "data", Other: "other" } as const;
export type TimerKind = (typeof TimerKind)[keyof typeof TimerKind];

/** A day, in milliseconds of cloud time. */
export const DAY_MS = 86_400_000;

/** A pending timer; `cancel` is idempotent. */
export interface Timer {
  cancel(): void;
}

/** Keeps the clock held until it is called; a second call has no effect. */
export interface Hold {
  (): void;
  /** Releases the clock while `work` waits on purpose, such as in a long poll, and holds it again afterwards. */
  pausedFor<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * How cloud time runs: `jump` follows real time and skips data waits when nothing is in flight; `real` never jumps;
 * `manual` stands still until `advance`.
 */
export const ClockMode = { Jump: "jump", Real: "real", Manual: "manual" } as const;
export type ClockMode = (typeof ClockMode)[keyof typeof ClockMode];

interface PendingTimer extends Timer {
  readonly dueAt: number;
  readonly kind: TimerKind;
  readonly sequence: number;
  readonly fire: () => void;
}

/** Real milliseconds of quiet before cloud time jumps or the cloud counts as idle. */
const QUIET_MS = 5;

/**
 * The one clock of the local cloud, in milliseconds since the epoch.
 *
 * `hold()` marks a call or an invocation as in flight: cloud time does not jump until it is released. A callback that
 * throws is a bug of the cloud: it surfaces as an uncaught exception, never silently.
 */
export class Clock {
  readonly mode: ClockMode;
  readonly #timers = new Set<PendingTimer>();
  readonly #idleWaiters = new Set<() => void>();
  #offset: number;
  #manualNow: number;
  #held = 0;
  #sequence = 0;
  #realTimer: NodeJS.Timeout | undefined;
  #quietTimer: NodeJS.Timeout | undefined;
  #closed = false;
  #jumpedMs = 0;

  /** @param options.mode default `jump`; @param options.startAt cloud time at the start, default now. */
  constructor(options: { mode?: ClockMode; startAt?: number } = {}) {
    this.mode = options.mode ?? ClockMode.Jump;
    const startAt = options.startAt ?? Date.now();
    this.#offset = startAt - Date.now();
    this.#manualNow = startAt;
  }

  /** Cloud time, milliseconds since the epoch. */
  now(): number {
    return this.mode === ClockMode.Manual ? this.#manualNow : Date.now() + this.#offset;
  }

  /** Milliseconds by which cloud time is ahead of this machine's `Date.now()`. Workers add it to their own `Date`. */
  offsetMs(): number {
    return this.now() - Date.now();
  }

  /** Milliseconds skipped by jumps so far. */
  jumpedMs(): number {
    return this.#jumpedMs;
  }

  /** Whether a call or an invocation is in flight. */
  isHeld(): boolean {
    return this.#held > 0;
  }

  /** Calls `fire` once, `delayMs` of cloud time from now; rounded up, so that cloud time stays a whole number. */
  setTimer(delayMs: number, kind: TimerKind, fire: () => void): Timer {
    const timer: PendingTimer = {
      dueAt: this.now() + Math.ceil(Math.max(0, delayMs)),
      kind,
      sequence: this.#sequence++,
      fire,
      cancel: () => {
        if (this.#timers.delete(timer)) this.#arm();
      },
    };
    if (this.#closed) return timer;
    this.#timers.add(timer);
    this.#arm();
    return timer;
  }

  /** Resolves after `delayMs` of cloud time. Never resolves once the clock is closed. */
  wait(delayMs: number, kind: TimerKind): Promise<void> {
    return new Promise((resolve) => {
      this.setTimer(delayMs, kind, resolve);
    });
  }

  /** Holds the clock until the returned function is called. */
  hold(): Hold {
    let isReleased = false;
    let pauses = 0;
    const add = () => {
      this.#held++;
    };
    const take = () => {
      this.#held--;
      if (this.#held === 0) this.#arm();
    };
    add();
    const release = () => {
      if (isReleased) return;
      isReleased = true;
      if (pauses === 0) take();
    };
    const pausedFor = async <T>(work: () => Promise<T>): Promise<T> => {
      if (pauses++ === 0 && !isReleased) take();
      try {
        return await work();
      } finally {
        if (--pauses === 0 && !isReleased) add();
      }
    };
    return Object.assign(release, { pausedFor });
  }

  /** Runs `work` with the clock held. */
  async holding<T>(work: () => Promise<T> | T): Promise<T> {
    const release = this.hold();
    try {
      return await work();
    } finally {
      release();
    }
  }

  /** Resolves once nothing has been in flight and no `data` timer pending for a moment. */
  whenIdle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idleWaiters.add(resolve);
      this.#arm();
    });
  }

  /**
   * Manual mode: moves cloud time forward by `ms`, firing every timer on the way at its due time, in order, and
   * awaiting held work between them. Throws in the other modes.
   */
  async advance(ms: number): Promise<void> {
    if (this.mode !== ClockMode.Manual)
      throw new Error(`advance() needs a clock in manual mode, this one is in ${this.mode} mode`);
    const target = this.#manualNow + ms;
    await this.#settle();
    for (;;) {
      const next = this.#earliest();
      if (!next || next.dueAt > target) break;
      this.#manualNow = Math.max(this.#manualNow, next.dueAt);
      this.#timers.delete(next);
      next.fire();
      await this.#settle();
    }
    this.#manualNow = target;
    await this.#settle();
  }

  /** Drops all timers; nothing fires afterwards. */
  close(): void {
    this.#closed = true;
    this.#timers.clear();
    clearTimeout(this.#realTimer);
    clearTimeout(this.#quietTimer);
  }

  async #settle(): Promise<void> {
    let quiet = 0;
    while (quiet < 5) {
      await new Promise((resolve) => setImmediate(resolve));
      quiet = this.#held > 0 ? 0 : quiet + 1;
    }
  }

  #earliest(kind?: TimerKind): PendingTimer | undefined {
    let earliest: PendingTimer | undefined;
    for (const timer of this.#timers) {
      if (kind && timer.kind !== kind) continue;
      if (
        !earliest ||
        timer.dueAt < earliest.dueAt ||
        (timer.dueAt === earliest.dueAt && timer.sequence < earliest.sequence)
      ) {
        earliest = timer;
      }
    }
    return earliest;
  }

  #fireDue(): void {
    for (;;) {
      const next = this.#earliest();
      if (!next || next.dueAt > this.now()) return;
      this.#timers.delete(next);
      next.fire();
    }
  }

  #arm(): void {
    if (this.#closed) return;
    if (this.mode !== ClockMode.Manual) {
      clearTimeout(this.#realTimer);
      const next = this.#earliest();
      if (next) {
        const delay = Math.min(Math.max(0, next.dueAt - this.now()), 2 ** 31 - 1);
        this.#realTimer = setTimeout(() => {
          this.#fireDue();
          this.#arm();
        }, delay);
        if (next.kind === TimerKind.Other) this.#realTimer.unref();
      }
    }
    const canJump = this.mode === ClockMode.Jump && this.#earliest(TimerKind.Data) !== undefined;
    const isWatched = this.#idleWaiters.size > 0;
    if (this.#held > 0 || !(canJump || isWatched)) {
      clearTimeout(this.#quietTimer);
      this.#quietTimer = undefined;
      return;
    }
    if (this.#quietTimer) return;
    this.#quietTimer = setTimeout(() => {
      this.#quietTimer = undefined;
      this.#afterQuiet();
    }, QUIET_MS);
  }

  #afterQuiet(): void {
    if (this.#held > 0 || this.#closed) return;
    const data = this.#earliest(TimerKind.Data);
    if (!data) {
      const waiters = [...this.#idleWaiters];
      this.#idleWaiters.clear();
      for (const resolve of waiters) resolve();
      return;
    }
    if (this.mode === ClockMode.Jump) {
      const ahead = data.dueAt - this.now();
      if (ahead > 0) {
        this.#offset += ahead;
        this.#jumpedMs += ahead;
      }
      this.#fireDue();
    }
    this.#arm();
  }
}
