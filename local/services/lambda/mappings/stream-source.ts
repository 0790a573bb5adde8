import { NotSupportedError } from "../../../kernel/errors.ts";
import type { Place } from "../../../kernel/place.ts";
import type { Ports } from "../../../kernel/ports.ts";
import type { Principal } from "../../../kernel/principal.ts";
import type { StreamEntry } from "./batch.ts";
import { KinesisEntry, KinesisEventFrame, type KinesisRecord } from "./kinesis-entry.ts";
import { TableEntry, type TableRecord } from "./table-entry.ts";

/** The position where reading begins. */
export type Position =
  | { readonly type: "TRIM_HORIZON" | "LATEST" }
  | { readonly type: "AFTER_SEQUENCE_NUMBER"; readonly sequenceNumber: string }
  /**
   * From a point in time on (cloud time), that moment included: AT_TIMESTAMP, and the resumption of a mapping that
   * began at LATEST and has read nothing yet.
   */
  | { readonly type: "SINCE"; readonly time: number };

/** A shard in the stream's list. */
export interface ListedShard {
  readonly shardId: string;
  /** The shards that were split or merged into it; they may be gone from the stream. */
  readonly parentIds: readonly string[];
}

/** The result of one GetRecords. */
export interface ReadResult {
  readonly entries: readonly StreamEntry[];
  /** Undefined: the shard is closed and fully read. */
  readonly nextIterator: string | undefined;
  /** Whether the shard holds more records than this result. */
  readonly isBehind: boolean;
}

/** The function's role, as the caller of the stream. */
export interface StreamCaller extends Place {
  readonly ports: Ports;
  readonly principal: Principal;
}

/** A kind of stream that a mapping can read. */
export interface StreamSource {
  readonly service: "kinesis" | "streams.dynamodb";
  /** The permissions that CreateEventSourceMapping requires of the role; `resource` is the stream unless it is `*`. */
  readonly permissions: readonly { readonly action: string; readonly resource?: "*" }[];
  /** The actions among them that AWS names in its error. */
  readonly namedPermissions: string;
  /** Name of the batch description in an on-failure record. */
  readonly batchInfoName: string;
  /** All shards in the stream: open ones, and closed ones with records. */
  listShards(caller: StreamCaller, streamArn: string): Promise<readonly ListedShard[]>;
  getIterator(caller: StreamCaller, streamArn: string, shardId: string, position: Position): Promise<string>;
  getRecords(caller: StreamCaller, streamArn: string, shardId: string, iterator: string): Promise<ReadResult>;
  /** The stream's retention in milliseconds. */
  retentionMs(caller: StreamCaller, streamArn: string): Promise<number>;
}

const HOUR_MS = 60 * 60_000;

interface WireShard {
  readonly ShardId: string;
  readonly ParentShardId?: string;
  readonly AdjacentParentShardId?: string;
}

function ask<T>(caller: StreamCaller, service: string, operation: string, params: unknown): Promise<T> {
  const { ports, principal, accountId, region } = caller;
  return ports.calls.call({ service, operation, params, principal, accountId, region }) as Promise<T>;
}

/** All pages of a list. */
async function allPages<T>(
  next: (token: string | undefined) => Promise<{ items: readonly T[]; token: string | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const page = await next(token);
    all.push(...page.items);
    token = page.token;
  } while (token !== undefined);
  return all;
}

const kinesis: StreamSource = {
  service: "kinesis",
  permissions: [
    { action: "kinesis:DescribeStream" },
    { action: "kinesis:DescribeStreamSummary" },
    { action: "kinesis:GetRecords" },
    { action: "kinesis:GetShardIterator" },
    { action: "kinesis:ListShards" },
    { action: "kinesis:ListStreams", resource: "*" },
  ],
  namedPermissions: "GetRecords, GetShardIterator, DescribeStream, DescribeStreamSummary, ListShards, and ListStreams",
  batchInfoName: "KinesisBatchInfo",

  listShards: (caller, StreamARN) =>
    allPages(async (NextToken) => {
      const page = await ask<{ Shards: WireShard[]; NextToken?: string }>(
        caller,
        "kinesis",
        "ListShards",
        NextToken === undefined ? { StreamARN } : { NextToken },
      );
      return { items: page.Shards.map(toListedShard), token: page.NextToken };
    }),

  async getIterator(caller, StreamARN, ShardId, position) {
    const answer = await ask<{ ShardIterator: string }>(caller, "kinesis", "GetShardIterator", {
      StreamARN,
      ShardId,
      ShardIteratorType: position.type === "SINCE" ? "AT_TIMESTAMP" : position.type,
      ...(position.type === "AFTER_SEQUENCE_NUMBER" ? { StartingSequenceNumber: position.sequenceNumber } : {}),
      ...(position.type === "SINCE" ? { Timestamp: position.time / 1000 } : {}),
    });
    return answer.ShardIterator;
  },

  async getRecords(caller, StreamARN, shardId, ShardIterator) {
    const answer = await ask<{
      Records: KinesisRecord[];
      NextShardIterator?: string | null;
      MillisBehindLatest: number;
    }>(caller, "kinesis", "GetRecords", { StreamARN, ShardIterator, Limit: 10_000 });
    const invokeIdentityArn = caller.principal.roleArn ?? caller.principal.arn;
    const readAt = caller.ports.clock.now();
    const frame = new KinesisEventFrame({
      shardId,
      invokeIdentityArn,
      awsRegion: caller.region,
      eventSourceARN: StreamARN,
    });
    return {
      entries: answer.Records.map((record) => new KinesisEntry(record, frame, readAt)),
      nextIterator: answer.NextShardIterator ?? undefined,
      isBehind: answer.MillisBehindLatest > 0,
    };
  },

  async retentionMs(caller, StreamARN) {
    const answer = await ask<{ StreamDescriptionSummary: { RetentionPeriodHours: number } }>(
      caller,
      "kinesis",
      "DescribeStreamSummary",
      { StreamARN },
    );
    return answer.StreamDescriptionSummary.RetentionPeriodHours * HOUR_MS;
  },
};

/** Most records in one of DynamoDB's results, which also end at 1 MB. */
const TABLE_STREAM_LIMIT = 1_000;

const tableStream: StreamSource = {
  service: "streams.dynamodb",
  permissions: [
    { action: "dynamodb:DescribeStream" },
    { action: "dynamodb:GetRecords" },
    { action: "dynamodb:GetShardIterator" },
    { action: "dynamodb:ListStreams", resource: "*" },
  ],
  namedPermissions: "GetRecords, GetShardIterator, DescribeStream, and ListStreams",
  batchInfoName: "DDBStreamBatchInfo",

  listShards: (caller, StreamArn) =>
    allPages(async (ExclusiveStartShardId) => {
      const { StreamDescription } = await ask<{
        StreamDescription: { Shards: WireShard[]; LastEvaluatedShardId?: string | null };
      }>(caller, "streams.dynamodb", "DescribeStream", {
        StreamArn,
        ...(ExclusiveStartShardId === undefined ? {} : { ExclusiveStartShardId }),
      });
      return {
        items: StreamDescription.Shards.map(toListedShard),
        token: StreamDescription.LastEvaluatedShardId ?? undefined,
      };
    }),

  async getIterator(caller, StreamArn, ShardId, position) {
    const answer = await ask<{ ShardIterator: string }>(caller, "streams.dynamodb", "GetShardIterator", {
      StreamArn,
      ShardId,
      // Table streams have no AT_TIMESTAMP: the reader drops older records.
      ShardIteratorType: position.type === "SINCE" ? "TRIM_HORIZON" : position.type,
      ...(position.type === "AFTER_SEQUENCE_NUMBER" ? { SequenceNumber: position.sequenceNumber } : {}),
    });
    return answer.ShardIterator;
  },

  async getRecords(caller, streamArn, _shardId, ShardIterator) {
    const answer = await ask<{ Records: TableRecord[]; NextShardIterator?: string | null }>(
      caller,
      "streams.dynamodb",
      "GetRecords",
      { ShardIterator, Limit: TABLE_STREAM_LIMIT },
    );
    const readAt = caller.ports.clock.now();
    return {
      entries: answer.Records.map((record) => new TableEntry(record, streamArn, readAt)),
      nextIterator: answer.NextShardIterator ?? undefined,
      // The result does not tell whether more records follow: only an empty one is the tip.
      isBehind: answer.Records.length > 0,
    };
  },

  retentionMs: async () => 24 * HOUR_MS,
};

function toListedShard({ ShardId, ParentShardId, AdjacentParentShardId }: WireShard): ListedShard {
  const parentIds = [ParentShardId, AdjacentParentShardId].filter((parent) => parent !== undefined);
  return { shardId: ShardId, parentIds };
}

/** The source that an ARN names. Throws NotSupportedError unless it is a Kinesis stream or a table's stream. */
export function streamSourceOf(eventSourceArn: string): StreamSource {
  if (/^arn:[\w-]+:kinesis:[^:]+:\d{12}:stream\/[^/]+$/.test(eventSourceArn)) return kinesis;
  if (/^arn:[\w-]+:dynamodb:[^:]+:\d{12}:table\/[^/]+\/stream\/.+$/.test(eventSourceArn)) return tableStream;
  throw new NotSupportedError(`the event source ${eventSourceArn}`, "Kinesis streams, streams of DynamoDB tables");
}
