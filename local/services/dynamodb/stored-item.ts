import type { EncodedItem } from "./attribute-value.ts";
import type { SortableKey } from "./keys.ts";
import type { Entry } from "./sorted-entries.ts";

/** An item in a table: its JSON text, its size, and its keys. */
export interface StoredItem extends Entry, EncodedItem {
  /** When TTL deletes it, milliseconds since the epoch. */
  readonly expiresAt: number | undefined;
  /** Its key in each index of the table, by the name of the index. */
  readonly indexKeys: ReadonlyMap<string, SortableKey> | undefined;
}
