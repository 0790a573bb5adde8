import { hash } from "node:crypto";
import type { Clock } from "../../../kernel/clock.ts";
import type { StreamEntry } from "./batch.ts";
import { Lane, type LanePorts } from "./lane.ts";
import { ShardReader } from "./shard-reader.ts";
import type { Position, ReadResult } from "./stream-source.ts";

/** Where a shard's consumer stopped: its open records, and the position to resume reading. */
export interface Checkpoint {
  readonly position: Position;
  readonly entries: readonly StreamEntry[];
}

/** A shard consumer's ports to its mapping. */
export interface ConsumerPorts {
  readonly clock: Clock;
  readonly lane: Omit<LanePorts, "clock" | "onProgress">;
  getIterator(position: Position): Promise<string>;
  getRecords(iterator: string): Promise<ReadResult>;
  /** Whether the filters pass a record. A record that they drop is done as soon as it is read. */
  isWanted(entry: StreamEntry): boolean;
  /** Whether the shard is gone from the stream. */
  isGone(): Promise<boolean>;
  onProblem(message: string): void;
  /** The shard has ended, and all its records are done. */
  onFinished(): void;
}

/** Limits of a mapping's read-ahead, per shard. */
const MAX_BUFFERED_RECORDS = 20_000;
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;

/** One shard: a reader, and a lane for each unit of the parallelization factor; a key's records stay in one lane. */
export class ShardConsumer {
  readonly #ports: ConsumerPorts;
  readonly #reader: ShardReader;
  readonly #lanes: readonly Lane[];
  #kept: readonly StreamEntry[];

  constructor(ports: ConsumerPorts, checkpoint: Checkpoint) {
    this.#ports = ports;
    const factor = ports.lane.settings().parallelizationFactor;
    const onProgress = (): void => {
      this.#reader.pump();
      this.#checkEnd();
    };
    this.#lanes = Array.from({ length: factor }, () => new Lane({ ...ports.lane, clock: ports.clock, onProgress }));
    this.#reader = new ShardReader(
      {
        clock: ports.clock,
        getIterator: ports.getIterator,
        getRecords: ports.getRecords,
        hasRoom: () => this.#hasRoom(),
        onEntries: (entries) => this.#distribute(entries),
        onProblem: ports.onProblem,
        isGone: ports.isGone,
        onEnd: () => this.#checkEnd(),
      },
      checkpoint.position,
    );
    this.#kept = checkpoint.entries;
  }

  /** Records that are read and not done. */
  get size(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.size, this.#kept.length);
  }

  /** Whether all records that the shard is known to hold are done. */
  get isCaughtUp(): boolean {
    return this.#reader.isCaughtUp && this.#lanes.every((lane) => lane.isIdle);
  }

  /** Takes an iterator in the shard; nothing is read or delivered yet. */
  open(): Promise<void> {
    return this.#reader.open();
  }

  /** Delivers an earlier consumer's open records, and starts reading. */
  begin(): void {
    this.#distribute(this.#kept);
    this.#kept = [];
    this.#reader.wake();
  }

  /** The stream has new records. */
  wake(): void {
    this.#reader.wake();
  }

  /** Resolves when the reads and deliveries in flight have ended. */
  async stop(): Promise<Checkpoint> {
    await this.#reader.stop();
    const entries = (await Promise.all(this.#lanes.map((lane) => lane.stop()))).flat();
    return { position: this.#reader.position, entries: inStreamOrder([...this.#kept, ...entries]) };
  }

  #checkEnd(): void {
    if (this.#reader.isEnded && this.size === 0 && this.#lanes.every((lane) => lane.isIdle)) this.#ports.onFinished();
  }

  #distribute(read: readonly StreamEntry[]): void {
    const entries = read.filter((entry) => this.#ports.isWanted(entry));
    const count = this.#lanes.length;
    const parts: StreamEntry[][] = this.#lanes.map(() => []);
    for (const entry of entries) parts[laneOf(entry.orderKey, count)]!.push(entry);
    parts.forEach((part, index) => {
      if (part.length > 0) this.#lanes[index]!.push(part);
    });
  }

  #hasRoom(): boolean {
    return (
      this.size < MAX_BUFFERED_RECORDS && this.#lanes.reduce((sum, lane) => sum + lane.bytes, 0) < MAX_BUFFERED_BYTES
    );
  }
}

/** The lane of an ordering key: constant for a given number of lanes. */
export function laneOf(orderKey: string, lanes: number): number {
  return lanes === 1 ? 0 : hash("md5", orderKey, "buffer").readUInt32BE(0) % lanes;
}

/** Sequence numbers are decimal numbers of any length. */
function inStreamOrder(entries: readonly StreamEntry[]): readonly StreamEntry[] {
  const byNumber = (left: string, right: string) =>
    left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
  return [...entries].sort((left, right) => byNumber(left.sequenceNumber, right.sequenceNumber));
}
