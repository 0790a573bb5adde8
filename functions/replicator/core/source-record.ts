import type { KinesisStreamRecord } from "aws-lambda";

/** What a Kinesis record is, apart from its data. */
export interface SourceRecord {
  readonly streamName: string;
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** Seconds since the epoch, with the fraction that Kinesis gave. */
  readonly approximateArrivalTimestamp: number;
  /** As it came: base64. */
  readonly data: string;
}

/** A record that the function was handed in a form that is not Kinesis's. */
export class MalformedRecordError extends Error {
  override readonly name = "MalformedRecordError";
}

/** `arn:aws:kinesis:<region>:<account>:stream/<name>`, with a consumer's name after it for enhanced fan-out. */
const STREAM_NAME = /:stream\/([^/]+)/;

/**
 * Reads the record that Lambda hands over.
 * @throws MalformedRecordError when event id or stream ARN are not in Kinesis's form
 */
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

/** The stream's ARN, without the consumer that an enhanced fan-out mapping adds to it. */
export function streamArnOf(eventSourceARN: string): string {
  return eventSourceARN.replace(/(:stream\/[^/]+)\/consumer\/.*$/, "$1");
}
