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

const SPACE = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these.
const PLAIN_CHARACTERS = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const WORD = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Reads a JSON text of any depth: open containers are on a list, not on the call stack.
 * @throws JsonTextError when the text is not JSON
 */
export function readJsonTokens(text: string, visitor: JsonVisitor): void {
  const open: JsonContainer[] = [];
  let at = 0;
  const fail = (): never => {
    throw new JsonTextError(`no JSON at position ${at}`);
  };
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) return fail();
    at += found.length;
    return found;
  };
  const takeString = (): string => {
    const start = at++;
    for (;;) {
      take(PLAIN_CHARACTERS);
      if (text[at] === '"') return text.slice(start, ++at);
      take(ESCAPE);
    }
  };
  const takeName = (): void => {
    if (text[at] !== '"') fail();
    visitor.name(takeString());
    take(SPACE);
    if (text[at] !== ":") fail();
    at++;
    take(SPACE);
  };

  take(SPACE);
  for (;;) {
    const sign = text[at];
    let isEmptyContainer = false;
    if (sign === "{" || sign === "[") {
      at++;
      take(SPACE);
      visitor.open(sign);
      open.push(sign);
      isEmptyContainer = text[at] === endOf(sign);
      if (!isEmptyContainer) {
        if (sign === "{") takeName();
        continue;
      }
    } else {
      visitor.scalar(sign === '"' ? takeString() : take(WORD));
    }
    // A value or an empty container has ended; the containers around it may end too.
    take(SPACE);
    for (;;) {
      const around = open.at(-1);
      if (around === undefined) {
        if (at < text.length) fail();
        return;
      }
      if (text[at] === endOf(around)) {
        at++;
        open.pop();
        visitor.close();
        take(SPACE);
        continue;
      }
      if (text[at] !== ",") fail();
      at++;
      take(SPACE);
      if (around === "{") takeName();
      break;
    }
  }
}

function endOf(kind: JsonContainer): string {
  return kind === "{" ? "}" : "]";
}
