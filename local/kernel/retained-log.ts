/**
 * An append-only log that forgets its oldest records: each record has a position that never changes, rising by one.
 * Reading is O(returned), trimming and appending are O(1) on average.
 */
export class RetainedLog<T> {
  #records: T[] = [];
  /** Position of `#records[0]`. */
  #base = 0;
  /** How many of `#records` are forgotten, from the left. */
  #head = 0;

  /** Position of the oldest record that is still here (or of the next one, when there is none). */
  get first(): number {
    return this.#base + this.#head;
  }

  /** Position that the next record will have. */
  get next(): number {
    return this.#base + this.#records.length;
  }

  /** How many records it holds in memory, those about to be let go included. */
  get size(): number {
    return this.#records.length;
  }

  /** Appends; answers the record's position. */
  append(record: T): number {
    return this.#base + this.#records.push(record) - 1;
  }

  /** The record at a position, or undefined when it is forgotten or not there yet. */
  at(position: number): T | undefined {
    return position < this.first ? undefined : this.#records[position - this.#base];
  }

  /** The first position, from the oldest record on, whose record satisfies `isReached` (false … false true … true); `next` when none does. */
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

  /** Forgets the oldest records for as long as `isOver` says so. */
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

  /** Forgets everything; positions go on from where they were. */
  clear(): void {
    this.#base = this.next;
    this.#head = 0;
    this.#records = [];
  }
}
