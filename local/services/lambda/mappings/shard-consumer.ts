import { createHash } from "node:crypto";
import type { Clock } from "../../../kernel/clock.ts";
import type { StreamEntry } from "./batch.ts";
import { Lane, type LanePorts } from "./lane.ts";
import { ShardReader } from "./shard-reader.ts";
import type { Position, ReadResult } from "./stream-source.ts";

/** Where a consumer of a shard stopped: what it has read and not done, and where reading goes on. */
export interface Checkpoint {
  readonly position: Position;
  readonly entries: readonly StreamEntry[];
}

/** What a shard's consumer needs of its mapping. */
export interface ConsumerPorts {
  readonly clock: Clock;
  readonly lane: Omit<LanePorts, "clock" | "onProgress">;
  getIterator(position: Position): Promise<string>;
  getRecords(iterator: string): Promise<ReadResult>;
  /** Whether a record goes to the function. One that does not is done as soon as it is read. */
  isWanted(entry: StreamEntry): boolean;
  /** Whether the stream has let the shard go. */
  isGone(): Promise<boolean>;
  onProblem(message: string): void;
  /** The shard has ended, and all its records are done. */
  onFinished(): void;
}

/** How much a mapping reads ahead of its function, per shard. */
const MAX_BUFFERED_RECORDS = 20_000;
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;

/** One shard: a reader, and as many lanes as the parallelization factor says; a key's records stay in one lane. */
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

  /** Whether all that the shard is known to hold is done. */
  get isCaughtUp(): boolean {
    return this.#reader.isCaughtUp && this.#lanes.every((lane) => lane.isIdle);
  }

  /** Takes its place in the shard; nothing is read or delivered yet. */
  open(): Promise<void> {
    return this.#reader.open();
  }

  /** Begins to deliver what an earlier consumer had left, and to read. */
  begin(): void {
    this.#distribute(this.#kept);
    this.#kept = [];
    this.#reader.wake();
  }

  /** The stream has something new. */
  wake(): void {
    this.#reader.wake();
  }

  /** Ends when what is in flight has ended. */
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

/** The lane of an ordering key: the same for as long as the number of lanes is. */
export function laneOf(orderKey: string, lanes: number): number {
  return createHash("md5").update(orderKey).digest().readUInt32BE(0) % lanes;
}

/** Sequence numbers are decimal numbers of any length. */
function inStreamOrder(entries: readonly StreamEntry[]): readonly StreamEntry[] {
  const byNumber = (left: string, right: string) =>
    left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
  return [...entries].sort((left, right) => byNumber(left.sequenceNumber, right.sequenceNumber));
}
