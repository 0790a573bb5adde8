import { isUtf8 } from "node:buffer";
import { type JsonContainer, JsonTextError, readJsonTokens } from "./json-tokens.ts";

/** What decides by which route a line can go. */
export interface LineTraits {
  /** UTF-8, and one JSON object: the only lines that the routes of events take. */
  readonly isEvent: boolean;
  /** The envelope brings it there with an equal value. */
  readonly isEnvelopeSafe: boolean;
  /** JSON Lines bring it there as it is. */
  readonly isLineSafe: boolean;
}

/** Levels of nesting that the producer puts into an envelope: what is deeper is parked anyway, and nobody says how deep API Gateway reads. */
const MAX_ENVELOPE_DEPTH = 32;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Looks at a line once. */
export function traitsOf(bytes: Buffer): LineTraits {
  const judge = isUtf8(bytes) ? judgeText(bytes.toString("utf8")) : undefined;
  return {
    isEvent: judge?.isObject ?? false,
    isEnvelopeSafe: judge?.isEnvelopeSafe ?? false,
    // A line feed would cut it in two; a carriage return at its end would count as a part of the line's end.
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
 * Whether an envelope carries an event with an equal value. API Gateway reads it and prints it anew. Its JSON engine (json-smart 2.2, run) makes doubles of
 * decimals, `0` of `-0`, "?" of half a surrogate pair; it drops DEL from strings with escapes, and all but the last of equal names.
 */
class EventJudge {
  isObject = false;
  isEnvelopeSafe = true;
  #isFirst = true;
  readonly #names: Set<string>[] = [];

  open(kind: JsonContainer): void {
    if (this.#isFirst) this.isObject = kind === "{";
    this.#isFirst = false;
    this.#names.push(new Set());
    if (this.#names.length > MAX_ENVELOPE_DEPTH) this.isEnvelopeSafe = false;
  }

  close(): void {
    this.#names.pop();
  }

  name(literal: string): void {
    this.#checkString(literal);
    const names = this.#names.at(-1);
    const name = literal.includes("\\") ? (JSON.parse(literal) as string) : literal.slice(1, -1);
    if (names?.has(name)) this.isEnvelopeSafe = false;
    names?.add(name);
  }

  scalar(literal: string): void {
    this.#isFirst = false;
    if (literal.startsWith('"')) this.#checkString(literal);
    else if (/^[-\d]/.test(literal) && DECIMAL_OR_MINUS_ZERO.test(literal)) this.isEnvelopeSafe = false;
  }

  #checkString(literal: string): void {
    if (literal.includes(DEL) || ESCAPED_SURROGATE.test(literal)) this.isEnvelopeSafe = false;
  }
}
