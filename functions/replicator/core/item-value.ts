/** The attribute values that an event can become, in DynamoDB's own form. */
export type ItemValue =
  | { S: string }
  | { N: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { L: ItemValue[] }
  | { M: Record<string, ItemValue> };

/** One item: attribute names and values. */
export type Item = Record<string, ItemValue>;

/** Sets a field as plain data, `__proto__` included. */
export function setField(fields: Record<string, ItemValue>, name: string, value: ItemValue): void {
  if (name === "__proto__") {
    Object.defineProperty(fields, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    fields[name] = value;
  }
}
