import { MAX_BATCH_ITEMS } from "../../../functions/replicator/core/batches.ts";
import type { EncodedItem, Item } from "../../../functions/replicator/core/item-value.ts";
import type { TableWriter } from "../../../functions/replicator/ports.ts";
import { awsError } from "./aws-error.ts";
import { itemOf, keyOf } from "./encoded-items.ts";

/** A table in memory that refuses what DynamoDB refuses of a request, and what a test tells it to. */
export class MemoryTable implements TableWriter {
  readonly items = new Map<string, Item>();
  readonly calls: number[] = [];
  /** May throw, wait, or give positions that are left unprocessed. */
  before: (items: readonly Item[], callNumber: number) => readonly number[] | Promise<readonly number[]> = () => [];
  /** The message with which an item is refused. */
  refusal: (item: Item) => string | undefined = () => undefined;

  async write(encoded: readonly EncodedItem[]): Promise<readonly number[]> {
    this.calls.push(encoded.length);
    const callNumber = this.calls.length;
    const items = encoded.map(itemOf);
    if (items.length > MAX_BATCH_ITEMS) throw awsError("ValidationException", { message: "Too many items requested" });
    if (new Set(items.map(keyOf)).size < items.length) {
      throw awsError("ValidationException", { message: "Provided list of item keys contains duplicates" });
    }
    const unprocessed = await this.before(items, callNumber);
    for (const item of items) {
      const message = this.refusal(item);
      if (message !== undefined) throw awsError("ValidationException", { message });
    }
    for (const [index, item] of items.entries()) if (!unprocessed.includes(index)) this.items.set(keyOf(item), item);
    return unprocessed;
  }
}
