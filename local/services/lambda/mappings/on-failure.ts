import { randomUUID } from "node:crypto";
import { rfc3339 } from "../describe.ts";
import type { Batch } from "./batch.ts";
import type { GiveUpCondition } from "./lane.ts";

/** The parts of a failed batch's on-failure record. */
export interface FailedBatch {
  readonly mappingUuid: string;
  readonly functionArn: string;
  readonly streamArn: string;
  readonly shardId: string;
  /** `KinesisBatchInfo` or `DDBStreamBatchInfo`. */
  readonly batchInfoName: string;
  readonly batch: Batch;
  readonly condition: GiveUpCondition;
  /** Cloud time, milliseconds since the epoch. */
  readonly now: number;
}

/** Key of the object in a bucket: `aws/lambda/<mapping uuid>/<shard id>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<uuid>`. */
export function onFailureKey({
  mappingUuid,
  shardId,
  now,
}: Pick<FailedBatch, "mappingUuid" | "shardId" | "now">): string {
  const iso = new Date(now).toISOString();
  const day = iso.slice(0, 10);
  const time = iso.slice(11, 19).replaceAll(":", ".");
  return `aws/lambda/${mappingUuid}/${shardId}/${day.replaceAll("-", "/")}/${day}T${time}-${randomUUID()}`;
}

/**
 * The metadata of a failed batch. A queue and a topic get it alone; a bucket also gets the event's JSON text, as
 * `payload`. There is no `responseContext` for records that were too old. Arrival times have the stream's precision:
 * whole seconds for a table.
 */
export function onFailureMetadata(failed: FailedBatch): Readonly<Record<string, unknown>> {
  const { batch, now } = failed;
  const first = batch.entries[0]!;
  const last = batch.entries.at(-1)!;
  const isAged = failed.condition === "RecordAgeExceeded";
  return {
    requestContext: {
      requestId: batch.requestId ?? randomUUID(),
      functionArn: failed.functionArn,
      condition: failed.condition,
      approximateInvokeCount: batch.invokeCount,
    },
    ...(batch.response && !isAged ? { responseContext: batch.response } : {}),
    version: "1.0",
    timestamp: new Date(now).toISOString(),
    [failed.batchInfoName]: {
      shardId: failed.shardId,
      startSequenceNumber: first.sequenceNumber,
      endSequenceNumber: last.sequenceNumber,
      approximateArrivalOfFirstRecord: rfc3339(first.arrivedAt),
      approximateArrivalOfLastRecord: rfc3339(last.arrivedAt),
      batchSize: batch.entries.length,
      streamArn: failed.streamArn,
    },
  };
}
