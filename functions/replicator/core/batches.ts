import type { Item } from "./item-value.ts";

/** BatchWriteItem's limits. */
export const MAX_BATCH_ITEMS = 25;
export const MAX_BATCH_BYTES = 16 * 1_024 * 1_024;

/** An item, and its size by DynamoDB's rules. */
export interface SizedItem {
  readonly item: Item;
  readonly bytes: number;
}

/**
 * Maximum ratio of an item's length in the request to its size: an empty string in a list counts 1 byte and is sent as
 * `{"S":""},`.
 */
const MAX_EXPANSION = 20;
/** Up to this size, 25 items always fit into a request. */
const ALWAYS_FITS_BYTES = Math.floor(MAX_BATCH_BYTES / MAX_BATCH_ITEMS / MAX_EXPANSION);

/** Length of an item in a request: an upper bound for small items, exact for large ones. */
export function requestBytes({ item, bytes }: SizedItem): number {
  return bytes <= ALWAYS_FITS_BYTES ? bytes * MAX_EXPANSION : Buffer.byteLength(JSON.stringify(item)) + 64;
}

/** Groups the entries, in order, into batches for BatchWriteItem. */
export function toBatches<T extends SizedItem>(entries: readonly T[]): T[][] {
  const batches: T[][] = [];
  let batch: T[] = [];
  let batchBytes = 0;
  for (const entry of entries) {
    const bytes = requestBytes(entry);
    if (batch.length > 0 && (batch.length === MAX_BATCH_ITEMS || batchBytes + bytes > MAX_BATCH_BYTES)) {
      batches.push(batch);
      batch = [];
      batchBytes = 0;
    }
    batch.push(entry);
    batchBytes += bytes;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
