import { TokenBucket } from "../../kernel/token-bucket.ts";
import { BURST_SECONDS, WRITE_UNIT_BYTES } from "./limits.ts";
import type { StoredItem } from "./stored-item.ts";
import type { IndexSettings } from "./table-index.ts";
import type { TableSettings } from "./table-settings.ts";

/**
 * The write capacity of a provisioned table and its indexes, in cloud time: it begins with that of one second, and
 * unused capacity accumulates for up to five minutes. An on-demand table has no limit. (AWS also limits a partition to
 * 1,000 units per second, and reads: neither is simulated.)
 */
export class Capacity {
  readonly #table: TokenBucket | undefined;
  readonly #indexes = new Map<string, TokenBucket>();

  constructor(settings: TableSettings, indexes: readonly IndexSettings[], now: number) {
    if (settings.billingMode === "PAY_PER_REQUEST") return;
    this.#table = bucket(settings.writeCapacity, now);
    for (const index of indexes) this.#indexes.set(index.name, bucket(index.writeCapacity, now));
  }

  /**
   * Takes the units of a write from the table and each affected index; false, and nothing is taken, when one has too
   * few.
   */
  take(item: StoredItem | undefined, old: StoredItem | undefined, now: number): boolean {
    if (!this.#table) return true;
    const units = writeUnits(item, old);
    const touched = [this.#table];
    for (const [name, tokens] of this.#indexes) {
      if (item?.indexKeys?.has(name) || old?.indexKeys?.has(name)) touched.push(tokens);
    }
    if (!touched.every((tokens) => tokens.has(units, now))) return false;
    for (const tokens of touched) tokens.take(units);
    return true;
  }
}

/** Write units of a write: one for each KiB of the larger of the item before and after. */
export function writeUnits(item: StoredItem | undefined, old: StoredItem | undefined): number {
  return Math.max(1, Math.ceil(Math.max(item?.bytes ?? 0, old?.bytes ?? 0) / WRITE_UNIT_BYTES));
}

function bucket(perSecond: number, now: number): TokenBucket {
  return new TokenBucket({ perSecond, capacity: perSecond * BURST_SECONDS, initial: perSecond, now });
}
