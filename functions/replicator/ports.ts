import type { EncodedItem } from "./core/item-value.ts";

/** The destination of items. */
export interface TableWriter {
  /**
   * Puts up to 25 items with distinct keys; replaces existing items.
   * @returns positions of the items that were not stored and may be sent again
   * @throws the service's error, for all items
   */
  write(items: readonly EncodedItem[], signal: AbortSignal): Promise<readonly number[]>;
}
