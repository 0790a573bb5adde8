/** Firehose's limits: bytes of a record, records of a PutRecordBatch call, bytes of a call. */
export const MAX_RECORD_BYTES = 1_000 * 1_024;
export const MAX_CALL_RECORDS = 500;
export const MAX_CALL_BYTES = 4 * 1_024 * 1_024;

/** One Firehose record: whole lines, and their sources. */
export interface PackedRecord<T> {
  readonly bytes: Buffer;
  readonly sources: readonly T[];
}

/** Bytes that a record's buffer has at first; it doubles. */
const FIRST_BUFFER_BYTES = 64 * 1_024;
const LINE_END = 10;

/**
 * Packs lines, in order, into records of up to Firehose's maximum size. Firehose bills each record in steps of 5 KB, so
 * the fewer records the better.
 */
export class LinePacker<T> {
  readonly #records: PackedRecord<T>[] = [];
  #buffer = Buffer.allocUnsafe(FIRST_BUFFER_BYTES);
  #length = 0;
  #sources: T[] = [];

  /**
   * Adds a line, to which it gives a line end; one that is longer than a record is left out.
   * @returns the line's bytes with its line end; more than `MAX_RECORD_BYTES` if it was left out
   */
  add(line: string, source: T): number {
    this.#makeRoom(line);
    const bytes = this.#buffer.write(line, this.#length) + 1;
    if (bytes > MAX_RECORD_BYTES) return bytes;
    if (this.#length + bytes > MAX_RECORD_BYTES) {
      const next = Buffer.allocUnsafe(MAX_RECORD_BYTES);
      this.#buffer.copy(next, 0, this.#length, this.#length + bytes - 1);
      this.#endRecord();
      this.#buffer = next;
    }
    this.#length += bytes;
    this.#buffer[this.#length - 1] = LINE_END;
    this.#sources.push(source);
    return bytes;
  }

  /** Ends the last record. @returns all records; the packer is empty then */
  take(): PackedRecord<T>[] {
    this.#endRecord();
    this.#buffer = Buffer.allocUnsafe(FIRST_BUFFER_BYTES);
    return this.#records.splice(0);
  }

  #makeRoom(line: string): void {
    // A UTF-16 code unit takes three bytes of UTF-8 at most.
    if (this.#length + line.length * 3 < this.#buffer.length) return;
    const needed = this.#length + Buffer.byteLength(line) + 1;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }

  #endRecord(): void {
    if (this.#sources.length === 0) return;
    this.#records.push({ bytes: this.#buffer.subarray(0, this.#length), sources: this.#sources });
    this.#length = 0;
    this.#sources = [];
  }
}

/** Groups records, in order, into PutRecordBatch calls. */
export function groupIntoCalls<T>(records: readonly PackedRecord<T>[]): PackedRecord<T>[][] {
  const calls: PackedRecord<T>[][] = [];
  let call: PackedRecord<T>[] = [];
  let callBytes = 0;
  for (const record of records) {
    const { length } = record.bytes;
    if (call.length > 0 && (call.length === MAX_CALL_RECORDS || callBytes + length > MAX_CALL_BYTES)) {
      calls.push(call);
      call = [];
      callBytes = 0;
    }
    call.push(record);
    callBytes += length;
  }
  if (call.length > 0) calls.push(call);
  return calls;
}
