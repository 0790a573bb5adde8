import { SPACE } from "./json-bytes.ts";
import { isNestedDeeperThan, MAX_LEVELS } from "./nesting.ts";
import { Fault, ParkReason, UnstorableError } from "./reasons.ts";

const DELETE = 0x7f;

/**
 * The error for bytes that are not JSON: what was expected, where, and what stands there. Bytes that are too deeply
 * nested are that, whatever else is wrong with them.
 */
export function syntaxError(
  input: Uint8Array,
  length: number,
  { expected, at }: { readonly expected: string; readonly at: number },
): UnstorableError {
  if (isNestedDeeperThan(input, length, MAX_LEVELS)) return new UnstorableError(Fault.TooDeep);
  const found = at >= length ? "the data ends" : `found ${nameOf(input[at]!)}`;
  return new UnstorableError({
    reason: ParkReason.NotJson,
    detail: `expected ${expected} at byte ${at}, ${found}`,
  });
}

function nameOf(byte: number): string {
  return byte > SPACE && byte < DELETE
    ? JSON.stringify(String.fromCharCode(byte))
    : `the byte 0x${byte.toString(16).padStart(2, "0")}`;
}
