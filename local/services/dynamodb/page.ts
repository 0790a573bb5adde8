import { AwsError } from "../../kernel/errors.ts";
import type { WireItem } from "./attribute-value.ts";
import { exactKey, indexKey, type KeySchema, keyAttributes, primaryKey } from "./keys.ts";
import { PAGE_BYTES } from "./limits.ts";
import type { Entry, SortedEntries } from "./sorted-entries.ts";
import type { StoredItem } from "./stored-item.ts";
import type { Table } from "./table.ts";
import { type IndexEntry, tieOf } from "./table-index.ts";

/** The target of a Query or Scan: a table or one of its indexes. */
export interface ReadTarget {
  readonly tableName: string;
  readonly schema: KeySchema;
  readonly tableSchema: KeySchema;
  /** Undefined for the table itself. */
  readonly indexName: string | undefined;
  /** Whether it has all attributes of the items. */
  readonly isWhole: boolean;
  readonly entries: SortedEntries<StoredItem | IndexEntry>;
  itemOf(entry: StoredItem | IndexEntry): StoredItem;
  project(item: WireItem): WireItem;
}

/** The table, or its index with that name. @throws AwsError ValidationException when there is no such index. */
export function targetOf(table: Table, indexName: string | undefined): ReadTarget {
  if (indexName === undefined) {
    return {
      tableName: table.name,
      schema: table.schema,
      tableSchema: table.schema,
      indexName,
      isWhole: true,
      entries: table.items as SortedEntries<StoredItem | IndexEntry>,
      itemOf: (entry) => entry as StoredItem,
      project: (item) => item,
    };
  }
  const index = table.indexes.get(indexName);
  if (!index) {
    throw new AwsError("ValidationException", `The table does not have the specified index: ${indexName}`);
  }
  return {
    tableName: table.name,
    schema: index.settings.schema,
    tableSchema: table.schema,
    indexName,
    isWhole: index.settings.projectionType === "ALL",
    entries: index.entries as SortedEntries<StoredItem | IndexEntry>,
    itemOf: (entry) => (entry as IndexEntry).item,
    project: (item) => index.project(item),
  };
}

/**
 * The entry of an ExclusiveStartKey.
 * @param operation Query and Scan differ in their messages for a key that is not the table's.
 * @throws AwsError ValidationException for a key with other attributes than the target's.
 */
export function startEntry(target: ReadTarget, key: WireItem, operation: "Query" | "Scan"): Entry {
  const expected = keyNames(target);
  const isComplete = Object.keys(key).length === expected.length;
  if (target.indexName === undefined) {
    if (operation === "Query" && !isComplete) throw invalidStart();
    try {
      return { ...exactKey(target.schema, key), tie: "" };
    } catch (error) {
      if (operation === "Query" || !(error instanceof AwsError)) throw error;
      throw invalidStart(`: ${error.message}`);
    }
  }
  const own = isComplete && expected.every((name) => Object.hasOwn(key, name));
  const index = own ? indexKey(target.indexName, target.schema, key) : undefined;
  if (!index) throw invalidStart();
  return { ...index, tie: tieOf(primaryKey(target.tableSchema, key)) };
}

function invalidStart(why = ""): AwsError {
  return new AwsError("ValidationException", `The provided starting key is invalid${why}`);
}

/** Reads entries up to the limit or 1 MB. Without `lastKey` the entries are exhausted. */
export function readPage(
  target: ReadTarget,
  entries: Iterable<StoredItem | IndexEntry>,
  limit: number | undefined,
): { items: StoredItem[]; bytes: number; lastKey: WireItem | undefined } {
  const items: StoredItem[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const item = target.itemOf(entry);
    items.push(item);
    bytes += item.bytes;
    if (items.length === limit || bytes >= PAGE_BYTES) return { items, bytes, lastKey: lastKeyOf(target, item) };
  }
  return { items, bytes, lastKey: undefined };
}

function lastKeyOf(target: ReadTarget, item: StoredItem): WireItem {
  const wire = JSON.parse(item.json) as WireItem;
  return Object.fromEntries(keyNames(target).map((name) => [name, wire[name]]));
}

function keyNames(target: ReadTarget): string[] {
  const attributes = [...keyAttributes(target.tableSchema), ...keyAttributes(target.schema)];
  return [...new Set(attributes.map(({ name }) => name))];
}
