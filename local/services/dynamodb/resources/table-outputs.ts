import type { Properties } from "../../../resource-types/resource-type.ts";
import { isRecord, withoutUndefined } from "../../../resource-types/wire-values.ts";
import { tableAttributes } from "../change-indexes.ts";
import type { Table } from "../table.ts";
import type { IndexSettings } from "../table-index.ts";

/**
 * The outputs of a table.
 * @param state the inputs, or the outputs before, for what DynamoDB does not store.
 */
export function outputsOf(table: Table, state: Properties): Properties {
  const { settings } = table;
  const latest = table.stream ?? table.latestStream;
  return withoutUndefined({
    name: table.name,
    arn: table.arn,
    attributes: inOrderOf(state["attributes"], tableAttributes(table)),
    hashKey: table.schema.hash.name,
    rangeKey: table.schema.range?.name,
    globalSecondaryIndexes: indexOutputs(table, state["globalSecondaryIndexes"]),
    billingMode: settings.billingMode,
    readCapacity: settings.readCapacity,
    writeCapacity: settings.writeCapacity,
    streamEnabled: table.stream !== undefined,
    streamArn: latest?.arn ?? "",
    streamLabel: latest?.label ?? "",
    // For a disabled stream the real provider keeps the value of the state.
    streamViewType: table.stream?.viewType ?? state["streamViewType"] ?? "",
    ttl: { attributeName: settings.ttlAttribute ?? "", enabled: settings.ttlAttribute !== undefined },
    pointInTimeRecovery: {
      enabled: settings.recovery !== undefined,
      recoveryPeriodInDays: settings.recovery?.days,
    },
    serverSideEncryption: { enabled: settings.isEncryptedByKms, kmsKeyArn: settings.kmsKeyArn ?? "" },
    deletionProtectionEnabled: settings.isDeletionProtected,
    tableClass: settings.tableClass,
    tags: settings.tags,
  }) as Properties;
}

/**
 * Indexes in the order and form of the state: its `keySchemas`, and on-demand its capacities, which are without effect.
 */
function indexOutputs({ indexes, settings }: Table, state: unknown): readonly unknown[] {
  const known = new Map(records(state).map((index) => [index["name"], index]));
  const isOnDemand = settings.billingMode === "PAY_PER_REQUEST";
  const found = [...indexes.values()].map(({ settings: index }) => {
    const before = known.get(index.name) ?? {};
    const { readCapacity, writeCapacity } = isOnDemand ? before : index;
    return {
      name: index.name,
      ...keysOf(index, before),
      projectionType: index.projectionType,
      nonKeyAttributes: nonKeysOf(index, before["nonKeyAttributes"]),
      readCapacity,
      writeCapacity,
    };
  });
  return inOrderOf(state, found);
}

function keysOf({ schema }: IndexSettings, before: Readonly<Record<string, unknown>>): object {
  if (!Array.isArray(before["keySchemas"])) return { hashKey: schema.hash.name, rangeKey: schema.range?.name };
  const range = schema.range ? [{ attributeName: schema.range.name, keyType: "RANGE" }] : [];
  return { keySchemas: [{ attributeName: schema.hash.name, keyType: "HASH" }, ...range] };
}

function nonKeysOf({ nonKeyAttributes: names }: IndexSettings, before: unknown): unknown {
  if (names.length === 0) return before;
  return Array.isArray(before) ? sortedAs(before, names, (name) => name) : names;
}

/** Sorts by the order of the names in the state; others come last. */
function inOrderOf<T extends { readonly name: string }>(state: unknown, found: readonly T[]): readonly T[] {
  const names = records(state).map(({ name }) => name);
  return sortedAs(names, found, ({ name }) => name);
}

function sortedAs<T>(order: readonly unknown[], found: readonly T[], nameOf: (each: T) => string): readonly T[] {
  const place = (each: T) => (order.includes(nameOf(each)) ? order.indexOf(nameOf(each)) : order.length);
  return [...found].sort((a, b) => place(a) - place(b));
}

function records(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
