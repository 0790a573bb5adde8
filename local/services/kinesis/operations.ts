import { AwsError } from "../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../kernel/service.ts";
import { describeStream, describeStreamSummary, listStreams } from "./describe.ts";
import { assertFresh, decodeIterator, encodeIterator } from "./iterator.ts";
import { MAX_RECORDS_PER_GET } from "./limits.ts";
import { decodePageToken, describeChildren, listShards } from "./list-shards.ts";
import { appendAll, checkOrdering, checkRecords, THROTTLED } from "./put.ts";
import { assertProvisioned, mergeShards, splitShard, updateShardCount } from "./reshard.ts";
import type { KinesisService } from "./service.ts";
import type { Shard } from "./shard.ts";
import { requireShard } from "./shard-id.ts";
import { startOf } from "./start-position.ts";
import type { KinesisStream, StreamAddress } from "./stream.ts";
import type { KinesisInputs } from "./wire.ts";

/** The operations on a stream's records and shards. */
export function streamOperations(service: KinesisService): Readonly<Record<string, Operation>> {
  return defineOperations<KinesisInputs>({
    PutRecord: {
      authorize: (params, call) =>
        service.authorize("kinesis:PutRecord", service.arnOf(params, call), "kms:GenerateDataKey"),
      run(params, call) {
        const stream = service.require(service.arnOf(params, call));
        checkRecords(stream, [params], false);
        checkOrdering(stream, params.SequenceNumberForOrdering, call.clock.now());
        const [result] = put(service, stream, [params], call);
        if (!result || "ErrorCode" in result) throw new AwsError(THROTTLED, result?.ErrorMessage ?? "");
        return { ...result, ...encryption(stream) };
      },
    },
    PutRecords: {
      authorize: (params, call) =>
        service.authorize("kinesis:PutRecords", service.arnOf(params, call), "kms:GenerateDataKey"),
      run(params, call) {
        const stream = service.require(service.arnOf(params, call));
        checkRecords(stream, params.Records, true);
        const results = put(service, stream, params.Records, call);
        const failed = results.filter((result) => "ErrorCode" in result).length;
        return { FailedRecordCount: failed, Records: results, ...encryption(stream) };
      },
    },
    GetShardIterator: {
      authorize: (params, call) => service.authorize("kinesis:GetShardIterator", service.arnOf(params, call)),
      run(params, call) {
        const stream = service.require(service.arnOf(params, call));
        const shard = requireShard(stream, params.ShardId);
        const now = call.clock.now();
        stream.trim(shard, now);
        const position = startOf(shard, params, now);
        return {
          ShardIterator: encodeIterator({ streamArn: stream.arn, shardId: shard.shardId, position, issuedAt: now }),
        };
      },
    },
    GetRecords: {
      authorize: (params) =>
        service.authorize("kinesis:GetRecords", decodeIterator(params.ShardIterator).streamArn, "kms:Decrypt"),
      run(params, call) {
        const iterator = decodeIterator(params.ShardIterator);
        const stream = service.require(iterator.streamArn);
        const shard = requireShard(stream, iterator.shardId);
        const now = call.clock.now();
        assertFresh(iterator, now);
        stream.trim(shard, now);
        const { records, next } = shard.read(iterator.position, params.Limit ?? MAX_RECORDS_PER_GET);
        const age = ageOf(shard, next, records.at(-1)?.ApproximateArrivalTimestamp, now);
        service.metrics.highest(stream, "GetRecords.IteratorAgeMilliseconds", age, "Milliseconds");
        call.note({ shard: shard.shardId, records: records.length });
        return {
          Records: records,
          ...(shard.isReadToEnd(next)
            ? { ChildShards: describeChildren(shard) }
            : { NextShardIterator: encodeIterator({ ...iterator, position: next, issuedAt: now }) }),
          MillisBehindLatest: age,
        };
      },
    },
    DescribeStream: {
      authorize: (params, call) => service.authorize("kinesis:DescribeStream", service.arnOf(params, call)),
      run: (params, call) => describeStream(service.require(service.arnOf(params, call)), params),
    },
    DescribeStreamSummary: {
      authorize: (params, call) => service.authorize("kinesis:DescribeStreamSummary", service.arnOf(params, call)),
      run: (params, call) => describeStreamSummary(service.require(service.arnOf(params, call))),
    },
    ListShards: {
      authorize: (params, call) => service.authorize("kinesis:ListShards", shardsArn(service, params, call)),
      run: (params, call) => listShards(service.require(shardsArn(service, params, call)), params, call.clock.now()),
    },
    SplitShard: {
      authorize: (params, call) => service.authorize("kinesis:SplitShard", service.arnOf(params, call)),
      run(params, call) {
        const stream = provisioned(service, params, call);
        const shard = requireShard(stream, params.ShardToSplit, true);
        splitShard(service.ports, stream, shard, BigInt(params.NewStartingHashKey));
        call.note({ stream: stream.name, shard: shard.shardId, openShards: stream.openShards.length });
      },
    },
    MergeShards: {
      authorize: (params, call) => service.authorize("kinesis:MergeShards", service.arnOf(params, call)),
      run(params, call) {
        const stream = provisioned(service, params, call);
        const shard = requireShard(stream, params.ShardToMerge, true);
        mergeShards(service.ports, stream, shard, requireShard(stream, params.AdjacentShardToMerge, true));
        call.note({ stream: stream.name, shard: shard.shardId, openShards: stream.openShards.length });
      },
    },
    UpdateShardCount: {
      authorize: (params, call) => service.authorize("kinesis:UpdateShardCount", service.arnOf(params, call)),
      run(params, call) {
        const stream = provisioned(service, params, call);
        const before = stream.openShards.length;
        updateShardCount(service.ports, stream, params.TargetShardCount);
        call.note({ stream: stream.name, openShards: stream.openShards.length });
        return {
          StreamName: stream.name,
          CurrentShardCount: before,
          TargetShardCount: params.TargetShardCount,
          StreamARN: stream.arn,
        };
      },
    },
    ListStreams: {
      authorize: () => [{ action: "kinesis:ListStreams", resource: "*" }],
      run: (params, call) => listStreams(service.list(call.accountId, call.region), params),
    },
  });
}

/** Appends, counts, and wakes the stream's consumers. */
function put(service: KinesisService, stream: KinesisStream, entries: Parameters<typeof appendAll>[1], call: Call) {
  const results = appendAll(stream, entries, call.clock.now());
  const failed = results.filter((result) => "ErrorCode" in result).length;
  const stored = results.length - failed;
  call.note({ stream: stream.name, records: stored, failed });
  if (stored > 0) service.metrics.add(stream, "IncomingRecords", stored);
  if (failed > 0) service.metrics.add(stream, "WriteProvisionedThroughputExceeded", failed);
  if (stored > 0) service.ports.signals.notify(stream.arn);
  return results;
}

function provisioned(service: KinesisService, params: StreamAddress, call: Call): KinesisStream {
  const stream = service.require(service.arnOf(params, call));
  assertProvisioned(stream);
  return stream;
}

/** Milliseconds from the last record that was read to now; 0 at the tip. */
function ageOf(shard: Shard, next: number, lastArrival: number | undefined, now: number): number {
  if (next >= shard.latest) return 0;
  const arrival = lastArrival ?? shard.read(next, 1).records[0]?.ApproximateArrivalTimestamp;
  return arrival === undefined ? 0 : Math.max(0, Math.round(now - arrival * 1000));
}

function shardsArn(
  service: KinesisService,
  params: { NextToken?: string | undefined; StreamName?: string | undefined; StreamARN?: string | undefined },
  call: Call,
): string {
  if (params.NextToken === undefined) return service.arnOf(params, call);
  if ((params.StreamName ?? params.StreamARN) === undefined) return decodePageToken(params.NextToken).streamArn;
  throw new AwsError("InvalidArgumentException", "NextToken and StreamName cannot be provided together.");
}

function encryption(stream: KinesisStream): { EncryptionType: "KMS" } | Record<string, never> {
  return stream.settings.kmsKeyId === undefined ? {} : { EncryptionType: "KMS" };
}
