import { base64Bytes } from "../../kernel/base64.ts";
import { AwsError } from "../../kernel/errors.ts";
import { invalid } from "./errors.ts";
import { MAX_ITEM_BYTES, MAX_NAME_BYTES, MAX_NESTING } from "./limits.ts";
import { normalizeNumber, numberBytes } from "./number.ts";

/** An unchecked value in its wire form, such as `{ "S": "text" }`. */
export type AttributeValue = Readonly<Record<string, unknown>>;
/** An unchecked item in its wire form. */
export type WireItem = Readonly<Record<string, unknown>>;

/** A checked item in canonical form: equal items have equal texts, by sorted names and normalized numbers. */
export interface EncodedItem {
  /** JSON of its wire form. */
  readonly json: string;
  /** Item size by DynamoDB's rules: names and values. */
  readonly bytes: number;
}

const TYPES = new Set(["S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS"]);
/** Size of a list or map, to which each element adds one. */
const CONTAINER_BYTES = 3;
const SET_NAMES: Readonly<Record<string, string>> = { SS: "string", NS: "number", BS: "binary" };

/** Checks an item and encodes it. @throws AwsError ValidationException. */
export function encodeItem(item: WireItem): EncodedItem {
  const writer = new Writer();
  writer.attributes(item, 1);
  if (writer.bytes > MAX_ITEM_BYTES) {
    throw new AwsError("ValidationException", "Item size has exceeded the maximum allowed size");
  }
  return { json: writer.text(), bytes: writer.bytes };
}

/** Checks a key or values, as AWS does before it looks for the table. @throws AwsError ValidationException. */
export function checkValues(values: WireItem): void {
  new Writer().attributes(values, 1);
}

/** The type of a value. @throws AwsError ValidationException unless it has exactly one. */
export function typeOf(value: unknown): string {
  let type: string | undefined;
  let isOnly = true;
  if (isObject(value)) {
    for (const name in value) {
      if (type !== undefined) isOnly = false;
      type ??= name;
    }
  }
  if (!isOnly) {
    throw new AwsError(
      "ValidationException",
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
    );
  }
  if (type === undefined || !TYPES.has(type)) {
    throw new AwsError(
      "ValidationException",
      "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
    );
  }
  return type;
}

class Writer {
  bytes = 0;
  readonly #parts: string[] = [];

  text(): string {
    return this.#parts.join("");
  }

  /** @param level nesting level of the values. */
  attributes(map: WireItem, level: number): void {
    let separator = "{";
    for (const name of Object.keys(map).sort()) {
      this.#parts.push(separator, this.#name(name), ":");
      this.#value(map[name], level);
      separator = ",";
    }
    this.#parts.push(separator === "{" ? "{}" : "}");
  }

  /** JSON of a name. */
  #name(name: string): string {
    const { length, json } = knownNames.get(name) ?? checkName(name);
    this.bytes += length;
    return json;
  }

  #value(value: unknown, level: number): void {
    if (level > MAX_NESTING) {
      throw new AwsError(
        "ValidationException",
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit",
      );
    }
    const type = typeOf(value);
    const content = (value as AttributeValue)[type];
    this.#parts.push(`{"${type}":`);
    this.#content(type, content, level);
    this.#parts.push("}");
  }

  #content(type: string, content: unknown, level: number): void {
    switch (type) {
      case "L":
        this.#list(content, level);
        return;
      case "M":
        if (!isObject(content)) throw malformed(type);
        this.bytes += CONTAINER_BYTES + Object.keys(content).length;
        this.attributes(content, level + 1);
        return;
      case "SS":
      case "NS":
      case "BS":
        this.#set(type, content);
        return;
      case "BOOL":
      case "NULL":
        if (typeof content !== "boolean") throw malformed(type);
        if (type === "NULL" && !content) throw invalid("Null attribute value types must have the value of true");
        this.bytes += 1;
        this.#parts.push(String(content));
        return;
      default:
        this.#parts.push(quote(this.#scalar(type, content)));
    }
  }

  #list(content: unknown, level: number): void {
    if (!Array.isArray(content)) throw malformed("L");
    this.bytes += CONTAINER_BYTES + content.length;
    this.#parts.push("[");
    for (const [index, element] of content.entries()) {
      if (index > 0) this.#parts.push(",");
      this.#value(element, level + 1);
    }
    this.#parts.push("]");
  }

  #set(type: "SS" | "NS" | "BS", content: unknown): void {
    if (!Array.isArray(content)) throw malformed(type);
    if (content.length === 0) throw invalid(`An ${SET_NAMES[type]} set  may not be empty`);
    const members = content.map((member) => this.#scalar(type.charAt(0), member));
    if (new Set(members).size < members.length) {
      if (type === "NS") throw new AwsError("ValidationException", "Input collection contains duplicates");
      const suffix = type === "BS" ? "of type BS contains duplicates." : " contains duplicates.";
      throw invalid(`Input collection [${members.join(", ")}]${suffix}`);
    }
    this.#parts.push(JSON.stringify(members.sort()));
  }

  /** The text of an S, N or B as it is stored. */
  #scalar(type: string, content: unknown): string {
    if (typeof content !== "string") throw malformed(type);
    if (type === "N") {
      const number = normalizeNumber(content);
      this.bytes += numberBytes(number);
      return number;
    }
    if (type === "B") {
      if (content.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(content)) throw malformed(type);
      this.bytes += base64Bytes(content);
      return content;
    }
    this.bytes += Buffer.byteLength(content);
    return content;
  }
}

/** Names come again in every item. */
const knownNames = new Map<string, { readonly length: number; readonly json: string }>();
const MAX_KNOWN_NAMES = 1000;

function checkName(name: string): { length: number; json: string } {
  const length = Buffer.byteLength(name);
  if (length === 0) throw invalid("The attribute name must not be empty");
  if (length > MAX_NAME_BYTES) throw invalid(`The attribute name is over ${MAX_NAME_BYTES} bytes`);
  const known = { length, json: quote(name) };
  if (knownNames.size === MAX_KNOWN_NAMES) knownNames.clear();
  knownNames.set(name, known);
  return known;
}

/** JSON of a text. AWS's treatment of lone surrogates is unknown, so they are refused. */
function quote(text: string): string {
  if (!text.isWellFormed()) throw invalid("A string holds a lone surrogate, which UTF-8 cannot carry");
  return JSON.stringify(text);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function malformed(type: string): AwsError {
  return new AwsError(
    "SerializationException",
    `A value of type ${type} is not of the form that ${type} has on the wire`,
  );
}
