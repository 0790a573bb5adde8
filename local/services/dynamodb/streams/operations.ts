import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { GetRecordsInput, GetShardIteratorInput, Inputs } from "../../../wire/models/dynamodbstreams.ts";
import { describeKey } from "../describe.ts";
import { validationError } from "../errors.ts";
import type { DynamoDbStore } from "../store.ts";
import type { StreamShard, TableStream } from "../table-stream.ts";
import { decodeIterator, encodeIterator } from "./iterator.ts";
import { ITERATOR_LIFETIME_MS, MAX_GET_RECORDS_BYTES, MAX_LISTED, MAX_RECORDS_PER_GET } from "./limits.ts";
import { describeRecord } from "./records.ts";

/** The operations of DynamoDB Streams. */
export function operations(store: DynamoDbStore): Readonly<Record<string, Operation>> {
  return defineOperations<Inputs>({
    DescribeStream: {
      authorize: (params) => [{ action: "dynamodb:DescribeStream", resource: params.StreamArn }],
      run(params) {
        const { table, stream } = store.requireStream(params.StreamArn);
        const start = params.ExclusiveStartShardId ?? "";
        const rest = stream.shards.filter((shard) => shard.shardId > start);
        const shards = rest.slice(0, params.Limit ?? MAX_LISTED);
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
    },
    ListStreams: {
      authorize: () => [{ action: "dynamodb:ListStreams", resource: "*" }],
      run(params, call) {
        const streams = store
          .list(call)
          .filter((table) => params.TableName === undefined || params.TableName === table.name)
          .flatMap((table) => [table.latestStream, table.stream])
          .filter((stream) => stream !== undefined)
          .sort((a, b) => (a.arn < b.arn ? -1 : 1));
        const rest = streams.filter((stream) => stream.arn > (params.ExclusiveStartStreamArn ?? ""));
        const page = rest.slice(0, params.Limit ?? MAX_LISTED);
        return {
          Streams: page.map(({ arn, label, tableName }) => ({
            StreamArn: arn,
            StreamLabel: label,
            TableName: tableName,
          })),
          ...(page.length < rest.length ? { LastEvaluatedStreamArn: page.at(-1)?.arn } : {}),
        };
      },
    },
    GetShardIterator: {
      authorize: (params) => [{ action: "dynamodb:GetShardIterator", resource: params.StreamArn }],
      run(params, call) {
        const { stream } = store.requireStream(params.StreamArn);
        const shard = requireShard(stream, params.ShardId);
        const now = call.clock.now();
        stream.trim(shard, now);
        const position = startOf(stream, shard, params);
        return {
          ShardIterator: encodeIterator({ streamArn: stream.arn, shardId: shard.shardId, position, issuedAt: now }),
        };
      },
    },
    GetRecords: {
      authorize: (params) => [
        { action: "dynamodb:GetRecords", resource: decodeIterator(params.ShardIterator).streamArn },
      ],
      run: (params, call) => getRecords(store, params, call),
    },
  });
}

function getRecords(store: DynamoDbStore, params: GetRecordsInput, call: Call) {
  const iterator = decodeIterator(params.ShardIterator);
  const { table, stream } = store.requireStream(iterator.streamArn);
  const shard = requireShard(stream, iterator.shardId);
  const now = call.clock.now();
  if (now - iterator.issuedAt > ITERATOR_LIFETIME_MS) {
    throw new AwsError("ExpiredIteratorException", "The shard iterator has expired; it was issued over 15 minutes ago");
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
  while (records.length < (params.Limit ?? MAX_RECORDS_PER_GET)) {
    const record = shard.log.at(position);
    if (!record) break;
    bytes += record.newBytes + record.oldBytes;
    if (records.length > 0 && bytes > MAX_GET_RECORDS_BYTES) break;
    records.push(describeRecord(stream, record, table.region));
    position++;
  }
  const isAtEnd = table.stream !== stream && position >= shard.log.next;
  call.note({ table: table.name, shard: shard.shardId, records: records.length });
  return {
    Records: records,
    ...(isAtEnd ? {} : { NextShardIterator: encodeIterator({ ...iterator, position, issuedAt: now }) }),
  };
}

function requireShard(stream: TableStream, shardId: string): StreamShard {
  const shard = stream.shards.find((candidate) => candidate.shardId === shardId);
  if (shard) return shard;
  throw new AwsError("ResourceNotFoundException", `Requested resource not found: Shard: ${shardId} not found`);
}

/** The starting position of an iterator. */
function startOf(stream: TableStream, shard: StreamShard, params: GetShardIteratorInput): number {
  if (params.ShardIteratorType === "TRIM_HORIZON") return shard.log.first;
  if (params.ShardIteratorType === "LATEST") return shard.log.next;
  const sequence = params.SequenceNumber === undefined ? undefined : stream.sequenceOf(params.SequenceNumber);
  if (sequence === undefined) {
    throw validationError(`Invalid SequenceNumber for ${params.ShardIteratorType}: ${params.SequenceNumber}`);
  }
  const isAfter = params.ShardIteratorType === "AFTER_SEQUENCE_NUMBER";
  return shard.log.search((record) => (isAfter ? record.sequence > sequence : record.sequence >= sequence));
}
