/** Firehose's limits: bytes of a record, records of a PutRecordBatch call, bytes of a call. */
export const MAX_RECORD_BYTES = 1_000 * 1_024;
export const MAX_CALL_RECORDS = 500;
export const MAX_CALL_BYTES = 4 * 1_024 * 1_024;

/** One line with its line end, and its source. */
export interface Line<T> {
  readonly bytes: Buffer;
  readonly source: T;
}

/** One Firehose record: whole lines, and their sources. */
export interface PackedRecord<T> {
  readonly bytes: Buffer;
  readonly sources: readonly T[];
}

/** Packs lines, in order, into records of up to Firehose's maximum size. A line must not be longer than a record. */
export function packLines<T>(lines: readonly Line<T>[]): PackedRecord<T>[] {
  return group(lines, Number.POSITIVE_INFINITY, MAX_RECORD_BYTES).map((group) => ({
    bytes: Buffer.concat(group.map(({ bytes }) => bytes)),
    sources: group.map(({ source }) => source),
  }));
}

/** Groups records, in order, into PutRecordBatch calls. */
export function groupIntoCalls<T>(records: readonly PackedRecord<T>[]): PackedRecord<T>[][] {
  return group(records, MAX_CALL_RECORDS, MAX_CALL_BYTES);
}

function group<T extends { readonly bytes: Buffer }>(entries: readonly T[], maxCount: number, maxBytes: number): T[][] {
  const groups: T[][] = [];
  let current: T[] = [];
  let currentBytes = 0;
  for (const entry of entries) {
    if (current.length > 0 && (current.length === maxCount || currentBytes + entry.bytes.length > maxBytes)) {
      groups.push(current);
      current = [];
      currentBytes = 0;
    }
    current.push(entry);
    currentBytes += entry.bytes.length;
  }
  if (current.length > 0) groups.push(current);
  return groups;
}
