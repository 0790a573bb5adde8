import type { StreamEntry } from "./batch.ts";

/** A record as GetRecords returns it: shared with the stream, which keeps it. */
export interface KinesisRecord {
  readonly Data: string;
  readonly PartitionKey: string;
  readonly SequenceNumber: string;
  readonly ApproximateArrivalTimestamp: number;
}

/** What the events of one read have in common. */
export class KinesisEventFrame {
  readonly #shardId: string;
  readonly #end: string;
  /** Bytes of an event without its record. */
  readonly #bytes: number;

  constructor(common: { shardId: string; invokeIdentityArn: string; awsRegion: string; eventSourceARN: string }) {
    const { shardId, ...end } = common;
    this.#shardId = shardId;
    this.#end = JSON.stringify({ eventName: "aws:kinesis:record", ...end }).slice(1);
    this.#bytes = Buffer.byteLength(this.#print("", "", "", ""));
  }

  /** The event of a record in Lambda's form. */
  json({ Data, PartitionKey, SequenceNumber, ApproximateArrivalTimestamp }: KinesisRecord): string {
    return this.#print(JSON.stringify(PartitionKey), SequenceNumber, Data, String(ApproximateArrivalTimestamp));
  }

  /** Bytes of `json`, without printing the data, which is in base64. */
  bytes({ Data, PartitionKey, SequenceNumber, ApproximateArrivalTimestamp }: KinesisRecord): number {
    const numbers = 2 * SequenceNumber.length + String(ApproximateArrivalTimestamp).length;
    return this.#bytes + Buffer.byteLength(JSON.stringify(PartitionKey)) + Data.length + numbers;
  }

  /** By hand, because every event passes here: sequence numbers and base64 need no escapes. */
  #print(key: string, sequenceNumber: string, data: string, arrival: string): string {
    return (
      `{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":${key},"sequenceNumber":"${sequenceNumber}",` +
      `"data":"${data}","approximateArrivalTimestamp":${arrival}},"eventSource":"aws:kinesis","eventVersion":"1.0",` +
      `"eventID":"${this.#shardId}:${sequenceNumber}",${this.#end}`
    );
  }
}

/** A record of a Kinesis stream, ready for delivery. Its text is made when it is delivered: it waits without a copy. */
export class KinesisEntry implements StreamEntry {
  readonly sequenceNumber: string;
  readonly arrivedAt: number;
  readonly orderKey: string;
  readonly bytes: number;
  readonly readAt: number;
  readonly #record: KinesisRecord;
  readonly #frame: KinesisEventFrame;

  constructor(record: KinesisRecord, frame: KinesisEventFrame, readAt: number) {
    this.sequenceNumber = record.SequenceNumber;
    this.arrivedAt = Math.round(record.ApproximateArrivalTimestamp * 1000);
    this.orderKey = record.PartitionKey;
    this.bytes = frame.bytes(record);
    this.readAt = readAt;
    this.#record = record;
    this.#frame = frame;
  }

  get json(): string {
    return this.#frame.json(this.#record);
  }
}
