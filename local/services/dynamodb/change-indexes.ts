import { AwsError } from "../../kernel/errors.ts";
import { invalid } from "./errors.ts";
import { type KeyAttribute, type KeySchema, type KeyType, keyAttributes } from "./keys.ts";
import { MAX_INDEXES, MAX_NON_KEY_ATTRIBUTES } from "./limits.ts";
import type { Table } from "./table.ts";
import type { IndexSettings } from "./table-index.ts";
import type { TableSettings } from "./table-settings.ts";
import { type Throughput, unchangedThroughput } from "./throughput.ts";

/** An action of UpdateTable on an index. */
export type IndexUpdate =
  | { readonly create: NewIndex }
  | { readonly update: { readonly name: string; readonly throughput: Throughput } }
  | { readonly delete: { readonly name: string } };

/** An index to be created. */
export interface NewIndex {
  readonly name: string;
  readonly hashKey: string;
  readonly rangeKey: string | undefined;
  readonly projectionType: IndexSettings["projectionType"];
  readonly nonKeyAttributes: readonly string[];
  readonly throughput: Throughput | undefined;
}

/**
 * The indexes of the table after these actions; the table is not changed.
 * @param billingMode of the table after the change.
 * @param attributes types of the key attributes of new indexes; attributes that are part of a key already keep theirs.
 * @throws AwsError in AWS's words.
 */
export function changedIndexes(
  table: Table,
  updates: readonly IndexUpdate[],
  billingMode: TableSettings["billingMode"],
  attributes: readonly KeyAttribute[],
): IndexSettings[] {
  const indexes = new Map([...table.indexes].map(([name, { settings }]) => [name, settings]));
  for (const update of updates) {
    const name = nameOf(update);
    if ("create" in update) {
      indexes.set(name, newIndex(table, update.create, billingMode, attributes));
      continue;
    }
    const current = indexes.get(name);
    if (!current) {
      throw new AwsError(
        "ResourceNotFoundException",
        `Requested resource not found: Index ${name} for table ${table.name} not found`,
      );
    }
    if ("delete" in update) indexes.delete(name);
    else indexes.set(name, withThroughput(current, update.update.throughput, table, billingMode));
  }
  if (indexes.size > MAX_INDEXES) {
    throw new AwsError(
      "LimitExceededException",
      `Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of ${MAX_INDEXES}`,
    );
  }
  return [...indexes.values()].map((index) => forBilling(index, table, updates, billingMode));
}

function nameOf(update: IndexUpdate): string {
  if ("create" in update) return update.create.name;
  return "update" in update ? update.update.name : update.delete.name;
}

/** @throws AwsError for two actions on one index, and for more than one created or deleted index. */
export function assertOneOfEach(updates: readonly IndexUpdate[]): void {
  const names = updates.map(nameOf);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw invalid(`Only one global secondary index update per index is allowed simultaneously. Index: ${twice}`);
  }
  if (updates.filter((update) => !("update" in update)).length > 1) {
    throw new AwsError(
      "LimitExceededException",
      "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
    );
  }
}

function newIndex(
  table: Table,
  index: NewIndex,
  billingMode: TableSettings["billingMode"],
  attributes: readonly KeyAttribute[],
): IndexSettings {
  if (table.indexes.has(index.name)) {
    throw new AwsError("ValidationException", "Attempting to create an index which already exists");
  }
  const nonKeys = [...index.nonKeyAttributes].sort();
  if ((index.projectionType === "INCLUDE") !== nonKeys.length > 0) {
    const given = nonKeys.length > 0 ? "specified" : "not specified";
    throw invalid(`ProjectionType is ${index.projectionType}, but NonKeyAttributes is ${given}`);
  }
  if (nonKeys.length > MAX_NON_KEY_ATTRIBUTES) {
    throw invalid(`NonKeyAttributes has more than ${MAX_NON_KEY_ATTRIBUTES} elements for index: ${index.name}`);
  }
  if (billingMode === "PROVISIONED" && !index.throughput) {
    throw invalid(`ProvisionedThroughput must be specified for index: ${index.name}`);
  }
  if (billingMode === "PAY_PER_REQUEST" && index.throughput) {
    throw invalid(
      `Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: ${index.name} when BillingMode is PAY_PER_REQUEST`,
    );
  }
  return {
    name: index.name,
    schema: schemaOf(table, index, attributes),
    projectionType: index.projectionType,
    nonKeyAttributes: nonKeys,
    readCapacity: index.throughput?.read ?? 0,
    writeCapacity: index.throughput?.write ?? 0,
  };
}

function schemaOf(table: Table, index: NewIndex, attributes: readonly KeyAttribute[]): KeySchema {
  const known = new Map<string, KeyType>(attributes.map(({ name, type }) => [name, type]));
  for (const { name, type } of tableAttributes(table)) known.set(name, type);
  const attribute = (name: string): KeyAttribute => {
    const type = known.get(name);
    if (type === undefined) throw invalid(`AttributeDefinitions is not specified for index: ${index.name}`);
    return { name, type };
  };
  return {
    hash: attribute(index.hashKey),
    range: index.rangeKey === undefined ? undefined : attribute(index.rangeKey),
  };
}

/** The key attributes of a table and its indexes, by name, as DescribeTable lists them. */
export function tableAttributes(table: Table): readonly KeyAttribute[] {
  const schemas = [table.schema, ...[...table.indexes.values()].map(({ settings }) => settings.schema)];
  const attributes = new Map(schemas.flatMap(keyAttributes).map((attribute) => [attribute.name, attribute]));
  return [...attributes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function withThroughput(
  index: IndexSettings,
  { read, write }: Throughput,
  table: Table,
  billingMode: TableSettings["billingMode"],
): IndexSettings {
  if (billingMode === "PAY_PER_REQUEST") {
    throw invalid(
      `The only Updates for index: ${index.name} when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput`,
    );
  }
  const isSame = read === index.readCapacity && write === index.writeCapacity;
  if (isSame && table.settings.billingMode === billingMode) {
    throw unchangedThroughput(`index ${index.name}`, "index", { read, write });
  }
  return { ...index, readCapacity: read, writeCapacity: write };
}

/** An index of an on-demand table has no capacity; when the table becomes provisioned, each needs one. */
function forBilling(
  index: IndexSettings,
  table: Table,
  updates: readonly IndexUpdate[],
  billingMode: TableSettings["billingMode"],
): IndexSettings {
  if (billingMode === "PAY_PER_REQUEST") return { ...index, readCapacity: 0, writeCapacity: 0 };
  const isTold = updates.some((update) => !("delete" in update) && nameOf(update) === index.name);
  if (table.settings.billingMode === billingMode || isTold) return index;
  throw invalid(`ProvisionedThroughput must be specified for index: ${index.name}`);
}
