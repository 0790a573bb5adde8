import { AwsError } from "../../../kernel/errors.ts";
import type { StreamEntry } from "./batch.ts";
import type { Checkpoint, ShardConsumer } from "./shard-consumer.ts";
import type { ListedShard, Position } from "./stream-source.ts";

/** What the shards of a mapping need of it. */
export interface ShardSetPorts {
  /** All shards that the stream still has. Throws AwsError. */
  listShards(): Promise<readonly ListedShard[]>;
  makeConsumer(shardId: string, checkpoint: Checkpoint, onFinished: () => void): ShardConsumer;
  startingPosition(): Position;
  /** Records that were read, of a shard that the stream has let go since. */
  lost(shardId: string, entries: readonly StreamEntry[]): void;
  /** A shard is done, and whatever came out of it is not known yet: `refresh` is to be called. */
  onShardsWanted(): void;
}

interface OpenShard {
  readonly consumer: ShardConsumer;
  readonly parentIds: readonly string[];
  hasBegun: boolean;
}

/**
 * The shards of a stream, as one mapping goes through them: those that are there when it begins from its starting
 * position on, those that come later from
 * their first record on, and each only after all of its parents' records are delivered or given up, so that a partition
 * key keeps its order.
 */
export class ShardSet {
  readonly #ports: ShardSetPorts;
  #open = new Map<string, OpenShard>();
  #checkpoints = new Map<string, Checkpoint>();
  #done = new Set<string>();
  /** Whether the mapping has taken its place in the stream. */
  #hasPlace = false;

  constructor(ports: ShardSetPorts) {
    this.#ports = ports;
  }

  get isEmpty(): boolean {
    return this.#open.size === 0;
  }

  /** Whether all that the known shards hold is delivered or given up. */
  get isCaughtUp(): boolean {
    return [...this.#open.values()].every(({ consumer }) => consumer.isCaughtUp);
  }

  /** Records that are read and not delivered or given up yet. */
  get pendingRecords(): number {
    const kept = [...this.#checkpoints.values()].reduce((sum, checkpoint) => sum + checkpoint.entries.length, 0);
    return [...this.#open.values()].reduce((sum, { consumer }) => sum + consumer.size, kept);
  }

  /**
   * Takes a place in every shard that has none yet, and begins those whose turn it is. Throws AwsError, and has changed
   * nothing then.
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

  /** The stream has something new. */
  wake(): void {
    for (const { consumer, hasBegun } of this.#open.values()) if (hasBegun) consumer.wake();
  }

  /** Whether the stream has let a shard go; false while it does not say. */
  async isGone(shardId: string): Promise<boolean> {
    try {
      return (await this.#ports.listShards()).every((shard) => shard.shardId !== shardId);
    } catch (error) {
      if (error instanceof AwsError) return false;
      throw error;
    }
  }

  /** Stops all, and remembers where. Resolves when the invocations in flight have ended. */
  async stop(): Promise<void> {
    await Promise.all(
      [...this.#open].map(async ([shardId, { consumer }]) => {
        const checkpoint = await consumer.stop();
        if (!this.#done.has(shardId)) this.#checkpoints.set(shardId, checkpoint);
      }),
    );
    this.#open = new Map();
  }

  /** Forgets all places at once. Resolves when what was in flight has ended. */
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

  /** A parent that is not open is done, or the stream let it go before this mapping came to it. */
  #beginReady(): void {
    for (const shard of this.#open.values()) {
      if (shard.hasBegun || shard.parentIds.some((parent) => this.#open.has(parent))) continue;
      shard.hasBegun = true;
      shard.consumer.begin();
    }
  }

  /** What is known of shards that the stream no longer has. */
  #forget(listed: ReadonlySet<string>): void {
    for (const shardId of this.#done) if (!listed.has(shardId)) this.#done.delete(shardId);
    for (const [shardId, { entries }] of this.#checkpoints) {
      if (listed.has(shardId)) continue;
      this.#checkpoints.delete(shardId);
      if (entries.length > 0) this.#ports.lost(shardId, entries);
    }
  }
}
