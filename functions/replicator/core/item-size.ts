import { parseDecimal } from "../../shared/decimal-text.ts";
import type { ItemValue } from "./item-value.ts";
import { DOT, NINE, ZERO } from "./json-bytes.ts";

/** DynamoDB's limit for an item, names and values. */
export const MAX_ITEM_BYTES = 400 * 1_024;

/**
 * What a list or a map, and each of its elements, count besides their content, by DynamoDB's published rules. The size
 * of numbers is documented only "approximately"; an item that DynamoDB counts larger is refused, isolated and parked.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export const CONTAINER_BYTES = 3;
export const ELEMENT_BYTES = 1;

/** The size of a number with so many significant digits: one byte, and one per two digits. */
export function numberBytes(digits: number): number {
  return 1 + ((digits + 1) >> 1);
}

/**
 * Significant digits of a decimal number, without zeros at the ends; 0 for zero.
 * @param text digits, and maybe a sign, a dot and an exponent, from `start` to `end`
 */
export function significantDigits(text: Uint8Array, start: number, end: number): number {
  let digits = 0;
  let zeros = 0;
  for (let i = start; i < end; i++) {
    const byte = text[i]!;
    if (byte === ZERO) {
      if (digits > 0) zeros++;
    } else if (byte > ZERO && byte <= NINE) {
      digits += zeros + 1;
      zeros = 0;
    } else if (i > start && byte !== DOT) {
      break;
    }
  }
  return digits;
}

/** The size of a value. */
export function valueBytes(value: ItemValue): number {
  if ("S" in value) return Buffer.byteLength(value.S);
  if ("N" in value) return numberBytes(parseDecimal(value.N)?.digits.length ?? 0);
  if ("L" in value) {
    return value.L.reduce((bytes, element) => bytes + ELEMENT_BYTES + valueBytes(element), CONTAINER_BYTES);
  }
  if ("M" in value) {
    let bytes = CONTAINER_BYTES;
    for (const [name, field] of Object.entries(value.M)) {
      bytes += ELEMENT_BYTES + Buffer.byteLength(name) + valueBytes(field);
    }
    return bytes;
  }
  return 1;
}

/** Most bytes that an event of `length` bytes takes in the output: `0` becomes `{"N":"0"}`, `[0]` `{"L":[{"N":"0"}]}`. */
export function maxEncodedBytes(length: number): number {
  return length * 6 + 16;
}
