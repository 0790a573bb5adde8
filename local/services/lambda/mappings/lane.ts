import { type Clock, type Timer, TimerKind } from "../../../kernel/clock.ts";
import { type Batch, backoffMs, batchLength, type DeliveryOutcome, nextStep, type StreamEntry } from "./batch.ts";
import { FOREVER, type MappingSettings } from "./settings.ts";

/** Why a batch is discarded, in AWS's words. */
export const GiveUpCondition = { Retries: "RetryAttemptsExhausted", Age: "RecordAgeExceeded" } as const;
export type GiveUpCondition = (typeof GiveUpCondition)[keyof typeof GiveUpCondition];

/** A lane's ports to its mapping. */
export interface LanePorts {
  readonly clock: Clock;
  settings(): MappingSettings;
  /** Invokes the function. Resolves with the batch, updated by the invocation, and its outcome. */
  deliver(batch: Batch): Promise<{ batch: Batch; outcome: DeliveryOutcome }>;
  /** Sends discarded records to the on-failure destination, if there is one. */
  giveUp(batch: Batch, condition: GiveUpCondition): Promise<void>;
  /** The stream's retention in milliseconds; asked only for records that are over a day old. */
  retentionMs(): Promise<number>;
  /** Records past the stream's retention: no delivery, no destination. */
  lost(entries: readonly StreamEntry[]): void;
  /** The lane has gained room for records. */
  onProgress(): void;
}

/** The shortest retention of any stream. */
const SHORTEST_RETENTION_MS = 24 * 60 * 60_000;

/**
 * Delivers its part of a shard's records in order: one batch at a time, each after the one before it is done or
 * discarded. While it waits (batch window, backoff), a data timer is set on the clock; while it delivers, the clock is
 * held.
 */
export class Lane {
  readonly #ports: LanePorts;
  /** Records that are not yet in a batch. */
  #queue: StreamEntry[] = [];
  /** Open batches, in order. */
  #batches: Batch[] = [];
  #timer: Timer | undefined;
  #current: Promise<void> | undefined;
  #isStopped = false;
  #lastEndAt = Number.NEGATIVE_INFINITY;

  constructor(ports: LanePorts) {
    this.#ports = ports;
  }

  /** Records that are not done. */
  get size(): number {
    return this.#batches.reduce((sum, batch) => sum + batch.entries.length, this.#queue.length);
  }

  /** Bytes of the records that are not done. */
  get bytes(): number {
    const sum = (total: number, entry: StreamEntry) => total + entry.bytes;
    return this.#batches.reduce((total, batch) => batch.entries.reduce(sum, total), this.#queue.reduce(sum, 0));
  }

  /** Whether no record is open and no delivery is in flight. */
  get isIdle(): boolean {
    return this.size === 0 && !this.#current;
  }

  /** Appends records to the queue. */
  push(entries: readonly StreamEntry[]): void {
    for (const entry of entries) this.#queue.push(entry);
    if (this.#batches.length === 0) this.#cancelTimer();
    this.#pump();
  }

  /** Resolves when the delivery in flight has ended, with the open records in order. */
  async stop(): Promise<readonly StreamEntry[]> {
    this.#isStopped = true;
    this.#cancelTimer();
    await this.#current;
    return [...this.#batches.flatMap((batch) => batch.entries), ...this.#queue];
  }

  #pump(): void {
    if (this.#isStopped || this.#current || this.#timer) return;
    if (this.#batches.length === 0 && !this.#cut()) return;
    const release = this.#ports.clock.hold();
    this.#current = this.#work().finally(() => {
      this.#current = undefined;
      this.#lastEndAt = this.#ports.clock.now();
      this.#pump();
      this.#ports.onProgress();
      release();
    });
  }

  /** Cuts a batch from the queue when it is full or its window has ended; otherwise waits for the window. */
  #cut(): boolean {
    if (this.#queue.length === 0) return false;
    const { batchSize, batchWindowSeconds } = this.#ports.settings();
    const length = batchLength(this.#queue, batchSize);
    const isFull = length === batchSize || length < this.#queue.length;
    const windowEndsAt = Math.max(this.#queue[0]!.readAt, this.#lastEndAt) + batchWindowSeconds * 1000;
    const remaining = windowEndsAt - this.#ports.clock.now();
    if (!isFull && batchWindowSeconds > 0 && remaining > 0) {
      this.#wait(remaining);
      return false;
    }
    this.#batches = [{ entries: this.#queue.splice(0, length), failures: 0, undelivered: 0, invokeCount: 0 }];
    return true;
  }

  async #work(): Promise<void> {
    const first = this.#batches[0]!;
    const batch = await this.#withoutOld(first);
    if (batch.entries.length === 0) {
      this.#batches.shift();
      return;
    }
    this.#batches[0] = batch;
    const { batch: delivered, outcome } = await this.#ports.deliver(batch);
    await this.#checkpoint(delivered, outcome);
  }

  /** Applies a delivery's outcome. A lane that stops before this leaves the batch open, to be delivered again. */
  async #checkpoint(delivered: Batch, outcome: DeliveryOutcome): Promise<void> {
    const step = nextStep(delivered, outcome, this.#ports.settings());
    if (step.kind === "give-up") await this.#ports.giveUp(step.batch, GiveUpCondition.Retries);
    const next = step.kind === "go-on" ? step.batches : [];
    this.#batches.splice(0, 1, ...next);
    if (step.kind === "go-on" && step.isWaiting) {
      const { failures, undelivered } = next[0]!;
      this.#wait(backoffMs(failures + undelivered));
    }
  }

  /** Discards records over the maximum record age, and drops those past the stream's retention. */
  async #withoutOld(batch: Batch): Promise<Batch> {
    const now = this.#ports.clock.now();
    const isOlder = (ms: number) => (entry: StreamEntry) => now - entry.arrivedAt > ms;
    let { entries } = batch;
    if (entries.some(isOlder(SHORTEST_RETENTION_MS))) {
      const isTrimmed = isOlder(await this.#ports.retentionMs());
      const trimmed = entries.filter(isTrimmed);
      if (trimmed.length > 0) this.#ports.lost(trimmed);
      entries = entries.filter((entry) => !isTrimmed(entry));
    }
    const { maximumRecordAgeSeconds } = this.#ports.settings();
    if (maximumRecordAgeSeconds !== FOREVER) {
      const isTooOld = isOlder(maximumRecordAgeSeconds * 1000);
      const old = entries.filter(isTooOld);
      if (old.length > 0) await this.#ports.giveUp({ ...batch, entries: old }, GiveUpCondition.Age);
      entries = entries.filter((entry) => !isTooOld(entry));
    }
    return entries.length === batch.entries.length ? batch : { ...batch, entries };
  }

  #wait(ms: number): void {
    this.#timer = this.#ports.clock.setTimer(ms, TimerKind.Data, () => {
      this.#timer = undefined;
      this.#pump();
    });
  }

  #cancelTimer(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
