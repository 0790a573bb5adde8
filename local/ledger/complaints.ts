/** How many violations of one kind are listed; the others are counted. */
const SHOWN_OF_A_KIND = 3;

/** Violations, grouped by kind. */
export class Complaints {
  readonly #kinds = new Map<string, { shown: string[]; count: number }>();

  /** Adds a violation. @param kind beginning of the sentence; @param what the event or record. */
  say(kind: string, what: string): void {
    const known = this.#kinds.get(kind) ?? { shown: [], count: 0 };
    this.#kinds.set(kind, known);
    known.count++;
    if (known.shown.length < SHOWN_OF_A_KIND) known.shown.push(what);
  }

  /** One sentence per kind: `<kind>: <count> (<the first few>)`. */
  sentences(): string[] {
    return [...this.#kinds].map(
      ([kind, { shown, count }]) => `${kind}: ${count} (${shown.join(", ")}${count > shown.length ? ", …" : ""})`,
    );
  }
}
