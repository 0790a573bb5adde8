import { createHash } from "node:crypto";

/** The body of a request, and how often it came. */
export interface KeptBody {
  readonly body: Buffer;
  readonly count: number;
}

/** Bodies of requests. The same bytes are kept once: a benchmark sends the same event over and over. */
export class KeptBodies {
  readonly #kept = new Map<string, { readonly body: Buffer; count: number }>();

  /** Keeps a body, or counts it. */
  add(body: Buffer): void {
    const hash = createHash("sha256").update(body).digest("base64");
    const known = this.#kept.get(hash);
    if (known === undefined) this.#kept.set(hash, { body, count: 1 });
    else known.count++;
  }

  /** All bodies, in the order in which each came first. */
  all(): Iterable<KeptBody> {
    return this.#kept.values();
  }

  /** Forgets everything. */
  clear(): void {
    this.#kept.clear();
  }
}
