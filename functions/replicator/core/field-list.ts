import type { Cause } from "./reasons.ts";

/** Up to this many fields of an object, names are compared one by one; of a wider object they are looked up. */
const MAX_COMPARED = 64;
/** A list that once was longer gives its memory back. */
const MAX_KEPT = 1_024;
/** JavaScript's own order of an object's fields begins with names that are integers up to this. */
const MAX_ARRAY_INDEX = 2 ** 32 - 2;
const INTEGER = /^(?:0|[1-9]\d{0,9})$/;

/**
 * The fields of one object, as they stand in the output: name, colon, value and a comma each. Finds equal names, of
 * which the last field stays.
 */
export class FieldList {
  /** Fields so far, replaced ones included. */
  count = 0;
  #starts: number[] = [];
  #nameEnds: number[] = [];
  /** Of each name its length, its first and its last byte. */
  #marks: number[] = [];
  /** The item's size before each field. */
  #sizes: number[] = [];
  /** Of a field, the number of the first with its name. */
  #positions: number[] = [];
  /** Numbers of fields that a later one of the same name replaces. */
  readonly #replaced = new Set<number>();
  readonly #faults = new Map<number, Cause>();
  readonly #numbers = new Map<string, number>();

  /** Begins an object. */
  clear(): void {
    this.count = 0;
    if (this.#replaced.size > 0) this.#replaced.clear();
    if (this.#faults.size > 0) this.#faults.clear();
    if (this.#numbers.size > 0) this.#numbers.clear();
    if (this.#starts.length > MAX_KEPT) {
      this.#starts = [];
      this.#nameEnds = [];
      this.#marks = [];
      this.#sizes = [];
      this.#positions = [];
    }
  }

  /**
   * Adds a field whose name is written.
   * @param start of the field in the output: its name's opening quote
   * @param nameEnd behind the name's closing quote
   * @param size the item's size before the field
   */
  add(output: Buffer, start: number, nameEnd: number, size: number): void {
    const number = this.count++;
    this.#starts[number] = start;
    this.#nameEnds[number] = nameEnd;
    this.#marks[number] = ((nameEnd - start) << 16) | (output[start + 1]! << 8) | output[nameEnd - 2]!;
    this.#sizes[number] = size;
    const earlier = number < MAX_COMPARED ? this.#compare(output, number) : this.#lookUp(output, number);
    if (earlier >= 0) this.#replaced.add(earlier);
    this.#positions[number] = earlier < 0 ? number : this.#positions[earlier]!;
  }

  /** Notes why the field added last cannot be stored. */
  addFault(fault: Cause): void {
    this.#faults.set(this.count - 1, fault);
  }

  /** Whether there are equal names. */
  get hasReplaced(): boolean {
    return this.#replaced.size > 0;
  }

  /**
   * Takes the replaced fields out of the output.
   * @param end of the fields in the output, behind the last comma
   * @param size the item's size behind the last field
   */
  removeReplaced(output: Buffer, end: number, size: number): { readonly end: number; readonly size: number } {
    let to = this.#starts[0]!;
    let keptSize = this.#sizes[0]!;
    for (let number = 0; number < this.count; number++) {
      if (this.#replaced.has(number)) continue;
      const start = this.#starts[number]!;
      const next = number + 1 < this.count ? this.#starts[number + 1]! : end;
      output.copyWithin(to, start, next);
      to += next - start;
      keptSize += (number + 1 < this.count ? this.#sizes[number + 1]! : size) - this.#sizes[number]!;
    }
    return { end: to, size: keptSize };
  }

  /**
   * The first fault of a field that stays; undefined if there is none. First in the order of an object in JavaScript:
   * integers, then the other names by their first appearance. To be called before `removeReplaced`.
   */
  firstFault(output: Buffer): Cause | undefined {
    let first: Cause | undefined;
    let firstRank = Number.POSITIVE_INFINITY;
    for (const [number, fault] of this.#faults) {
      if (this.#replaced.has(number)) continue;
      const name = this.#name(output, number);
      const isIndex = INTEGER.test(name) && Number(name) <= MAX_ARRAY_INDEX;
      const rank = isIndex ? Number(name) : MAX_ARRAY_INDEX + 1 + this.#positions[number]!;
      if (rank < firstRank) [first, firstRank] = [fault, rank];
    }
    return first;
  }

  /** The name as it is written, without quotes: equal names are written alike. */
  #name(output: Buffer, number: number): string {
    return output.toString("latin1", this.#starts[number]! + 1, this.#nameEnds[number]! - 1);
  }

  #compare(output: Buffer, number: number): number {
    const marks = this.#marks;
    const mark = marks[number]!;
    for (let other = number - 1; other >= 0; other--) {
      if (marks[other] === mark && this.#isSameName(output, number, other)) return other;
    }
    return -1;
  }

  #isSameName(output: Buffer, number: number, other: number): boolean {
    const start = this.#starts[number]!;
    const length = this.#nameEnds[number]! - start;
    const otherStart = this.#starts[other]!;
    if (this.#nameEnds[other]! - otherStart !== length) return false;
    for (let i = 1; i < length; i++) if (output[start + i] !== output[otherStart + i]) return false;
    return true;
  }

  #lookUp(output: Buffer, number: number): number {
    if (this.#numbers.size === 0) {
      for (let other = 0; other < number; other++) this.#numbers.set(this.#name(output, other), other);
    }
    const name = this.#name(output, number);
    const earlier = this.#numbers.get(name) ?? -1;
    this.#numbers.set(name, number);
    return earlier;
  }
}
