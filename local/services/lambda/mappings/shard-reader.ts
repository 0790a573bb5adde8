import { type Clock, type Timer, TimerKind } from "../../../kernel/clock.ts";
import { AwsError } from "../../../kernel/errors.ts";
import type { StreamEntry } from "./batch.ts";
import { nextAsk } from "./read-errors.ts";
import type { Position, ReadResult } from "./stream-source.ts";

/** A reader's ports to its mapping. */
export interface ReaderPorts {
  readonly clock: Clock;
  getIterator(position: Position): Promise<string>;
  getRecords(iterator: string): Promise<ReadResult>;
  /** Whether the lanes have room. */
  hasRoom(): boolean;
  onEntries(entries: readonly StreamEntry[]): void;
  /** Whether the shard is gone from the stream; false while the stream does not answer. */
  isGone(): Promise<boolean>;
  /** A read was refused; the reader retries later. */
  onProblem(message: string): void;
  /** The shard is closed and fully read, or gone. */
  onEnd(): void;
}

/** Intervals of reads: a second when the shard was read to its tip, a fifth of one when it was not. */
const POLL_INTERVAL_MS = 1_000;
const CATCH_UP_INTERVAL_MS = 200;

/** Iterators expire after five minutes (Kinesis) or fifteen (table streams). */
const ITERATOR_USE_MS = 4 * 60_000;

/**
 * Reads one shard from a position on: only after a wake-up, within the rate limit, and only while the lanes have room.
 */
export class ShardReader {
  readonly #ports: ReaderPorts;
  #position: Position;
  #iterator: { readonly value: string; readonly takenAt: number } | undefined;
  #isWanted = true;
  #isEnded = false;
  #isStopped = false;
  #current: Promise<void> | undefined;
  #timer: Timer | undefined;
  #nextPollAt = Number.NEGATIVE_INFINITY;
  #problems = 0;

  constructor(ports: ReaderPorts, position: Position) {
    this.#ports = ports;
    this.#position = position;
  }

  /** The position of the next read. */
  get position(): Position {
    return this.#position;
  }

  /** Whether the shard is closed and fully read, or gone. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Whether every record that the shard is known to hold was read. */
  get isCaughtUp(): boolean {
    return this.#isEnded || (!this.#isWanted && !this.#current);
  }

  /** Takes the first iterator, which fixes the position of LATEST even if the iterator expires unused. */
  async open(): Promise<void> {
    const takenAt = this.#ports.clock.now();
    this.#iterator = { value: await this.#ports.getIterator(this.#position), takenAt };
    if (this.#position.type === "LATEST") this.#position = { type: "SINCE", time: takenAt };
  }

  /** The stream has new records. */
  wake(): void {
    this.#isWanted = true;
    this.pump();
  }

  /** Reads if there is something to read and the lanes have room. */
  pump(): void {
    if (this.#isStopped || this.#isEnded || this.#current || this.#timer || !this.#isWanted || !this.#ports.hasRoom())
      return;
    const delay = this.#nextPollAt - this.#ports.clock.now();
    if (delay > 0) {
      this.#wait(delay, TimerKind.Data);
      return;
    }
    const release = this.#ports.clock.hold();
    this.#current = this.#poll().finally(() => {
      this.#current = undefined;
      this.pump();
      release();
    });
  }

  /** Resolves when the read in flight has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#timer?.cancel();
    await this.#current;
  }

  async #poll(): Promise<void> {
    this.#isWanted = false;
    try {
      const now = this.#ports.clock.now();
      if (this.#iterator && now - this.#iterator.takenAt > ITERATOR_USE_MS) this.#iterator = undefined;
      this.#iterator ??= { value: await this.#ports.getIterator(this.#position), takenAt: now };
      const { entries: read, nextIterator, isBehind } = await this.#ports.getRecords(this.#iterator.value);
      const entries = this.#since(read);
      this.#problems = 0;
      const last = read.at(-1);
      if (last) this.#position = { type: "AFTER_SEQUENCE_NUMBER", sequenceNumber: last.sequenceNumber };
      if (nextIterator === undefined) this.#isEnded = true;
      else this.#iterator = { value: nextIterator, takenAt: now };
      if (isBehind) this.#isWanted = true;
      this.#nextPollAt = now + (isBehind ? CATCH_UP_INTERVAL_MS : POLL_INTERVAL_MS);
      if (entries.length > 0) this.#ports.onEntries(entries);
      if (this.#isEnded) this.#ports.onEnd();
    } catch (error) {
      await this.#failed(error);
    }
  }

  /** Timestamps of table streams are whole seconds. */
  #since(entries: readonly StreamEntry[]): readonly StreamEntry[] {
    if (this.#position.type !== "SINCE") return entries;
    const second = Math.floor(this.#position.time / 1000) * 1000;
    return entries.filter((entry) => entry.arrivedAt >= second);
  }

  async #failed(error: unknown): Promise<void> {
    if (!(error instanceof AwsError)) throw error;
    this.#isWanted = true;
    this.#iterator = undefined;
    if (error.code === "ExpiredIteratorException") return;
    if (error.code === "TrimmedDataAccessException") {
      this.#position = { type: "TRIM_HORIZON" };
      return;
    }
    if (error.code === "ResourceNotFoundException" && (await this.#ports.isGone())) {
      this.#isEnded = true;
      this.#ports.onEnd();
      return;
    }
    this.#ports.onProblem(error.message);
    const { ms, kind } = nextAsk(error, ++this.#problems);
    this.#wait(ms, kind);
  }

  #wait(ms: number, kind: TimerKind): void {
    this.#timer = this.#ports.clock.setTimer(ms, kind, () => {
      this.#timer = undefined;
      this.pump();
    });
  }
}
