/** Sentences of one kind that are shown in full; the rest is counted. */
const SHOWN_OF_A_KIND = 3;

/** What does not hold, gathered by kind. */
export class Complaints {
  readonly #kinds = new Map<string, { shown: string[]; count: number }>();

  /** @param kind how the sentence begins; @param what the one that it is about. */
  say(kind: string, what: string): void {
    const known = this.#kinds.get(kind) ?? { shown: [], count: 0 };
    this.#kinds.set(kind, known);
    known.count++;
    if (known.shown.length < SHOWN_OF_A_KIND) known.shown.push(what);
  }

  /** One sentence a kind: `<kind>: <count> (<the first few>)`. */
  sentences(): string[] {
    return [...this.#kinds].map(
      ([kind, { shown, count }]) => `${kind}: ${count} (${shown.join(", ")}${count > shown.length ? ", …" : ""})`,
    );
  }
}
