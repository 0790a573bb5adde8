import { type Clock, type Timer, TimerKind } from "../../../kernel/clock.ts";
import { AwsError } from "../../../kernel/errors.ts";
import type { StreamEntry } from "./batch.ts";
import { nextAsk } from "./read-errors.ts";
import type { Position, ReadResult } from "./stream-source.ts";

/** What a reader needs of its mapping. */
export interface ReaderPorts {
  readonly clock: Clock;
  getIterator(position: Position): Promise<string>;
  getRecords(iterator: string): Promise<ReadResult>;
  /** Whether the lanes have room. */
  hasRoom(): boolean;
  onEntries(entries: readonly StreamEntry[]): void;
  /** Whether the stream has let the whole shard go; false while that cannot be told. */
  isGone(): Promise<boolean>;
  /** A read was refused; reading goes on after a while. */
  onProblem(message: string): void;
  /** The shard is closed and read to its end, or gone. */
  onEnd(): void;
}

/** A stream is asked at most once a second, and five times while there is more to read. */
const POLL_INTERVAL_MS = 1_000;
const CATCH_UP_INTERVAL_MS = 200;

/** Iterators live five minutes (Kinesis) or fifteen (table streams). */
const ITERATOR_USE_MS = 4 * 60_000;

/**
 * Reads one shard from its position on: when it is woken, no more than it may, and not at all while the lanes are full.
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

  /** Where reading would go on. */
  get position(): Position {
    return this.#position;
  }

  /** Whether there will never be anything more to read. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Whether everything that the stream is known to hold was read. */
  get isCaughtUp(): boolean {
    return this.#isEnded || (!this.#isWanted && !this.#current);
  }

  /** Takes the first iterator, so that a start at LATEST means now, also when that iterator has expired unused. */
  async open(): Promise<void> {
    const takenAt = this.#ports.clock.now();
    this.#iterator = { value: await this.#ports.getIterator(this.#position), takenAt };
    if (this.#position.type === "LATEST") this.#position = { type: "SINCE", time: takenAt };
  }

  /** The stream has something new. */
  wake(): void {
    this.#isWanted = true;
    this.pump();
  }

  /** Reads if there is something to read and room for it. */
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

  /** Ends when the read in flight has ended. */
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
