import { printerOf } from "../../../kernel/json-text.ts";
import type { StreamEntry } from "./batch.ts";

/** The parts of a table stream's record that a mapping reads. */
export interface TableRecord {
  readonly dynamodb: {
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Readonly<Record<string, unknown>>;
    readonly SequenceNumber: string;
  };
}

/** A record of a table's stream, ready for delivery. Its text is made when it is delivered: it waits without a copy. */
export class TableEntry implements StreamEntry {
  readonly sequenceNumber: string;
  readonly arrivedAt: number;
  readonly orderKey: string;
  readonly bytes: number;
  readonly readAt: number;
  readonly #print: () => string;
  readonly #streamArn: string;

  constructor(record: TableRecord, streamArn: string, readAt: number) {
    const { SequenceNumber, ApproximateCreationDateTime, Keys } = record.dynamodb;
    this.#print = printerOf(record);
    this.#streamArn = streamArn;
    this.sequenceNumber = SequenceNumber;
    this.arrivedAt = Math.round(ApproximateCreationDateTime * 1000);
    this.orderKey = JSON.stringify(Object.entries(Keys).sort(([left], [right]) => (left < right ? -1 : 1)));
    this.bytes = Buffer.byteLength(this.json);
    this.readAt = readAt;
  }

  get json(): string {
    return `${this.#print().slice(0, -1)},"eventSourceARN":${JSON.stringify(this.#streamArn)}}`;
  }
}
