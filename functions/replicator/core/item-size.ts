import { parseDecimal } from "../../shared/decimal-text.ts";
import type { Item, ItemValue } from "./item-value.ts";

/** DynamoDB's limit for an item, names and values. */
export const MAX_ITEM_BYTES = 400 * 1_024;

const CONTAINER_BYTES = 3;
const ELEMENT_BYTES = 1;

/**
 * An item's size by DynamoDB's published rules. The size of numbers is documented only "approximately"; an item that
 * DynamoDB counts larger is refused, isolated and parked.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemBytes(item: Item): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) bytes += Buffer.byteLength(name) + valueBytes(value);
  return bytes;
}

function valueBytes(value: ItemValue): number {
  if ("S" in value) return Buffer.byteLength(value.S);
  if ("N" in value) return numberBytes(value.N);
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

/** One byte, and one per two significant digits. */
function numberBytes(text: string): number {
  return 1 + Math.ceil((parseDecimal(text)?.digits.length ?? 0) / 2);
}
