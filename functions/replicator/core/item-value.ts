/** The attribute values of an event, in DynamoDB's format. */
export type ItemValue =
  | { S: string }
  | { N: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { L: ItemValue[] }
  | { M: Record<string, ItemValue> };

/** One item: attribute names and values. */
export type Item = Record<string, ItemValue>;

/** Sets a field as plain data, even `__proto__`. */
export function setField(fields: Record<string, ItemValue>, name: string, value: ItemValue): void {
  if (name === "__proto__") {
    Object.defineProperty(fields, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    fields[name] = value;
  }
}
