/**
 * An append-only log that trims its oldest records. Each record has a fixed position; positions rise by one. Reading
 * is O(returned), trimming and appending are O(1) on average.
 */
export class RetainedLog<T> {
  #records: T[] = [];
  /** Position of `#records[0]`. */
  #base = 0;
  /** Number of trimmed records at the start of `#records`. */
  #head = 0;

  /** Position of the oldest record; of the next one when the log is empty. */
  get first(): number {
    return this.#base + this.#head;
  }

  /** Position of the next record to be appended. */
  get next(): number {
    return this.#base + this.#records.length;
  }

  /** Number of records in memory, trimmed ones that are not freed yet included. */
  get size(): number {
    return this.#records.length;
  }

  /** Appends a record and returns its position. */
  append(record: T): number {
    return this.#base + this.#records.push(record) - 1;
  }

  /** The record at a position; undefined when it is trimmed or not yet appended. */
  at(position: number): T | undefined {
    return position < this.first ? undefined : this.#records[position - this.#base];
  }

  /**
   * The first position, from the oldest record on, whose record satisfies `isReached` (false … false true … true);
   * `next` when none does.
   */
  search(isReached: (record: T) => boolean): number {
    let low = this.#head;
    let high = this.#records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isReached(this.#records[middle] as T)) high = middle;
      else low = middle + 1;
    }
    return this.#base + low;
  }

  /** Trims records from the oldest on, up to the first one for which `isOver` is false. */
  trim(isOver: (record: T) => boolean): void {
    const records = this.#records;
    let head = this.#head;
    while (head < records.length && isOver(records[head] as T)) head++;
    if (head === this.#head) return;
    this.#head = head;
    if (head > 1024 && head * 2 > records.length) {
      this.#records = records.slice(head);
      this.#base += head;
      this.#head = 0;
    }
  }

  /** Removes all records; positions continue. */
  clear(): void {
    this.#base = this.next;
    this.#head = 0;
    this.#records = [];
  }
}
