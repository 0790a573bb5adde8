import type { EncodedItem, Item } from "../../../functions/replicator/core/item-value.ts";

/** An item as its bytes. */
export function encoded(item: Item, bytes = 10): EncodedItem {
  const buffer = Buffer.from(JSON.stringify(item));
  return { key: keyOf(item), buffer, start: 0, end: buffer.length, bytes };
}

/** The text of an item's bytes. */
export function textOf({ buffer, start, end }: EncodedItem): string {
  return buffer.toString("utf8", start, end);
}

/** The item that bytes stand for. */
export function itemOf(item: EncodedItem): Item {
  return JSON.parse(textOf(item)) as Item;
}

/** The key of an item as text. */
export function keyOf(item: Item): string {
  const text = (name: string): string => (item[name] as { S: string } | undefined)?.S ?? "";
  return `${text("seqNumbershardIdHash")} ${text("sequenceNumber")}`;
}
