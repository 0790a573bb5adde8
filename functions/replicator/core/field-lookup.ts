import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE, UPPER_M } from "./json-bytes.ts";

/** Length of `{"M":`, `{"S":` and the like. */
const TYPE_BYTES = 5;

/** The names of a path, as they are written in the item: quoted and escaped. */
export function pathNames(path: string): readonly Buffer[] {
  return path.split(".").map((name) => Buffer.from(JSON.stringify(name)));
}

/**
 * Where a field of maps in maps begins in an encoded value; -1 when there is none.
 * @param start of the value in DynamoDB's JSON, without white space, as `EventEncoder` writes it
 */
export function findField(json: Buffer, start: number, names: readonly Buffer[]): number {
  let value = start;
  for (const name of names) {
    if (json[value + 2] !== UPPER_M) return -1;
    let at = value + TYPE_BYTES + 1;
    for (;;) {
      if (json[at] !== QUOTE) return -1;
      const isFound = startsWith(json, at, name);
      at = skipString(json, at) + 1;
      if (isFound) break;
      at = skipValue(json, at);
      if (json[at] === COMMA) at++;
    }
    value = at;
  }
  return value;
}

function startsWith(json: Buffer, at: number, text: Buffer): boolean {
  for (let i = 0; i < text.length; i++) if (json[at + i] !== text[i]) return false;
  return true;
}

/** The position behind the string whose quote is at `at`. */
function skipString(json: Buffer, at: number): number {
  let end = at + 1;
  while (json[end] !== QUOTE) end += json[end] === BACKSLASH ? 2 : 1;
  return end + 1;
}

/** The position behind the encoded value at `at`. */
export function skipValue(json: Buffer, at: number): number {
  let depth = 0;
  let end = at;
  do {
    const byte = json[end];
    if (byte === QUOTE) {
      end = skipString(json, end);
      continue;
    }
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth--;
    end++;
  } while (depth > 0);
  return end;
}
