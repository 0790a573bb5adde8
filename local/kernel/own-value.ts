/**
 * What a record has under a name that came from outside; undefined for what it only inherits, as `constructor` and `toString`.
 */
export function ownValue<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
