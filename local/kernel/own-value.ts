/**
 * The record's own property with a name that came from outside; undefined for inherited ones such as `constructor` and
 * `toString`.
 */
export function ownValue<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
