import { HashKeyScope } from "./item.ts";
import type { ParkReason } from "./reasons.ts";
import type { SourceRecord } from "./source-record.ts";

/** What a parked object holds: enough to judge the record, and to put it back. */
export interface ParkedRecord extends SourceRecord {
  readonly reason: ParkReason;
  readonly detail: string;
  /** ISO 8601, UTC. */
  readonly parkedAt: string;
}

/**
 * `<prefix><yyyy>/<mm>/<dd>/<shard id>/<sequence number>.json`, dated by the record's arrival, so that a replay writes the same object.
 * With hash keys of stream scope the stream's name comes before the shard id.
 */
export function parkedKey(prefix: string, record: SourceRecord, scope: HashKeyScope): string {
  const date = new Date(record.approximateArrivalTimestamp * 1_000).toISOString().slice(0, 10).replaceAll("-", "/");
  const stream = scope === HashKeyScope.Stream ? `${record.streamName}/` : "";
  return `${prefix}${date}/${stream}${record.shardId}/${record.sequenceNumber}.json`;
}

/** The parked object's text. */
export function toParkedObject(
  record: SourceRecord,
  cause: { readonly reason: ParkReason; readonly detail: string },
  now: number,
): string {
  const parked: ParkedRecord = {
    reason: cause.reason,
    detail: cause.detail,
    streamName: record.streamName,
    shardId: record.shardId,
    sequenceNumber: record.sequenceNumber,
    partitionKey: record.partitionKey,
    approximateArrivalTimestamp: record.approximateArrivalTimestamp,
    parkedAt: new Date(now).toISOString(),
    data: record.data,
  };
  return JSON.stringify(parked);
}
