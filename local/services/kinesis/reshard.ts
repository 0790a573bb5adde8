import { DAY_MS } from "../../kernel/clock.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { Ports } from "../../kernel/ports.ts";
import { MAX_SHARDS, SCALINGS_PER_DAY } from "./limits.ts";
import type { HashKeyRange, Shard } from "./shard.ts";
import { type KinesisStream, StreamMode, uniformRanges } from "./stream.ts";

/** @throws AwsError ValidationException for a stream in on-demand mode, which AWS scales by itself. */
export function assertProvisioned(stream: KinesisStream): void {
  if (stream.settings.mode === StreamMode.Provisioned) return;
  throw new AwsError(
    "ValidationException",
    `Request is invalid. Stream ${stream.name} under account ${stream.accountId} is in On-Demand mode.`,
  );
}

/**
 * Splits an open shard in two; its children take new records at once.
 * @param startingHashKey first hash key of the second child.
 */
export function splitShard(ports: Ports, stream: KinesisStream, shard: Shard, startingHashKey: bigint): void {
  assertOpen(stream, shard);
  const { start, end } = shard.range;
  if (startingHashKey <= start + 1n || startingHashKey >= end) {
    throw new AwsError(
      "InvalidArgumentException",
      `NewStartingHashKey ${startingHashKey} used in SplitShard() on shard ${shard.shardId} in stream ${stream.name} under account ` +
        `${stream.accountId} is not both greater than one plus the shard's StartingHashKey ${start} and less than the shard's EndingHashKey ${end}.`,
    );
  }
  stream.replace([shard], cut(shard.range, startingHashKey), ports.clock.now());
  ports.signals.notify(stream.arn);
}

/** Merges two open shards with adjacent hash keys; their child takes new records at once. */
export function mergeShards(ports: Ports, stream: KinesisStream, one: Shard, other: Shard): void {
  for (const shard of [one, other]) assertOpen(stream, shard);
  const [lower, upper] = one.range.start <= other.range.start ? [one, other] : [other, one];
  if (lower.range.end + 1n !== upper.range.start) {
    throw new AwsError(
      "InvalidArgumentException",
      `Shards ${one.shardId} and ${other.shardId} in stream ${stream.name} under account ${stream.accountId} are not an adjacent pair of shards eligible for merging`,
    );
  }
  merge(stream, [lower, upper], ports.clock.now());
  ports.signals.notify(stream.arn);
}

/**
 * UNIFORM_SCALING to `target` open shards: splits at every boundary of the new ranges, then merges the parts of each.
 * As on AWS, this leaves intermediate shards that are closed at once.
 * @throws AwsError LimitExceededException for more than double or less than half, and for too many times in a day.
 */
export function updateShardCount(ports: Ports, stream: KinesisStream, target: number): void {
  const now = ports.clock.now();
  assertScalable(stream, target, now);
  for (const range of uniformRanges(target)) {
    splitAt(stream, range.start, now);
    splitAt(stream, range.end + 1n, now);
    for (;;) {
      const [first, second] = stream.openShards.filter((shard) => isWithin(shard.range, range));
      if (!first || !second) break;
      merge(stream, [first, second], now);
    }
  }
  stream.scaledAt = [...stream.scaledAt, now];
  ports.signals.notify(stream.arn);
}

/** The range of target counts that UpdateShardCount accepts for a stream with this many open shards. */
export function scalableTo(open: number): { readonly min: number; readonly max: number } {
  return { min: Math.ceil(open / 2), max: Math.min(open * 2, MAX_SHARDS) };
}

function assertScalable(stream: KinesisStream, target: number, now: number): void {
  const open = stream.openShards.length;
  const limit = (message: string) => new AwsError("LimitExceededException", message);
  const counts = `Current open shard count: ${open} Target shard count: ${target}`;
  if (target > MAX_SHARDS)
    throw limit(`UpdateShardCount cannot scale a stream to more than ${MAX_SHARDS} shards. ${counts}`);
  const { min, max } = scalableTo(open);
  if (target > max) {
    throw limit(`UpdateShardCount cannot scale up over double your current open shard count. ${counts}`);
  }
  if (target < min) {
    throw limit(`UpdateShardCount cannot scale down below half your current open shard count. ${counts}`);
  }
  stream.scaledAt = stream.scaledAt.filter((at) => at > now - DAY_MS);
  if (stream.scaledAt.length >= SCALINGS_PER_DAY) {
    throw limit(
      `UpdateShardCount can be called ${SCALINGS_PER_DAY} times in a rolling 24-hour period for stream ${stream.name} under account ${stream.accountId}.`,
    );
  }
}

function assertOpen(stream: KinesisStream, shard: Shard): void {
  if (shard.end === undefined) return;
  throw new AwsError(
    "InvalidArgumentException",
    `Shard ${shard.shardId} in stream ${stream.name} under account ${stream.accountId} has already been merged or split, and thus is not eligible for merging or splitting.`,
  );
}

/** Splits the shard that contains this hash key, unless it begins with it. */
function splitAt(stream: KinesisStream, key: bigint, now: number): void {
  const shard = stream.openShards.find(({ range }) => range.start < key && key <= range.end);
  if (shard) stream.replace([shard], cut(shard.range, key), now);
}

function merge(stream: KinesisStream, [lower, upper]: readonly [Shard, Shard], now: number): void {
  stream.replace([lower, upper], [{ start: lower.range.start, end: upper.range.end }], now);
}

function cut({ start, end }: HashKeyRange, at: bigint): readonly HashKeyRange[] {
  return [
    { start, end: at - 1n },
    { start: at, end },
  ];
}

function isWithin(inner: HashKeyRange, outer: HashKeyRange): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
