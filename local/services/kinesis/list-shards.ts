import { z } from "zod";
import { AwsError } from "../../kernel/errors.ts";
import type { ListShardsInput, ShardFilter } from "../../wire/models/kinesis.ts";
import type { Shard } from "./shard.ts";
import type { KinesisStream } from "./stream.ts";

const SHARDS_PER_LIST = 1_000;

const pageToken = z.strictObject({
  streamArn: z.string(),
  after: z.string(),
  filter: z
    .strictObject({
      Type: z.enum([
        "AFTER_SHARD_ID",
        "AT_LATEST",
        "AT_TIMESTAMP",
        "AT_TRIM_HORIZON",
        "FROM_TIMESTAMP",
        "FROM_TRIM_HORIZON",
      ]),
      ShardId: z.string().optional(),
      Timestamp: z.number().optional(),
    })
    .optional(),
});

/**
 * The content of a NextToken of ListShards: the stream, the last shard of the page, and the filter of the first page.
 */
export type PageToken = z.infer<typeof pageToken>;

/** The answer of ListShards. @param now cloud time, milliseconds since the epoch. */
export function listShards(stream: KinesisStream, params: ListShardsInput, now: number) {
  const token = params.NextToken === undefined ? undefined : decodePageToken(params.NextToken);
  const filter = token ? token.filter : params.ShardFilter;
  const found = shardsAfter(stream.shards, token?.after ?? params.ExclusiveStartShardId).filter(
    filter ? filterOf(filter, stream, now) : () => true,
  );
  const page = found.slice(0, params.MaxResults ?? SHARDS_PER_LIST);
  const last = page.at(-1);
  return {
    Shards: page.map(describeShard),
    ...(last && page.length < found.length
      ? { NextToken: encodePageToken({ streamArn: stream.arn, after: last.shardId, filter }) }
      : {}),
  };
}

/** Reads a NextToken. @throws AwsError InvalidArgumentException. */
export function decodePageToken(text: string): PageToken {
  try {
    return pageToken.parse(JSON.parse(Buffer.from(text, "base64").toString("utf8")));
  } catch {
    throw new AwsError("InvalidArgumentException", "Invalid NextToken.");
  }
}

/** A shard as DescribeStream and ListShards return it. */
export function describeShard(shard: Shard) {
  const [parent, adjacentParent] = shard.parentIds;
  return {
    ShardId: shard.shardId,
    ...(parent === undefined ? {} : { ParentShardId: parent }),
    ...(adjacentParent === undefined ? {} : { AdjacentParentShardId: adjacentParent }),
    HashKeyRange: describeRange(shard),
    SequenceNumberRange: {
      StartingSequenceNumber: shard.startingSequenceNumber,
      ...(shard.end ? { EndingSequenceNumber: shard.end.sequenceNumber } : {}),
    },
  };
}

/** The children of a closed shard as GetRecords returns them at its end. */
export function describeChildren(shard: Shard) {
  return shard.end?.children.map((child) => ({
    ShardId: child.shardId,
    ParentShards: child.parentIds,
    HashKeyRange: describeRange(child),
  }));
}

/** The shards with ids after this one; all when it is undefined. */
export function shardsAfter(shards: readonly Shard[], shardId: string | undefined): readonly Shard[] {
  return shardId === undefined ? shards : shards.filter((shard) => shard.shardId > shardId);
}

function describeRange({ range }: Shard) {
  return { StartingHashKey: String(range.start), EndingHashKey: String(range.end) };
}

function encodePageToken(token: PageToken): string {
  return Buffer.from(JSON.stringify(token)).toString("base64");
}

/** Source: API reference, ShardFilter. */
function filterOf(filter: ShardFilter, stream: KinesisStream, now: number): (shard: Shard) => boolean {
  const horizon = Math.max(stream.horizon(now), stream.createdAt);
  const isFrom = (time: number) => (shard: Shard) => shard.end === undefined || shard.end.at >= time;
  const isAt = (time: number) => (shard: Shard) => shard.createdAt <= time && isFrom(time)(shard);
  switch (filter.Type) {
    case "AFTER_SHARD_ID": {
      const shardId = required(filter.ShardId, "ShardId", filter.Type);
      return (shard) => shard.shardId > shardId;
    }
    case "AT_LATEST":
      return (shard) => shard.end === undefined;
    case "AT_TRIM_HORIZON":
      return isAt(horizon);
    case "FROM_TRIM_HORIZON":
      return () => true;
    case "AT_TIMESTAMP":
      return isAt(required(filter.Timestamp, "Timestamp", filter.Type) * 1000);
    case "FROM_TIMESTAMP":
      return isFrom(Math.max(required(filter.Timestamp, "Timestamp", filter.Type) * 1000, horizon));
  }
}

function required<T>(value: T | undefined, name: string, type: string): T {
  if (value !== undefined) return value;
  throw new AwsError("InvalidArgumentException", `${name} must be given in a ShardFilter of type ${type}.`);
}
