import { isUtf8 } from "node:buffer";
import { type JsonContainer, JsonTextError, readJsonTokens } from "./json-tokens.ts";

/** The properties of a line that decide its routes. */
export interface LineTraits {
  /** UTF-8, and one JSON object: the batch routes take no other lines. */
  readonly isEvent: boolean;
  /** The envelope keeps its value. */
  readonly isEnvelopeSafe: boolean;
  /** JSON Lines keep its bytes. */
  readonly isLineSafe: boolean;
}

/**
 * Maximum nesting of events in an envelope: deeper ones are parked anyway, and API Gateway's limit is not documented.
 */
const MAX_ENVELOPE_DEPTH = 32;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Determines the traits of a line. */
export function traitsOf(bytes: Buffer): LineTraits {
  const judge = isUtf8(bytes) ? judgeText(bytes.toString("utf8")) : undefined;
  return {
    isEvent: judge?.isObject ?? false,
    isEnvelopeSafe: judge?.isEnvelopeSafe ?? false,
    // A line feed would split the line; a carriage return at its end would count as part of the line end.
    isLineSafe: bytes.at(-1) !== CARRIAGE_RETURN && !bytes.includes(LINE_FEED),
  };
}

function judgeText(text: string): EventJudge | undefined {
  const judge = new EventJudge();
  try {
    readJsonTokens(text, judge);
    return judge;
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    return undefined;
  }
}

const DECIMAL_OR_MINUS_ZERO = /[.eE]|^-0$/;
const ESCAPED_SURROGATE = /\\u[dD][89a-fA-F]/;
const DEL = "\u007f";

/**
 * Determines whether an envelope keeps an event's value. API Gateway parses and serializes it again. Its JSON library
 * (json-smart 2.2, observed) turns decimals into doubles, `-0` into `0`, half a surrogate pair into "?"; it drops DEL
 * from strings with escapes, and all but the last of duplicate names.
 */
class EventJudge {
  isObject = false;
  isEnvelopeSafe = true;
  #isFirst = true;
  #depth = 0;
  /** The names of the open objects, by depth. */
  readonly #names: Set<string>[] = [];

  open(kind: JsonContainer): void {
    if (this.#isFirst) this.isObject = kind === "{";
    this.#isFirst = false;
    if (++this.#depth > MAX_ENVELOPE_DEPTH) this.isEnvelopeSafe = false;
    // The sets of one level are reused: most events have several objects there.
    this.#names[this.#depth]?.clear();
  }

  close(): void {
    this.#depth--;
  }

  name(literal: string): void {
    this.#checkString(literal);
    if (!this.isEnvelopeSafe) return;
    this.#names[this.#depth] ??= new Set();
    const names = this.#names[this.#depth];
    const name = literal.includes("\\") ? (JSON.parse(literal) as string) : literal.slice(1, -1);
    if (names?.has(name)) this.isEnvelopeSafe = false;
    names?.add(name);
  }

  scalar(literal: string): void {
    this.#isFirst = false;
    if (!this.isEnvelopeSafe) return;
    if (literal.startsWith('"')) this.#checkString(literal);
    else if (/^[-\d]/.test(literal) && DECIMAL_OR_MINUS_ZERO.test(literal)) this.isEnvelopeSafe = false;
  }

  #checkString(literal: string): void {
    if (literal.includes(DEL) || ESCAPED_SURROGATE.test(literal)) this.isEnvelopeSafe = false;
  }
}
