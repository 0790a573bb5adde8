import { sampleEvents } from "../../local/sample/web-analytics.ts";

/** Bytes of one event in each place that still holds it at the end of a run, on average. */
export interface Copies {
  /** The producer's line, for the ledger. */
  readonly sent: number;
  /** The stream's record: base64, and its partition key and sequence number. */
  readonly streamed: number;
  /** The table's item in DynamoDB's JSON, which the record of the table's stream shares. */
  readonly stored: number;
  /** The line in the archive. */
  readonly archived: number;
}

/** Partition key and sequence number of a record. */
const RECORD_NAMES_BYTES = 20 + 56;
/** The item's attributes besides the event: keys, shard, sequence number, stream, arrival. Measured on a run. */
const ITEM_FRAME_BYTES = 330;
/** The same in a line of the archive, which has no types, and what it says of the change. Measured on a run. */
const LINE_FRAME_BYTES = 470;

/** The copies of the built-in sample's events. */
export function copiesOf(events: number): Copies {
  let [sent, streamed, typed] = [0, 0, 0];
  for (const line of sampleEvents({ count: events, seed: 1 })) {
    const bytes = Buffer.byteLength(line);
    sent += bytes;
    streamed += 4 * Math.ceil(bytes / 3);
    typed += typedBytes(JSON.parse(line));
  }
  return {
    sent: sent / events,
    streamed: streamed / events + RECORD_NAMES_BYTES,
    stored: typed / events + ITEM_FRAME_BYTES,
    archived: sent / events + LINE_FRAME_BYTES,
  };
}

/** Bytes of a value in DynamoDB's JSON. */
export function typedBytes(value: unknown): number {
  const quotes = 2;
  if (value === null) return '{"NULL":true}'.length;
  if (typeof value === "boolean") return `{"BOOL":${value}}`.length;
  if (typeof value === "number") return '{"N":}'.length + String(value).length + quotes;
  if (typeof value === "string") return '{"S":}'.length + Buffer.byteLength(JSON.stringify(value));
  const commas = (count: number): number => Math.max(0, count - 1);
  if (Array.isArray(value)) {
    return value.reduce((sum: number, one) => sum + typedBytes(one), '{"L":[]}'.length + commas(value.length));
  }
  const members = Object.entries(value as object);
  return members.reduce(
    (sum, [name, one]) => sum + Buffer.byteLength(JSON.stringify(name)) + ":".length + typedBytes(one),
    '{"M":{}}'.length + commas(members.length),
  );
}
