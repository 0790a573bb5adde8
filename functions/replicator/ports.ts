import type { Item } from "./core/item-value.ts";

/** Where items are stored. */
export interface TableWriter {
  /**
   * Puts up to 25 items of different keys; items of those keys are replaced.
   * @returns positions of the items that were not stored and may be sent again
   * @throws the service's own error, for all of them
   */
  write(items: readonly Item[], signal: AbortSignal): Promise<readonly number[]>;
}
