import type { IndexedAttribute, IndexKeyArgs, TableIndexArgs } from "./args.ts";

/** The keys of all indexes, each attribute once. */
export function indexKeys(indexes: readonly TableIndexArgs[]): IndexKeyArgs[] {
  const keys = indexes.flatMap((index) => [index.hashKey, ...(index.rangeKey ? [index.rangeKey] : [])]);
  return [...new Map(keys.map((key) => [key.attribute, key])).values()];
}

/** The attributes that a writer copies from each event for these indexes. */
export function indexedAttributes(indexes: readonly TableIndexArgs[]): IndexedAttribute[] {
  return indexKeys(indexes).map(({ attribute, path }) => ({ attribute, path }));
}
