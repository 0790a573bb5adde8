import { randomUUID } from "node:crypto";
import type { Batch } from "./batch.ts";
import type { GiveUpCondition } from "./lane.ts";

/** What an on-failure object is made of. */
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
  /** The event as the function got it. */
  readonly payload: string;
}

/** Key of the object: `aws/lambda/<mapping uuid>/<shard id>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<uuid>`. */
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

/** Body of the object: JSON, in which `payload` is the event's JSON text. A batch that was never delivered has no `responseContext`. */
export function onFailureBody(failed: FailedBatch): string {
  const { batch, now } = failed;
  const first = batch.entries[0]!;
  const last = batch.entries.at(-1)!;
  const isAged = failed.condition === "RecordAgeExceeded";
  return JSON.stringify({
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
      approximateArrivalOfFirstRecord: new Date(first.arrivedAt).toISOString(),
      approximateArrivalOfLastRecord: new Date(last.arrivedAt).toISOString(),
      batchSize: batch.entries.length,
      streamArn: failed.streamArn,
    },
    payload: failed.payload,
  });
}
