/** The text is not a JSON value (RFC 8259). */
export class JsonTextError extends Error {
  override readonly name = "JsonTextError";
}

/** Receives the tokens of a JSON text, in order. Literals are passed as written. */
export interface JsonVisitor {
  /** An object or an array begins. */
  open(kind: JsonContainer): void;
  /** The innermost open object or array ends. */
  close(): void;
  /** The name of the member whose value comes next, with its quotes. */
  name(literal: string): void;
  /** A string with its quotes, a number, `true`, `false` or `null`. */
  scalar(literal: string): void;
}

/** Kind of a container, by its opening character. */
export type JsonContainer = "{" | "[";

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const LETTER_U = 0x75;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const WORD = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Reads a JSON text of any depth: open containers are on a list, not on the call stack.
 * @throws JsonTextError when the text is not JSON
 */
export function readJsonTokens(text: string, visitor: JsonVisitor): void {
  new TokenReader(text, visitor).read();
}

/** Reads by character codes: each event of a run passes here several times. */
class TokenReader {
  readonly #text: string;
  readonly #visitor: JsonVisitor;
  /** The closing characters of the open containers. */
  readonly #open: number[] = [];
  #at = 0;

  constructor(text: string, visitor: JsonVisitor) {
    this.#text = text;
    this.#visitor = visitor;
  }

  read(): void {
    this.#skipSpace();
    do {
      while (this.#openContainer());
    } while (this.#closeContainers());
    if (this.#at < this.#text.length) throw this.#failure();
  }

  /** Reads the beginning of a value; whether a value within it follows: that of a container's first member. */
  #openContainer(): boolean {
    const code = this.#text.charCodeAt(this.#at);
    if (code !== OPEN_OBJECT && code !== OPEN_LIST) {
      this.#visitor.scalar(code === QUOTE ? this.#string() : this.#match(WORD));
      this.#skipSpace();
      return false;
    }
    const end = code === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_LIST;
    this.#at++;
    this.#skipSpace();
    this.#visitor.open(code === OPEN_OBJECT ? "{" : "[");
    this.#open.push(end);
    if (this.#text.charCodeAt(this.#at) === end) return false;
    if (end === CLOSE_OBJECT) this.#name();
    return true;
  }

  /** After a value: ends the containers that end here; whether another value of the innermost one follows. */
  #closeContainers(): boolean {
    for (;;) {
      const end = this.#open.at(-1);
      if (end === undefined) return false;
      const code = this.#text.charCodeAt(this.#at);
      if (code !== end && code !== COMMA) throw this.#failure();
      this.#at++;
      this.#skipSpace();
      if (code === COMMA) {
        if (end === CLOSE_OBJECT) this.#name();
        return true;
      }
      this.#open.pop();
      this.#visitor.close();
    }
  }

  #name(): void {
    if (this.#text.charCodeAt(this.#at) !== QUOTE) throw this.#failure();
    this.#visitor.name(this.#string());
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) !== COLON) throw this.#failure();
    this.#at++;
    this.#skipSpace();
  }

  /** A string with its quotes. */
  #string(): string {
    const start = this.#at++;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === QUOTE) return this.#text.slice(start, ++this.#at);
      if (code === BACKSLASH) this.#escape();
      else if (code >= 0x20) this.#at++;
      // A control character, or no character: the text has ended.
      else throw this.#failure();
    }
  }

  #escape(): void {
    const isUnicode = this.#text.charCodeAt(this.#at + 1) === LETTER_U;
    ESCAPE.lastIndex = this.#at;
    if (!ESCAPE.test(this.#text)) throw this.#failure();
    this.#at += isUnicode ? 6 : 2;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw this.#failure();
    this.#at += found.length;
    return found;
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  #failure(): JsonTextError {
    return new JsonTextError(`no JSON at position ${this.#at}`);
  }
}
