const PRINT = Symbol("prints its own JSON");

/**
 * Lets an object know its JSON text, for callers within the cloud that only pass it on: they need not print it, and can
 * drop the object. Copies of it know nothing.
 * @param print the text of the same value as the object.
 */
export function withJson<T extends object>(value: T, print: () => string): T {
  // Not enumerable: neither compared nor copied.
  return Object.defineProperty(value, PRINT, { value: print });
}

/** Prints the JSON text of an object: as it knows it itself, else by `JSON.stringify`. */
export function printerOf(value: object): () => string {
  return (value as { [PRINT]?: () => string })[PRINT] ?? (() => JSON.stringify(value));
}
