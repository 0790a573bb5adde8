import type { DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { batchResponse, type StreamBatchResponse } from "../shared/batch-response.ts";
import type { Clock } from "../shared/clock.ts";
import { answerReserveMs, createDeadline } from "../shared/deadline.ts";
import { type MetricValue, Unit } from "../shared/embedded-metrics.ts";
import type { ObjectStore } from "../shared/object-store.ts";
import { parkAll } from "../shared/park-all.ts";
import { describeError, type Log } from "../shared/structured-log.ts";
import { type RemovePolicy, toLine, UnreadableImageError } from "./core/line.ts";
import { LinePacker, MAX_RECORD_BYTES, type PackedRecord } from "./core/packing.ts";
import { LineParkReason, type ParkedLine, parkedLineKey } from "./core/parked-line.ts";
import { deliverRecords } from "./deliver-records.ts";
import type { DeliveryStream } from "./ports.ts";

/** Options of the archiver. */
export interface ArchiveOptions {
  readonly removePolicy: RemovePolicy;
  readonly oversizedPrefix: string;
}

/** The archiver's side effects, injected. */
export interface ArchivePorts {
  readonly deliveryStream: DeliveryStream;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly random: () => number;
  /** Milliseconds left in the invocation, by Lambda's count. */
  readonly remainingMs: () => number;
  readonly log: Log;
  readonly emitMetrics: (values: readonly MetricValue[]) => void;
}

interface Parked {
  readonly source: DynamoDBRecord;
  readonly parked: ParkedLine;
}

/**
 * Archives the changes of one batch as lines, and returns the lowest sequence number that is not certainly archived.
 * @throws MissingImageError, or the service's error when the cause is not a record
 */
export async function archive(
  event: DynamoDBStreamEvent,
  options: ArchiveOptions,
  ports: ArchivePorts,
): Promise<StreamBatchResponse> {
  const { clock, log } = ports;
  const startedAt = clock.now();
  const deadline = createDeadline(clock, ports.remainingMs, answerReserveMs(ports.remainingMs()));
  const received: MetricValue = { name: "Received", unit: Unit.Count, value: event.Records.length };

  try {
    const { records, oversized, skipped } = pack(event.Records, options.removePolicy, startedAt);
    const delivery = await deliverRecords(records, { ...ports, deadline });
    const parking = await parkAll(
      oversized.map(({ parked }) => ({
        key: parkedLineKey(options.oversizedPrefix, parked),
        body: JSON.stringify(parked),
      })),
      { ...ports, deadline },
    );

    const unfinished = [
      ...delivery.unfinished.flatMap(({ sources }) => sources),
      ...oversized.filter((_, index) => parking.unfinished.has(index)).map(({ source }) => source),
    ].map(({ dynamodb }) => dynamodb?.SequenceNumber ?? "");
    const response = batchResponse(unfinished);
    const counts = {
      received: event.Records.length,
      stored: delivery.delivered.reduce((count, { sources }) => count + sources.length, 0),
      parked: oversized.length - parking.unfinished.size,
      skipped,
      unfinished: unfinished.length,
      retried: delivery.retried + parking.retried,
    };
    const lagMs = Math.max(0, clock.now() - oldestChangeMs(event));
    ports.emitMetrics([
      received,
      { name: "Stored", unit: Unit.Count, value: counts.stored },
      { name: "Parked", unit: Unit.Count, value: counts.parked },
      { name: "Skipped", unit: Unit.Count, value: counts.skipped },
      { name: "Unfinished", unit: Unit.Count, value: counts.unfinished },
      { name: "Retried", unit: Unit.Count, value: counts.retried },
      { name: "Lag", unit: Unit.Milliseconds, value: lagMs },
    ]);
    log[counts.unfinished > 0 ? "warn" : "info"](counts.unfinished > 0 ? "batch not finished" : "batch finished", {
      ...counts,
      firehoseRecords: delivery.delivered.length,
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

function pack(
  changes: readonly DynamoDBRecord[],
  removePolicy: RemovePolicy,
  now: number,
): { readonly records: PackedRecord<DynamoDBRecord>[]; readonly oversized: Parked[]; readonly skipped: number } {
  const packer = new LinePacker<DynamoDBRecord>();
  const oversized: Parked[] = [];
  let skipped = 0;
  for (const source of changes) {
    const line = readLine(source, removePolicy);
    if (line === undefined) {
      skipped++;
    } else if (typeof line === "string") {
      const bytes = packer.add(line, source);
      if (bytes <= MAX_RECORD_BYTES) continue;
      const detail = `the line has ${bytes} bytes; a Firehose record takes ${MAX_RECORD_BYTES}`;
      oversized.push(park(source, LineParkReason.TooLong, detail, line, now));
    } else {
      oversized.push(park(source, LineParkReason.UnreadableImage, line.message, JSON.stringify(source), now));
    }
  }
  return { records: packer.take(), oversized, skipped };
}

function readLine(record: DynamoDBRecord, removePolicy: RemovePolicy): string | undefined | UnreadableImageError {
  try {
    return toLine(record, removePolicy);
  } catch (error) {
    if (error instanceof UnreadableImageError) return error;
    throw error;
  }
}

function park(source: DynamoDBRecord, reason: LineParkReason, detail: string, line: string, now: number): Parked {
  return {
    source,
    parked: {
      reason,
      detail,
      eventId: source.eventID ?? "",
      eventName: source.eventName ?? "",
      approximateCreationDateTime: source.dynamodb?.ApproximateCreationDateTime ?? 0,
      parkedAt: new Date(now).toISOString(),
      line,
    },
  };
}

function oldestChangeMs(event: DynamoDBStreamEvent): number {
  let oldest = Number.POSITIVE_INFINITY;
  for (const { dynamodb } of event.Records) {
    oldest = Math.min(oldest, (dynamodb?.ApproximateCreationDateTime ?? Number.POSITIVE_INFINITY) * 1_000);
  }
  return oldest;
}
