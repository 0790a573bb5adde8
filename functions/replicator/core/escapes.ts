import { BACKSLASH, LOWER_B, LOWER_F, LOWER_N, LOWER_R, LOWER_T, LOWER_U, QUOTE, SLASH } from "./json-bytes.ts";

/** No character: the escape is not JSON. */
export const NO_ESCAPE = -1;

const SHORT = new Int16Array(128).fill(NO_ESCAPE);
for (const [letter, code] of [
  [QUOTE, 0x22],
  [BACKSLASH, 0x5c],
  [SLASH, 0x2f],
  [LOWER_B, 0x08],
  [LOWER_F, 0x0c],
  [LOWER_N, 0x0a],
  [LOWER_R, 0x0d],
  [LOWER_T, 0x09],
] as const) {
  SHORT[letter] = code;
}

/** The code unit of the escape whose backslash is at `at`; NO_ESCAPE when it is none. `\uXXXX` has 6 bytes, others 2. */
export function readEscape(input: Uint8Array, at: number): number {
  const letter = input[at + 1]!;
  if (letter !== LOWER_U) return letter < 128 ? SHORT[letter]! : NO_ESCAPE;
  let code = 0;
  for (let i = at + 2; i < at + 6; i++) {
    const digit = hexDigit(input[i]!);
    if (digit < 0) return NO_ESCAPE;
    code = code * 16 + digit;
  }
  return code;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

const LETTERS = new Uint8Array(0x20);
for (const [code, letter] of [
  [0x08, LOWER_B],
  [0x09, LOWER_T],
  [0x0a, LOWER_N],
  [0x0c, LOWER_F],
  [0x0d, LOWER_R],
] as const) {
  LETTERS[code] = letter;
}

/**
 * Writes one character of a JSON string as `JSON.stringify` does: as UTF-8, or escaped where JSON demands it. Half of a
 * surrogate pair gets the three bytes that UTF-8 does not have, so that equal texts have equal bytes.
 * @returns the position behind it
 */
export function writeCharacter(output: Uint8Array, position: number, code: number): number {
  let to = position;
  if (code === QUOTE || code === BACKSLASH) {
    output[to++] = BACKSLASH;
    output[to++] = code;
  } else if (code < 0x20) {
    output[to++] = BACKSLASH;
    const letter = LETTERS[code]!;
    if (letter !== 0) {
      output[to++] = letter;
    } else {
      output[to++] = LOWER_U;
      output[to++] = 0x30;
      output[to++] = 0x30;
      output[to++] = 0x30 + (code >> 4);
      output[to++] = (code & 15) < 10 ? 0x30 + (code & 15) : 0x57 + (code & 15);
    }
  } else if (code < 0x80) {
    output[to++] = code;
  } else if (code < 0x800) {
    output[to++] = 0xc0 | (code >> 6);
    output[to++] = 0x80 | (code & 0x3f);
  } else if (code < 0x10000) {
    output[to++] = 0xe0 | (code >> 12);
    output[to++] = 0x80 | ((code >> 6) & 0x3f);
    output[to++] = 0x80 | (code & 0x3f);
  } else {
    output[to++] = 0xf0 | (code >> 18);
    output[to++] = 0x80 | ((code >> 12) & 0x3f);
    output[to++] = 0x80 | ((code >> 6) & 0x3f);
    output[to++] = 0x80 | (code & 0x3f);
  }
  return to;
}
