import type { AwsError } from "../../../kernel/errors.ts";

/**
 * An invalid setting, with the error of API Gateway or of the local cloud; shared by the resource types and the
 * operations.
 */
export interface Mistake {
  /** Path of the setting in the resource types' names: `uri`, or `requestTemplates` and `application/json`. */
  readonly path: readonly string[];
  readonly error: AwsError;
}

/** Throws the error of the first mistake, as the service does. */
export function refuse(mistakes: readonly Mistake[]): void {
  const [first] = mistakes;
  if (first) throw first.error;
}

/** Mistakes in the entries of a map, each under its key. */
export function entryMistakes<T>(
  name: string,
  entries: Readonly<Record<string, T>>,
  check: (key: string, value: T) => AwsError | undefined,
): readonly Mistake[] {
  return Object.entries(entries).flatMap(([key, value]) => {
    const error = check(key, value);
    return error ? [{ path: [name, key], error }] : [];
  });
}

/** The error of this class that a check throws, or undefined; other errors propagate. */
export function thrown<E extends Error>(kind: abstract new (...args: never[]) => E, check: () => void): E | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
}
