import { tableItems as allItems, archivedItems, streamRecords, type View } from "../../local/ledger/collect.ts";
import type { SentEvent } from "../../local/producer/producer.ts";
import type { TestSystem } from "./system.ts";

/** A DynamoDB attribute value in wire format, of the types that events have. */
export interface WireValue {
  readonly S?: string;
  readonly N?: string;
  readonly BOOL?: boolean;
  readonly NULL?: true;
  readonly L?: readonly WireValue[];
  readonly M?: Readonly<Record<string, WireValue>>;
}

/** A number with its original text. */
export interface NumberText {
  readonly number: string;
}

/** The JSON value of an attribute value; numbers as doubles. Independent of the functions' conversion. */
export function plain(value: WireValue): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.NULL) return null;
  if (value.L) return value.L.map(plain);
  if (value.M) return Object.fromEntries(Object.entries(value.M).map(([name, member]) => [name, plain(member)]));
  throw new Error(`no JSON value: ${JSON.stringify(value)}`);
}

/** The table's items by `shardId/sequenceNumber`. */
export async function tableItems(system: TestSystem): Promise<Map<string, Record<string, WireValue>>> {
  const items = new Map<string, Record<string, WireValue>>();
  const { target } = system.ledgerSources;
  for await (const { id, item } of allItems(target, target.tableName)) items.set(id, item as Record<string, WireValue>);
  return items;
}

/** The archive's lines by `shardId/sequenceNumber`: the text of each. */
export async function archiveLines(system: TestSystem): Promise<Map<string, string[]>> {
  const lines = new Map<string, string[]>();
  for await (const { id, line } of archivedItems(
    system.ledgerSources.target,
    system.ledgerSources.target.archiveBucketName,
  )) {
    lines.set(id, [...(lines.get(id) ?? []), line]);
  }
  return lines;
}

/** The stream's records by `shardId/sequenceNumber`: the bytes of each. */
export async function streamBytes(system: TestSystem): Promise<Map<string, Buffer>> {
  const records = new Map<string, Buffer>();
  const view: View = system.ledgerSources.source;
  for await (const { id, data } of streamRecords(view, system.ledgerSources.source.streamName))
    records.set(id, Buffer.from(data, "base64"));
  return records;
}

/** The record of an accepted event, or undefined. */
export function idOf(event: SentEvent): string | undefined {
  return event.outcome.kind === "accepted" ? `${event.outcome.shardId}/${event.outcome.sequenceNumber}` : undefined;
}
