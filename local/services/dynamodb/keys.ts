import { AwsError } from "../../kernel/errors.ts";
import { type AttributeValue, typeOf, type WireItem } from "./attribute-value.ts";
import { MAX_HASH_KEY_BYTES, MAX_RANGE_KEY_BYTES } from "./limits.ts";
import { normalizeNumber, sortableNumber } from "./number.ts";

/** Type of a key attribute. */
export type KeyType = "S" | "N" | "B";

export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

/** The key schema of a table or an index. */
export interface KeySchema {
  readonly hash: KeyAttribute;
  readonly range?: KeyAttribute | undefined;
}

/** A key as two texts in DynamoDB's sort order; `range` is "" for a key without one. */
export interface SortableKey {
  readonly hash: string;
  readonly range: string;
}

/** The attributes of a key, hash first. */
export function keyAttributes(schema: KeySchema): readonly KeyAttribute[] {
  return schema.range ? [schema.hash, schema.range] : [schema.hash];
}

/**
 * A text in the sort order of the value: numbers by value, strings by UTF-8, binaries by bytes.
 * @param value of type `type`.
 */
export function sortable(value: AttributeValue, type: KeyType): string {
  const content = value[type] as string;
  if (type === "N") return sortableNumber(normalizeNumber(content));
  if (type === "B") return Buffer.from(content, "base64").toString("latin1");
  return isAscii(content) ? content : Buffer.from(content).toString("latin1");
}

/**
 * The primary key of an item.
 * @throws AwsError ValidationException for one that is missing, mistyped, empty or too long.
 */
export function primaryKey(schema: KeySchema, item: WireItem): SortableKey {
  const hash = keyPart(schema.hash, item, MAX_HASH_KEY_BYTES);
  return { hash, range: schema.range ? keyPart(schema.range, item, MAX_RANGE_KEY_BYTES) : "" };
}

/** The key of a Get, Delete or ExclusiveStartKey, which must have exactly the key attributes. */
export function exactKey(schema: KeySchema, key: WireItem): SortableKey {
  if (Object.keys(key).length !== keyAttributes(schema).length) throw schemaMismatch();
  return keyIn(schema, key);
}

/**
 * The key of an item, as BatchWriteItem reads it.
 * @throws AwsError ValidationException for one that is missing or mistyped.
 */
export function keyIn(schema: KeySchema, item: WireItem): SortableKey {
  const isThere = ({ name, type }: KeyAttribute) => Object.hasOwn(item, name) && typeOf(item[name]) === type;
  if (!keyAttributes(schema).every(isThere)) throw schemaMismatch();
  return primaryKey(schema, item);
}

function schemaMismatch(): AwsError {
  return new AwsError("ValidationException", "The provided key element does not match the schema");
}

/**
 * The key of an item in an index; undefined for an item that lacks one of the attributes, and so is not in the index.
 * @throws AwsError ValidationException for a mistyped or empty key, which refuses the whole item.
 */
export function indexKey(indexName: string, schema: KeySchema, item: WireItem): SortableKey | undefined {
  const parts: string[] = [];
  for (const { name, type } of keyAttributes(schema)) {
    if (!Object.hasOwn(item, name)) continue;
    const value = item[name] as AttributeValue;
    const actual = typeOf(value);
    if (actual !== type) {
      throw new AwsError(
        "ValidationException",
        `One or more parameter values were invalid: Type mismatch for Index Key ${name} Expected: ${type} Actual: ${actual} IndexName: ${indexName}`,
      );
    }
    if (value[type] === "") {
      throw new AwsError(
        "ValidationException",
        `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${type === "B" ? "binary" : "string"} value. IndexName: ${indexName}, IndexKey: ${name}`,
      );
    }
    parts.push(sortable(value, type));
  }
  const [hash, range] = parts;
  if (hash === undefined || parts.length < keyAttributes(schema).length) return undefined;
  return { hash, range: range ?? "" };
}

function keyPart({ name, type }: KeyAttribute, item: WireItem, maxBytes: number): string {
  const value = Object.hasOwn(item, name) ? (item[name] as AttributeValue) : undefined;
  if (value === undefined) {
    throw new AwsError(
      "ValidationException",
      `One or more parameter values were invalid: Missing the key ${name} in the item`,
    );
  }
  const actual = typeOf(value);
  if (actual !== type) {
    throw new AwsError(
      "ValidationException",
      `One or more parameter values were invalid: Type mismatch for key ${name} expected: ${type} actual: ${actual}`,
    );
  }
  if (value[type] === "" && type !== "N") {
    throw new AwsError(
      "ValidationException",
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${type === "B" ? "binary" : "string"} value. Key: ${name}`,
    );
  }
  const key = sortable(value, type);
  if (type !== "N" && Buffer.byteLength(key, "latin1") > maxBytes) {
    // Sic: AWS has no blank before the first number.
    const rule =
      maxBytes === MAX_HASH_KEY_BYTES
        ? `Size of hashkey has exceeded the maximum size limit of${maxBytes} bytes`
        : `Aggregated size of all range keys has exceeded the size limit of ${maxBytes} bytes`;
    throw new AwsError("ValidationException", `One or more parameter values were invalid: ${rule}`);
  }
  return key;
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 127) return false;
  return true;
}
