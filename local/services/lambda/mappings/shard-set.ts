import { AwsError } from "../../../kernel/errors.ts";
import type { StreamEntry } from "./batch.ts";
import type { Checkpoint, ShardConsumer } from "./shard-consumer.ts";
import type { ListedShard, Position } from "./stream-source.ts";

/** The shards' ports to their mapping. */
export interface ShardSetPorts {
  /** All shards in the stream. Throws AwsError. */
  listShards(): Promise<readonly ListedShard[]>;
  makeConsumer(shardId: string, checkpoint: Checkpoint, onFinished: () => void): ShardConsumer;
  startingPosition(): Position;
  /** Records that were read but not delivered before their shard was gone. */
  lost(shardId: string, entries: readonly StreamEntry[]): void;
  /** A shard is done, and its child shards may be unknown: the mapping must call `refresh`. */
  onShardsWanted(): void;
}

interface OpenShard {
  readonly consumer: ShardConsumer;
  readonly parentIds: readonly string[];
  hasBegun: boolean;
}

/**
 * The shards of a stream, in a mapping's order: those present at its start are read from the starting position, later
 * ones from their first record, and each only after all records of its parents are delivered or discarded, so that a
 * partition key keeps its order.
 */
export class ShardSet {
  readonly #ports: ShardSetPorts;
  #open = new Map<string, OpenShard>();
  #checkpoints = new Map<string, Checkpoint>();
  #done = new Set<string>();
  /** Whether the mapping has iterators in the stream. */
  #hasPlace = false;

  constructor(ports: ShardSetPorts) {
    this.#ports = ports;
  }

  get isEmpty(): boolean {
    return this.#open.size === 0;
  }

  /** Whether all records in the known shards are delivered or discarded. */
  get isCaughtUp(): boolean {
    return [...this.#open.values()].every(({ consumer }) => consumer.isCaughtUp);
  }

  /** Records that are read but not yet delivered or discarded. */
  get pendingRecords(): number {
    const kept = [...this.#checkpoints.values()].reduce((sum, checkpoint) => sum + checkpoint.entries.length, 0);
    return [...this.#open.values()].reduce((sum, { consumer }) => sum + consumer.size, kept);
  }

  /**
   * Takes an iterator in every new shard, and starts those whose parents are done. Throws AwsError, and then has
   * changed nothing.
   */
  async refresh(): Promise<void> {
    const listed = await this.#ports.listShards();
    const isFirst = !this.#hasPlace;
    const found = new Map<string, OpenShard>();
    for (const { shardId, parentIds } of listed) {
      if (this.#open.has(shardId) || this.#done.has(shardId)) continue;
      const known = this.#checkpoints.get(shardId);
      const start: Position = isFirst ? this.#ports.startingPosition() : { type: "TRIM_HORIZON" };
      const checkpoint = known ?? { position: start, entries: [] };
      const consumer = this.#ports.makeConsumer(shardId, checkpoint, () => this.#finished(shardId, consumer));
      if (isFirst || known) await consumer.open();
      found.set(shardId, { consumer, parentIds, hasBegun: false });
    }
    this.#hasPlace = true;
    for (const [shardId, shard] of found) {
      this.#checkpoints.delete(shardId);
      this.#open.set(shardId, shard);
    }
    this.#forget(new Set(listed.map(({ shardId }) => shardId)));
    this.#beginReady();
  }

  /** The stream has new records. */
  wake(): void {
    for (const { consumer, hasBegun } of this.#open.values()) if (hasBegun) consumer.wake();
  }

  /** Whether a shard is gone from the stream; false while the stream does not answer. */
  async isGone(shardId: string): Promise<boolean> {
    try {
      return (await this.#ports.listShards()).every((shard) => shard.shardId !== shardId);
    } catch (error) {
      if (error instanceof AwsError) return false;
      throw error;
    }
  }

  /** Stops all shards and keeps their checkpoints. Resolves when the invocations in flight have ended. */
  async stop(): Promise<void> {
    await Promise.all(
      [...this.#open].map(async ([shardId, { consumer }]) => {
        const checkpoint = await consumer.stop();
        if (!this.#done.has(shardId)) this.#checkpoints.set(shardId, checkpoint);
      }),
    );
    this.#open = new Map();
  }

  /** Drops all checkpoints at once. Resolves when the invocations in flight have ended. */
  async reset(): Promise<void> {
    const abandoned = [...this.#open.values()];
    this.#open = new Map();
    this.#checkpoints = new Map();
    this.#done = new Set();
    this.#hasPlace = false;
    await Promise.all(abandoned.map(({ consumer }) => consumer.stop()));
  }

  #finished(shardId: string, consumer: ShardConsumer): void {
    if (this.#open.get(shardId)?.consumer !== consumer) return;
    this.#open.delete(shardId);
    this.#done.add(shardId);
    const hasKnownChildren = [...this.#open.values()].some(({ parentIds }) => parentIds.includes(shardId));
    if (hasKnownChildren) this.#beginReady();
    else this.#ports.onShardsWanted();
  }

  /**
   * Starts the shards whose parents are done; a parent that is not open is done, or was gone before this mapping saw
   * it.
   */
  #beginReady(): void {
    for (const shard of this.#open.values()) {
      if (shard.hasBegun || shard.parentIds.some((parent) => this.#open.has(parent))) continue;
      shard.hasBegun = true;
      shard.consumer.begin();
    }
  }

  /** Drops the state of shards that are gone from the stream. */
  #forget(listed: ReadonlySet<string>): void {
    for (const shardId of this.#done) if (!listed.has(shardId)) this.#done.delete(shardId);
    for (const [shardId, { entries }] of this.#checkpoints) {
      if (listed.has(shardId)) continue;
      this.#checkpoints.delete(shardId);
      if (entries.length > 0) this.#ports.lost(shardId, entries);
    }
  }
}
