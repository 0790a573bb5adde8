import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from "./json-bytes.ts";

/** DynamoDB's levels of nesting, the top-level attribute being the first. */
export const MAX_LEVELS = 32;

/**
 * Whether arrays and objects are nested more than `maxDepth` deep. Only counts brackets outside of strings, so it
 * tells also of bytes that are not JSON.
 */
export function isNestedDeeperThan(text: Uint8Array, length: number, maxDepth: number): boolean {
  let depth = 0;
  let isInString = false;
  for (let i = 0; i < length; i++) {
    const code = text[i]!;
    if (isInString) {
      if (code === BACKSLASH) i++;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) {
      isInString = true;
    } else if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
      if (++depth > maxDepth) return true;
    } else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) {
      depth--;
    }
  }
  return false;
}
