import { encodeItem, type WireItem } from "./attribute-value.ts";
import { type KeySchema, keyAttributes, type SortableKey } from "./keys.ts";
import { type Entry, SortedEntries } from "./sorted-entries.ts";
import type { StoredItem } from "./stored-item.ts";

/** The settings of a global secondary index. */
export interface IndexSettings {
  readonly name: string;
  readonly schema: KeySchema;
  readonly projectionType: "ALL" | "KEYS_ONLY" | "INCLUDE";
  /** In alphabetical order, as AWS returns them. */
  readonly nonKeyAttributes: readonly string[];
  readonly readCapacity: number;
  readonly writeCapacity: number;
}

/** The entry of an item in an index. */
export interface IndexEntry extends Entry {
  readonly item: StoredItem;
}

/** One global secondary index and its entries. */
export class TableIndex {
  settings: IndexSettings;
  readonly entries = new SortedEntries<IndexEntry>();
  /** Names of the projected attributes; undefined for all. */
  readonly projected: ReadonlySet<string> | undefined;

  constructor(settings: IndexSettings, tableSchema: KeySchema) {
    this.settings = settings;
    const keys = [...keyAttributes(tableSchema), ...keyAttributes(settings.schema)].map(({ name }) => name);
    this.projected = settings.projectionType === "ALL" ? undefined : new Set([...keys, ...settings.nonKeyAttributes]);
  }

  /** Applies settings that need no new index (capacity); false when key or projection differ. */
  update(settings: IndexSettings): boolean {
    if (!this.isSameShape(settings)) return false;
    this.settings = settings;
    return true;
  }

  /** Whether key and projection are the same. */
  isSameShape(settings: IndexSettings): boolean {
    const shape = ({ schema, projectionType, nonKeyAttributes }: IndexSettings) =>
      JSON.stringify([schema.hash, schema.range, projectionType, nonKeyAttributes]);
    return shape(settings) === shape(this.settings);
  }

  /** Replaces the entry of an item that changed in the table. */
  replace(old: StoredItem | undefined, item: StoredItem | undefined): void {
    const oldKey = old?.indexKeys?.get(this.settings.name);
    const key = item?.indexKeys?.get(this.settings.name);
    if (old && oldKey) this.entries.delete({ ...oldKey, tie: tieOf(old) });
    if (item && key) this.entries.set({ ...key, tie: tieOf(item), item });
  }

  /** Total size of the projected items. */
  bytes(): number {
    let sum = 0;
    for (const { item } of this.entries.scan(0, 1)) {
      sum += this.projected ? encodeItem(this.project(JSON.parse(item.json) as WireItem)).bytes : item.bytes;
    }
    return sum;
  }

  /** The projected attributes of an item. */
  project(item: WireItem): WireItem {
    const { projected } = this;
    if (!projected) return item;
    return Object.fromEntries(Object.entries(item).filter(([name]) => projected.has(name)));
  }
}

/** The tie-breaker among the entries of one index key: the key of the table. */
export function tieOf(key: SortableKey): string {
  return `${key.hash}\u0000${key.range}`;
}
