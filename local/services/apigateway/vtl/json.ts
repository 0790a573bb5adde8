import { JavaDecimal, JavaDouble, type JavaMap, type JavaValue, JsonList, printJava } from "./java-values.ts";

/** The text is not JSON, or is nested too deeply. */
export class JsonSyntaxError extends Error {}

/** Maximum nesting that the local cloud reads; AWS documents none. */
export const MAX_JSON_DEPTH = 1_000;

/** Longest decimal, in characters, that becomes a Java double; a longer one stays exact. */
const MAX_DOUBLE_TEXT = 18;

/**
 * Limits of a Java `BigDecimal`: the digits of an exponent without leading zeros, and an exponent and a scale that are
 * Java `int`s.
 */
const MAX_EXPONENT_DIGITS = 10;
const MIN_INT = -(2 ** 31);
const MAX_INT = 2 ** 31 - 1;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these.
const PLAIN_STRING = /[^"\\\u0000-\u001f]*/y;
const SPACE = /[ \t\n\r]*/y;

/**
 * Reads JSON as API Gateway's own engine does: integers of any size exactly, decimals of up to 18 characters as
 * doubles; of duplicate keys the last one counts. Throws JsonSyntaxError.
 */
export function parseJson(text: string): JavaValue {
  const reader = new JsonReader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class JsonArray extends JsonList {
  override toString(): string {
    return printJson(this);
  }
}

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#skipSpace();
  }

  value(depth: number): JavaValue {
    if (depth > MAX_JSON_DEPTH) throw new JsonSyntaxError(`nested deeper than ${MAX_JSON_DEPTH} levels`);
    const first = this.#text[this.#at];
    let value: JavaValue;
    if (first === "{") value = this.#object(depth);
    else if (first === "[") value = this.#array(depth);
    else if (first === '"') value = this.#string();
    else if (first === "t") value = this.#word("true", true);
    else if (first === "f") value = this.#word("false", false);
    else if (first === "n") value = this.#word("null", null);
    else value = this.#number();
    this.#skipSpace();
    return value;
  }

  end(): void {
    if (this.#at < this.#text.length) this.#fail();
  }

  #object(depth: number): JavaMap {
    const map: JavaMap = new Map();
    this.#next();
    if (this.#text[this.#at] === "}") {
      this.#at++;
      return map;
    }
    for (;;) {
      if (this.#text[this.#at] !== '"') this.#fail();
      const key = this.#string();
      this.#skipSpace();
      if (this.#text[this.#at] !== ":") this.#fail();
      this.#next();
      map.set(key, this.value(depth + 1));
      if (this.#separator("}")) return map;
    }
  }

  #array(depth: number): JsonList {
    const list = new JsonArray();
    this.#next();
    if (this.#text[this.#at] === "]") {
      this.#at++;
      return list;
    }
    for (;;) {
      list.push(this.value(depth + 1));
      if (this.#separator("]")) return list;
    }
  }

  /** Whether the list ends here; otherwise skips the comma. */
  #separator(end: string): boolean {
    const sign = this.#text[this.#at];
    if (sign === end) {
      this.#at++;
      return true;
    }
    if (sign !== ",") this.#fail();
    this.#next();
    return false;
  }

  #string(): string {
    const start = this.#at;
    let at = start + 1;
    for (;;) {
      PLAIN_STRING.lastIndex = at;
      PLAIN_STRING.test(this.#text);
      at = PLAIN_STRING.lastIndex;
      const sign = this.#text[at];
      if (sign === '"') break;
      if (sign !== "\\") this.#fail(at);
      at += 2;
    }
    this.#at = at + 1;
    const literal = this.#text.slice(start, this.#at);
    if (!literal.includes("\\")) return literal.slice(1, -1);
    try {
      // The service's engine drops a literal DEL from a string that also has an escape (json-smart 2.2, run).
      return JSON.parse(literal.replaceAll("\u007f", "")) as string;
    } catch {
      return this.#fail(start);
    }
  }

  #number(): JavaValue {
    NUMBER.lastIndex = this.#at;
    if (!NUMBER.test(this.#text)) this.#fail();
    const text = this.#text.slice(this.#at, NUMBER.lastIndex);
    this.#at = NUMBER.lastIndex;
    if (/^-?\d+$/.test(text)) {
      const value = Number(text);
      return Number.isSafeInteger(value) ? value + 0 : BigInt(text);
    }
    if (text.length <= MAX_DOUBLE_TEXT) return new JavaDouble(Number(text));
    if (!isBigDecimal(text)) {
      throw new JsonSyntaxError(
        `the number at position ${this.#at - text.length} has an exponent beyond Java's BigDecimal`,
      );
    }
    return new JavaDecimal(text);
  }

  #word(word: string, value: boolean | null): boolean | null {
    if (!this.#text.startsWith(word, this.#at)) this.#fail();
    this.#at += word.length;
    return value;
  }

  #next(): void {
    this.#at++;
    this.#skipSpace();
  }

  #skipSpace(): void {
    SPACE.lastIndex = this.#at;
    SPACE.test(this.#text);
    this.#at = SPACE.lastIndex;
  }

  #fail(at = this.#at): never {
    const found = at < this.#text.length ? `character ${JSON.stringify(this.#text[at])}` : "end of the text";
    throw new JsonSyntaxError(`unexpected ${found} at position ${at}`);
  }
}

/** Whether a JSON number fits a Java `BigDecimal`; the engine fails on one that does not (json-smart 2.2, run). */
function isBigDecimal(text: string): boolean {
  const [, fraction = "", sign = "", digits = "0"] = /^-?\d+(?:\.(\d+))?(?:[eE]([+-]?)0*(\d*))?$/.exec(text) ?? [];
  if (digits.length > MAX_EXPONENT_DIGITS) return false;
  const exponent = Number(`${sign}${digits || "0"}`);
  const scale = fraction.length - exponent;
  return [exponent, scale].every((value) => value >= MIN_INT && value <= MAX_INT);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the engine escapes exactly these.
const ESCAPED = /["\\\u0000-\u001f\u007f-\u009f\u2000-\u20ff]/g;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** A JSON string with the escapes of API Gateway's engine. The engine may print "/" as "\/"; here it stays "/". */
export function printJsonString(text: string): string {
  return `"${text.replace(ESCAPED, (sign) => SHORT_ESCAPES[sign] ?? `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`)}"`;
}

/** A value as JSON text in `$input.json`'s form: doubles as Java prints them, infinite ones as null. */
export function printJson(value: JavaValue): string {
  if (value === undefined || value === null) return "null";
  if (typeof value === "string") return printJsonString(value);
  if (value instanceof JavaDouble) return Number.isFinite(value.value) ? value.toString() : "null";
  if (Array.isArray(value)) return `[${value.map(printJson).join(",")}]`;
  if (value instanceof Map) {
    return `{${[...value].map(([key, entry]) => `${printJsonString(key)}:${printJson(entry)}`).join(",")}}`;
  }
  return printJava(value);
}
