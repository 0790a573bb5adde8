import type { EncodedItem } from "./item-value.ts";

/** BatchWriteItem's limits. */
export const MAX_BATCH_ITEMS = 25;
export const MAX_BATCH_BYTES = 16 * 1_024 * 1_024;

/** What an item has around it in a request, `{"PutRequest":{"Item":` … `}},`, and what a request has around its items. */
const WRAPPER_BYTES = 28;
const ENVELOPE_BYTES = 512;

/** Groups the items, in order, into batches for BatchWriteItem. */
export function toBatches<T extends EncodedItem>(entries: readonly T[]): T[][] {
  const batches: T[][] = [];
  let batch: T[] = [];
  let batchBytes = ENVELOPE_BYTES;
  for (const entry of entries) {
    const bytes = entry.end - entry.start + WRAPPER_BYTES;
    if (batch.length > 0 && (batch.length === MAX_BATCH_ITEMS || batchBytes + bytes > MAX_BATCH_BYTES)) {
      batches.push(batch);
      batch = [];
      batchBytes = ENVELOPE_BYTES;
    }
    batch.push(entry);
    batchBytes += bytes;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
