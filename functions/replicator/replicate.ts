import type { KinesisStreamEvent } from "aws-lambda";
import { batchResponse, type StreamBatchResponse } from "../shared/batch-response.ts";
import type { Clock } from "../shared/clock.ts";
import { answerReserveMs, createDeadline } from "../shared/deadline.ts";
import { type MetricValue, Unit } from "../shared/embedded-metrics.ts";
import type { ObjectStore } from "../shared/object-store.ts";
import { parkAll } from "../shared/park-all.ts";
import { describeError, type Log } from "../shared/structured-log.ts";
import { HashKeyScope, hashKey } from "./core/item.ts";
import { parkedKey, toParkedObject } from "./core/parked-record.ts";
import { type Cause, type ParkReason, reasonForRefusal } from "./core/reasons.ts";
import { type EncodedRecord, type EncodeOptions, type KeyedRecord, RecordEncoder } from "./core/record-encoder.ts";
import { type SourceRecord, streamArnOf, toSourceRecord } from "./core/source-record.ts";
import type { TableWriter } from "./ports.ts";
import { writeItems } from "./write-items.ts";

/** Options of the replicator. */
export interface ReplicateOptions extends EncodeOptions {
  readonly sourceStreamArn: string;
  readonly parkedPrefix: string;
}

/** The replicator's side effects, injected. */
export interface ReplicatePorts {
  readonly writer: TableWriter;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly random: () => number;
  /** Milliseconds left in the invocation, by Lambda's count. */
  readonly remainingMs: () => number;
  readonly log: Log;
  readonly emitMetrics: (values: readonly MetricValue[]) => void;
}

/** A record of another stream than the table's: keys of two streams can collide, so nothing is written. */
export class ForeignStreamError extends Error {
  override readonly name = "ForeignStreamError";
  constructor(foreign: string, own: string) {
    super(
      `a record of ${foreign} reached the replicator of ${own}: one stream per table, or hash keys of stream scope (HASH_KEY_SCOPE=stream)`,
    );
  }
}

interface Unstorable extends Cause {
  readonly record: SourceRecord;
}

/** Time reserved for parking refused items, so that a slow table cannot leave poison records in the shard. */
const PARKING_RESERVE_MS = 3_000;
const PARKING_RESERVE_SHARE = 0.2;

/**
 * Stores or parks the records of one batch, and returns the lowest sequence number that is not certainly stored or
 * parked.
 *
 * Parks only after all writes have ended, so that an invocation that fails as a whole (access denied, no such table)
 * parks nothing.
 * @throws ForeignStreamError, MalformedRecordError, or the service's error when the cause is not a record
 */
export async function replicate(
  event: KinesisStreamEvent,
  options: ReplicateOptions,
  ports: ReplicatePorts,
): Promise<StreamBatchResponse> {
  const { clock, log } = ports;
  const startedAt = clock.now();
  const remainingAtStart = ports.remainingMs();
  const reserve = answerReserveMs(remainingAtStart);
  const parkingReserve = Math.min(PARKING_RESERVE_MS, remainingAtStart * PARKING_RESERVE_SHARE);
  const received: MetricValue = { name: "Received", unit: Unit.Count, value: event.Records.length };

  try {
    const unstorable: Unstorable[] = [];
    const written = await writeItems(encodeAll(lastOfEachKey(event, options), options, unstorable), {
      ...ports,
      deadline: createDeadline(clock, ports.remainingMs, reserve + parkingReserve),
    });
    for (const { entry, detail } of written.refused) {
      unstorable.push({ record: entry.record, reason: reasonForRefusal(detail), detail });
    }
    const parked = await parkAll(
      unstorable.map((entry) => ({
        key: parkedKey(options.parkedPrefix, entry.record, options.hashKeyScope),
        body: toParkedObject(entry.record, entry, clock.now()),
      })),
      { ...ports, deadline: createDeadline(clock, ports.remainingMs, reserve) },
    );

    const unparked = unstorable.filter((_, index) => parked.unfinished.has(index));
    const unfinished = [...written.unfinished, ...unparked].map(({ record }) => record.sequenceNumber);
    const parkedByReason = countByReason(unstorable.filter((_, index) => !parked.unfinished.has(index)));
    const response = batchResponse(unfinished);
    const counts = {
      received: event.Records.length,
      stored: written.stored,
      parked: unstorable.length - parked.unfinished.size,
      unfinished: unfinished.length,
      retried: written.retried + parked.retried,
    };
    const lagMs = Math.max(0, clock.now() - oldestArrivalMs(event));
    ports.emitMetrics([
      received,
      { name: "Stored", unit: Unit.Count, value: counts.stored },
      { name: "Parked", unit: Unit.Count, value: counts.parked },
      ...[...parkedByReason].map(([reason, value]) => ({ name: `Parked.${reason}`, unit: Unit.Count, value })),
      { name: "Unfinished", unit: Unit.Count, value: counts.unfinished },
      { name: "Retried", unit: Unit.Count, value: counts.retried },
      { name: "Lag", unit: Unit.Milliseconds, value: lagMs },
    ]);
    log[counts.unfinished > 0 ? "warn" : "info"](counts.unfinished > 0 ? "batch not finished" : "batch finished", {
      ...counts,
      parkedByReason: Object.fromEntries(parkedByReason),
      lagMs,
      durationMs: clock.now() - startedAt,
      checkpoint: response.batchItemFailures[0]?.itemIdentifier,
    });
    return response;
  } catch (error) {
    ports.emitMetrics([received, { name: "Failed", unit: Unit.Count, value: 1 }]);
    log.error("batch failed", { ...describeError(error), durationMs: clock.now() - startedAt });
    throw error;
  }
}

/**
 * The records by their keys. Of records with the same key (one record, delivered twice) the last one wins.
 * @throws ForeignStreamError, MalformedRecordError
 */
function lastOfEachKey(event: KinesisStreamEvent, options: ReplicateOptions): Iterable<KeyedRecord> {
  const records = new Map<string, KeyedRecord>();
  let checkedArn = "";
  for (const kinesisRecord of event.Records) {
    if (kinesisRecord.eventSourceARN !== checkedArn) {
      checkedArn = kinesisRecord.eventSourceARN;
      const streamArn = streamArnOf(checkedArn);
      if (options.hashKeyScope === HashKeyScope.Shard && streamArn !== options.sourceStreamArn) {
        throw new ForeignStreamError(streamArn, options.sourceStreamArn);
      }
    }
    const record = toSourceRecord(kinesisRecord);
    const hash = hashKey(record, options);
    const key = `${hash} ${record.sequenceNumber}`;
    records.set(key, { record, hash, key });
  }
  return records.values();
}

/** Encodes each record when its item is asked for, so that not all items are in memory at once. */
function* encodeAll(
  records: Iterable<KeyedRecord>,
  options: ReplicateOptions,
  unstorable: Unstorable[],
): Generator<EncodedRecord, void, undefined> {
  const encoder = new RecordEncoder(options);
  for (const keyed of records) {
    const outcome = encoder.encode(keyed);
    if ("reason" in outcome) unstorable.push({ record: keyed.record, ...outcome });
    else yield outcome;
  }
}

function countByReason(parked: readonly Unstorable[]): Map<ParkReason, number> {
  const counts = new Map<ParkReason, number>();
  for (const { reason } of parked) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return counts;
}

function oldestArrivalMs(event: KinesisStreamEvent): number {
  let oldest = Number.POSITIVE_INFINITY;
  for (const { kinesis } of event.Records) oldest = Math.min(oldest, kinesis.approximateArrivalTimestamp * 1_000);
  return Number.isFinite(oldest) ? oldest : Number.POSITIVE_INFINITY;
}
