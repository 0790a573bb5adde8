/** Holds the digests of all ways against the first one. */
export class SameDigest {
  #first: { readonly name: string; readonly digest: string } | undefined;

  /** @throws Error that names both ways, when they did not store the same */
  hold(name: string, digest: string): void {
    this.#first ??= { name, digest };
    if (digest === this.#first.digest) return;
    throw new Error(
      `"${name}" and "${this.#first.name}" did not store the same (${digest} and ${this.#first.digest}): ` +
        "their figures cannot be compared",
    );
  }
}
