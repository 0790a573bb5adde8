import type { KinesisStreamRecord } from "aws-lambda";

/** A Kinesis record. */
export interface SourceRecord {
  readonly streamName: string;
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** Seconds since the epoch, with Kinesis's fraction. */
  readonly approximateArrivalTimestamp: number;
  /** Base64, unchanged. */
  readonly data: string;
}

/** A record of the event that is not a Kinesis record. */
export class MalformedRecordError extends Error {
  override readonly name = "MalformedRecordError";
}

/** `arn:aws:kinesis:<region>:<account>:stream/<name>`, followed by a consumer for enhanced fan-out. */
const STREAM_NAME = /:stream\/([^/]+)/;

/** Reads a record of Lambda's event. @throws MalformedRecordError when event id or stream ARN is not Kinesis's */
export function toSourceRecord({ eventID, eventSourceARN, kinesis }: KinesisStreamRecord): SourceRecord {
  const shardId = eventID.slice(0, eventID.indexOf(":"));
  const streamName = STREAM_NAME.exec(eventSourceARN)?.[1];
  if (!shardId.startsWith("shardId-") || streamName === undefined) {
    throw new MalformedRecordError(
      `a record with eventID "${eventID}" of "${eventSourceARN}" is not a Kinesis record; expected "shardId-…:<sequence number>" of "…:stream/<name>"`,
    );
  }
  return {
    streamName,
    shardId,
    sequenceNumber: kinesis.sequenceNumber,
    partitionKey: kinesis.partitionKey,
    approximateArrivalTimestamp: kinesis.approximateArrivalTimestamp,
    data: kinesis.data,
  };
}

/** The stream's ARN, without the consumer of an enhanced fan-out mapping. */
export function streamArnOf(eventSourceARN: string): string {
  return eventSourceARN.replace(/(:stream\/[^/]+)\/consumer\/.*$/, "$1");
}
