import { HashKeyScope } from "./item.ts";
import type { ParkReason } from "./reasons.ts";
import type { SourceRecord } from "./source-record.ts";

/** Content of a parked object: the complete record, so that it can be put again, and the reason. */
export interface ParkedRecord extends SourceRecord {
  readonly reason: ParkReason;
  readonly detail: string;
  /** ISO 8601, UTC. */
  readonly parkedAt: string;
}

/**
 * `<prefix><yyyy>/<mm>/<dd>/<shard id>/<sequence number>.json`, dated by the record's arrival, so that a replay writes
 * the same object. With `HashKeyScope.Stream` the stream's name precedes the shard id.
 */
export function parkedKey(prefix: string, record: SourceRecord, scope: HashKeyScope): string {
  const date = new Date(record.approximateArrivalTimestamp * 1_000).toISOString().slice(0, 10).replaceAll("-", "/");
  const stream = scope === HashKeyScope.Stream ? `${record.streamName}/` : "";
  return `${prefix}${date}/${stream}${record.shardId}/${record.sequenceNumber}.json`;
}

/** The parked object as JSON. */
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
