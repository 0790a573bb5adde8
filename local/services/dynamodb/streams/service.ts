import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation, type Service } from "../../../kernel/service.ts";
import type { Inputs } from "../../../wire/models/dynamodbstreams.ts";
import { describeKey } from "../describe.ts";
import { streamFaults } from "../faultable.ts";
import type { Table } from "../table.ts";
import type { StreamShard, TableStream } from "../table-stream.ts";
import { decodeIterator, encodeIterator, ITERATOR_LIFETIME_MS } from "./iterator.ts";
import { describeRecord } from "./records.ts";
import { wire } from "./wire.ts";

/** GetRecords answers at most this many records, and 1 MB. */
const MAX_RECORDS = 1000;
const MAX_BYTES = 1024 * 1024;
const PAGE = 100;

/** The tables whose streams are read. */
export interface StreamTables {
  list(accountId: string, region: string): readonly Table[];
  findStream(arn: string): { readonly table: Table; readonly stream: TableStream } | undefined;
}

/**
 * The change streams of DynamoDB tables; the tables keep them, this reads them. It signs as `dynamodb` too: the front door tells it by its target
 * prefix. A stream that was switched off can still be read until the next one takes its place.
 */
export class DynamoDbStreamsService implements Service {
  readonly name = "streams.dynamodb";
  readonly wire = wire;
  readonly faults = streamFaults;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #tables: StreamTables;

  constructor(tables: StreamTables) {
    this.#tables = tables;
    this.operations = defineOperations<Inputs>({
      DescribeStream: this.#describeStream(),
      ListStreams: this.#listStreams(),
      GetShardIterator: this.#getShardIterator(),
      GetRecords: this.#getRecords(),
    });
  }

  /** The records belong to the tables, which DynamoDB empties. */
  emptyData(): void {}

  close(): void {}

  #describeStream(): Operation<Inputs["DescribeStream"]> {
    return {
      authorize: (params) => [{ action: "dynamodb:DescribeStream", resource: params.StreamArn }],
      run: (params) => {
        const { table, stream } = this.#require(params.StreamArn);
        const start = params.ExclusiveStartShardId ?? "";
        const rest = stream.shards.filter((shard) => shard.shardId > start);
        const shards = rest.slice(0, params.Limit ?? PAGE);
        const isEnabled = table.stream === stream;
        return {
          StreamDescription: {
            StreamArn: stream.arn,
            StreamLabel: stream.label,
            StreamStatus: isEnabled ? "ENABLED" : "DISABLED",
            StreamViewType: stream.viewType,
            CreationRequestDateTime: stream.createdAt / 1000,
            TableName: table.name,
            KeySchema: describeKey(stream.schema),
            Shards: shards.map((shard) => ({
              ShardId: shard.shardId,
              SequenceNumberRange: {
                StartingSequenceNumber: stream.sequenceNumber(0),
                ...(isEnabled ? {} : { EndingSequenceNumber: stream.sequenceNumber(stream.latestSequence) }),
              },
            })),
            ...(shards.length < rest.length ? { LastEvaluatedShardId: shards.at(-1)?.shardId } : {}),
          },
        };
      },
    };
  }

  #listStreams(): Operation<Inputs["ListStreams"]> {
    return {
      authorize: () => [{ action: "dynamodb:ListStreams", resource: "*" }],
      run: (params, call) => {
        const streams = this.#tables
          .list(call.accountId, call.region)
          .filter((table) => params.TableName === undefined || params.TableName === table.name)
          .flatMap((table) => [table.latestStream, table.stream])
          .filter((stream) => stream !== undefined)
          .sort((a, b) => (a.arn < b.arn ? -1 : 1));
        const rest = streams.filter((stream) => stream.arn > (params.ExclusiveStartStreamArn ?? ""));
        const page = rest.slice(0, params.Limit ?? PAGE);
        return {
          Streams: page.map(({ arn, label, tableName }) => ({
            StreamArn: arn,
            StreamLabel: label,
            TableName: tableName,
          })),
          ...(page.length < rest.length ? { LastEvaluatedStreamArn: page.at(-1)?.arn } : {}),
        };
      },
    };
  }

  #getShardIterator(): Operation<Inputs["GetShardIterator"]> {
    return {
      authorize: (params) => [{ action: "dynamodb:GetShardIterator", resource: params.StreamArn }],
      run: (params, call) => {
        const { stream } = this.#require(params.StreamArn);
        const shard = requireShard(stream, params.ShardId);
        const now = call.clock.now();
        stream.trim(shard, now);
        const position = startOf(stream, shard, params);
        return {
          ShardIterator: encodeIterator({ streamArn: stream.arn, shardId: shard.shardId, position, issuedAt: now }),
        };
      },
    };
  }

  #getRecords(): Operation<Inputs["GetRecords"]> {
    return {
      authorize: (params) => [
        { action: "dynamodb:GetRecords", resource: decodeIterator(params.ShardIterator).streamArn },
      ],
      run: (params, call) => this.#read(params, call),
    };
  }

  #read(params: { ShardIterator: string; Limit?: number | undefined }, call: Call) {
    const iterator = decodeIterator(params.ShardIterator);
    const { table, stream } = this.#require(iterator.streamArn);
    const shard = requireShard(stream, iterator.shardId);
    const now = call.clock.now();
    if (now - iterator.issuedAt > ITERATOR_LIFETIME_MS) {
      throw new AwsError(
        "ExpiredIteratorException",
        "The shard iterator has expired; it was issued over 15 minutes ago",
      );
    }
    stream.trim(shard, now);
    if (iterator.position < shard.trimmedBefore) {
      throw new AwsError(
        "TrimmedDataAccessException",
        "The operation attempted to read past the oldest stream record in a shard",
      );
    }
    const records: ReturnType<typeof describeRecord>[] = [];
    let position = Math.max(iterator.position, shard.log.first);
    let bytes = 0;
    while (records.length < (params.Limit ?? MAX_RECORDS)) {
      const record = shard.log.at(position);
      if (!record) break;
      bytes += record.newBytes + record.oldBytes;
      if (records.length > 0 && bytes > MAX_BYTES) break;
      records.push(describeRecord(stream, record, table.region));
      position++;
    }
    const isEnded = table.stream !== stream && position >= shard.log.next;
    call.note({ table: table.name, shard: shard.shardId, records: records.length });
    return {
      Records: records,
      ...(isEnded ? {} : { NextShardIterator: encodeIterator({ ...iterator, position, issuedAt: now }) }),
    };
  }

  #require(arn: string) {
    const found = this.#tables.findStream(arn);
    if (found) return found;
    throw new AwsError("ResourceNotFoundException", `Requested resource not found: Stream: ${arn} not found`);
  }
}

function requireShard(stream: TableStream, shardId: string): StreamShard {
  const shard = stream.shards.find((candidate) => candidate.shardId === shardId);
  if (shard) return shard;
  throw new AwsError("ResourceNotFoundException", `Requested resource not found: Shard: ${shardId} not found`);
}

/** Position that an iterator of this type begins at. */
function startOf(
  stream: TableStream,
  shard: StreamShard,
  params: { ShardIteratorType: string; SequenceNumber?: string | undefined },
): number {
  if (params.ShardIteratorType === "TRIM_HORIZON") return shard.log.first;
  if (params.ShardIteratorType === "LATEST") return shard.log.next;
  const sequence = params.SequenceNumber === undefined ? undefined : stream.sequenceOf(params.SequenceNumber);
  if (sequence === undefined) {
    throw new AwsError(
      "ValidationException",
      `Invalid SequenceNumber for ${params.ShardIteratorType}: ${params.SequenceNumber}`,
    );
  }
  const isAfter = params.ShardIteratorType === "AFTER_SEQUENCE_NUMBER";
  return shard.log.search((record) => (isAfter ? record.sequence > sequence : record.sequence >= sequence));
}
