import type { EncodedItem } from "./item-value.ts";

/** BatchWriteItem's limit of items. */
export const MAX_BATCH_ITEMS = 25;
/** BatchWriteItem's limit of a request, "16 MB", in bytes. Read as decimal, it holds for both readings. */
export const MAX_BATCH_BYTES = 16_000_000;

/** What an item has around it in a request, `{"PutRequest":{"Item":` … `}},`, and what a request has around its items. */
const WRAPPER_BYTES = 28;
const ENVELOPE_BYTES = 512;

/** Groups the items, in order, into batches for BatchWriteItem. Takes no item before the batch is asked for. */
export function* toBatches<T extends EncodedItem>(entries: Iterable<T>): Generator<T[], void, undefined> {
  let batch: T[] = [];
  let batchBytes = ENVELOPE_BYTES;
  for (const entry of entries) {
    const bytes = entry.end - entry.start + WRAPPER_BYTES;
    if (batch.length > 0 && batchBytes + bytes > MAX_BATCH_BYTES) {
      yield batch;
      batch = [];
      batchBytes = ENVELOPE_BYTES;
    }
    batch.push(entry);
    batchBytes += bytes;
    if (batch.length === MAX_BATCH_ITEMS) {
      yield batch;
      batch = [];
      batchBytes = ENVELOPE_BYTES;
    }
  }
  if (batch.length > 0) yield batch;
}
