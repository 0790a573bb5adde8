import { isAwsManagedKey } from "../../../kernel/kms.ts";
import { tableAttributes } from "../change-indexes.ts";
import { MAX_NON_KEY_ATTRIBUTES } from "../limits.ts";
import type { Table } from "../table.ts";
import { type IndexInputs, indexKeys, type TableInputs } from "./table-inputs.ts";

type Failure = { readonly property: string; readonly reason: string };

/**
 * The mistakes that the schema does not find, one entry each.
 * @param table the existing table with this name, whose values the inputs may leave out.
 */
export function checkTable(inputs: TableInputs, table: Table | undefined): Failure[] {
  return [
    ...(inputs.globalSecondaryIndexes ?? []).flatMap((index) => checkIndex(inputs, index)),
    ...duplicates((inputs.globalSecondaryIndexes ?? []).map((index) => index.name)).map((name) => ({
      property: "globalSecondaryIndexes",
      reason: `Duplicate index name: ${name}`,
    })),
    ...checkAttributes(inputs, table),
    ...checkCapacity(inputs, table),
    ...checkStream(inputs),
    ...checkEncryption(inputs),
    ...(inputs.ttl?.enabled && !inputs.ttl.attributeName
      ? [{ property: "ttl", reason: "attributeName is required when ttl is enabled" }]
      : []),
  ];
}

function checkIndex({ billingMode }: TableInputs, index: IndexInputs): Failure[] {
  const reasons: string[] = [];
  const types = index.keySchemas?.map(({ keyType }) => keyType) ?? [];
  const { hashKey, rangeKey } = indexKeys(index);
  if (hashKey === undefined) reasons.push("hashKey is missing");
  if (types.length > 0 && (index.hashKey !== undefined || index.rangeKey !== undefined)) {
    reasons.push("give either keySchemas, or hashKey and rangeKey");
  }
  if (duplicates(types).length > 0) reasons.push("the local cloud supports one HASH and one RANGE key");
  if (types[0] === "RANGE") reasons.push("in keySchemas the HASH key comes before the RANGE key");
  if (hashKey !== undefined && hashKey === rangeKey) reasons.push("rangeKey must not be the hashKey");
  if (billingMode === "PROVISIONED" && !(index.readCapacity && index.writeCapacity)) {
    reasons.push("readCapacity and writeCapacity must be at least 1 when billingMode is PROVISIONED");
  }
  const nonKeys = index.nonKeyAttributes ?? [];
  if ((index.projectionType === "INCLUDE") !== nonKeys.length > 0) {
    reasons.push("nonKeyAttributes goes with projectionType INCLUDE, and only with it");
  }
  if (nonKeys.length > MAX_NON_KEY_ATTRIBUTES) {
    reasons.push(`nonKeyAttributes has ${nonKeys.length} elements; at most ${MAX_NON_KEY_ATTRIBUTES} are allowed`);
  }
  return reasons.map((reason) => ({
    property: "globalSecondaryIndexes",
    reason: `globalSecondaryIndexes "${index.name}": ${reason}`,
  }));
}

function checkAttributes(inputs: TableInputs, table: Table | undefined): Failure[] {
  const names = (inputs.attributes ?? []).map((attribute) => attribute.name);
  const defined = new Set(names);
  const used = new Set([
    inputs.hashKey,
    ...(inputs.rangeKey === undefined ? [] : [inputs.rangeKey]),
    ...(inputs.globalSecondaryIndexes ?? [])
      .flatMap((index) => Object.values(indexKeys(index)))
      .filter((key) => key !== undefined),
  ]);
  const there = new Set(table ? tableAttributes(table).map((attribute) => attribute.name) : []);
  const missing = [...used].filter((name) => !defined.has(name) && !there.has(name));
  const unused = [...defined].filter((name) => !used.has(name) && !there.has(name));
  const failures: Failure[] = duplicates(names).map((name) => ({
    property: "attributes",
    reason: `Attribute Name is duplicated: ${name}`,
  }));
  if (missing.length > 0) {
    const reason = `all indexes must match a defined attribute. Unmatched indexes: ${missing.join(", ")}`;
    failures.push({ property: "attributes", reason });
  }
  if (unused.length > 0) {
    const reason = `all attributes must be indexed. Unused attributes: ${unused.join(", ")}`;
    failures.push({ property: "attributes", reason });
  }
  if (inputs.rangeKey === inputs.hashKey) {
    failures.push({ property: "rangeKey", reason: "rangeKey must not be the hashKey" });
  }
  return failures;
}

/** An existing table keeps its capacity when the inputs leave it out. */
function checkCapacity(inputs: TableInputs, table: Table | undefined): Failure[] {
  const isProvisioned = inputs.billingMode === "PROVISIONED";
  return (["readCapacity", "writeCapacity"] as const).flatMap((property) => {
    const units = inputs[property];
    if (isProvisioned && !units && !(units === undefined && table)) {
      return [{ property, reason: `${property} must be at least 1 when billingMode is PROVISIONED` }];
    }
    if (!isProvisioned && units) {
      return [{ property, reason: `${property} must not be set when billingMode is PAY_PER_REQUEST` }];
    }
    return [];
  });
}

function checkStream({ streamEnabled, streamViewType }: TableInputs): Failure[] {
  if (streamEnabled && !streamViewType) {
    return [{ property: "streamViewType", reason: "streamViewType is required when streamEnabled is true" }];
  }
  if (!streamEnabled && streamViewType) {
    return [{ property: "streamViewType", reason: "streamViewType must not be set when streamEnabled is not true" }];
  }
  return [];
}

function checkEncryption({ serverSideEncryption }: TableInputs): Failure[] {
  const key = serverSideEncryption?.kmsKeyArn;
  if (!key || isAwsManagedKey(key)) return [];
  const property = "serverSideEncryption";
  if (key.includes("alias/")) {
    return [{ property, reason: `KeyARN must be a key's ARN, not an alias (${key})` }];
  }
  return key.startsWith("arn:") ? [] : [{ property, reason: `kmsKeyArn must be a key's ARN, not "${key}"` }];
}

function duplicates(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
