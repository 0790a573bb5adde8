import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import { assertFresh, decodeIterator, encodeIterator } from "../iterator.ts";
import { MAX_RECORDS_PER_GET } from "../limits.ts";
import { describeChildren } from "../list-shards.ts";
import { appendAll, checkOrdering, checkRecords, type PutEntry, THROTTLED } from "../put.ts";
import type { Shard } from "../shard.ts";
import { startOf } from "../start-position.ts";
import type { KinesisStore } from "../store.ts";
import type { KinesisStream } from "../stream.ts";
import { addressedArn } from "../stream-address.ts";
import type { KinesisInputs } from "../wire.ts";

/** Writing and reading records. */
export function recordOperations(store: KinesisStore): Readonly<Record<string, Operation>> {
  return defineOperations<KinesisInputs>({
    PutRecord: {
      authorize: (params, call) =>
        store.authorize("kinesis:PutRecord", addressedArn(params, call), "kms:GenerateDataKey"),
      run(params, call) {
        const stream = store.require(addressedArn(params, call));
        checkRecords(stream, [params], false);
        checkOrdering(stream, params.SequenceNumberForOrdering, call.clock.now());
        const [result] = put(store, stream, [params], call);
        if (!result || "ErrorCode" in result) throw new AwsError(THROTTLED, result?.ErrorMessage ?? "");
        return { ...result, ...encryption(stream) };
      },
    },
    PutRecords: {
      authorize: (params, call) =>
        store.authorize("kinesis:PutRecords", addressedArn(params, call), "kms:GenerateDataKey"),
      run(params, call) {
        const stream = store.require(addressedArn(params, call));
        checkRecords(stream, params.Records, true);
        const results = put(store, stream, params.Records, call);
        const failed = results.filter((result) => "ErrorCode" in result).length;
        return { FailedRecordCount: failed, Records: results, ...encryption(stream) };
      },
    },
    GetShardIterator: {
      authorize: (params, call) => store.authorize("kinesis:GetShardIterator", addressedArn(params, call)),
      run(params, call) {
        const stream = store.require(addressedArn(params, call));
        const shard = stream.requireShard(params.ShardId);
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
        store.authorize("kinesis:GetRecords", decodeIterator(params.ShardIterator).streamArn, "kms:Decrypt"),
      run(params, call) {
        const iterator = decodeIterator(params.ShardIterator);
        const stream = store.require(iterator.streamArn);
        const shard = stream.requireShard(iterator.shardId);
        const now = call.clock.now();
        assertFresh(iterator, now);
        stream.trim(shard, now);
        const { records, next } = shard.read(iterator.position, params.Limit ?? MAX_RECORDS_PER_GET);
        const age = iteratorAge(shard, next, records.at(-1)?.ApproximateArrivalTimestamp, now);
        store.metrics.highest(stream, "GetRecords.IteratorAgeMilliseconds", age, "Milliseconds");
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
  });
}

/** Appends records, counts them, and wakes the readers of the stream. */
function put(store: KinesisStore, stream: KinesisStream, entries: readonly PutEntry[], call: Call) {
  const results = appendAll(stream, entries, call.clock.now());
  const failed = results.filter((result) => "ErrorCode" in result).length;
  const stored = results.length - failed;
  call.note({ stream: stream.name, records: stored, failed });
  if (stored > 0) store.metrics.add(stream, "IncomingRecords", stored);
  if (failed > 0) store.metrics.add(stream, "WriteProvisionedThroughputExceeded", failed);
  if (stored > 0) store.ports.signals.notify(stream.arn);
  return results;
}

/** Milliseconds from the arrival of the last record read, or of the next one, to now; 0 at the tip of the shard. */
function iteratorAge(shard: Shard, next: number, lastArrival: number | undefined, now: number): number {
  if (next >= shard.latest) return 0;
  const arrival = lastArrival ?? shard.read(next, 1).records[0]?.ApproximateArrivalTimestamp;
  return arrival === undefined ? 0 : Math.max(0, Math.round(now - arrival * 1000));
}

function encryption(stream: KinesisStream): { EncryptionType: "KMS" } | Record<string, never> {
  return stream.settings.kmsKeyId === undefined ? {} : { EncryptionType: "KMS" };
}
