import type { AwsError } from "../../../kernel/errors.ts";

/** Something that API Gateway (or the local cloud) refuses about a setting, whoever sets it. */
export interface Mistake {
  /** The setting, in the words of the resource types: `uri`, or `requestTemplates` and `application/json`. */
  readonly path: readonly string[];
  readonly error: AwsError;
}

/** Throws what is wrong; of several mistakes the first, as the service does. */
export function refuse(mistakes: readonly Mistake[]): void {
  const [first] = mistakes;
  if (first) throw first.error;
}

/** What a check finds wrong with the entries of a map, each under its key. */
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

/** The error that a check throws, if it does; anything but an AwsError goes on. */
export function thrown<E extends Error>(kind: abstract new (...args: never[]) => E, check: () => void): E | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
}
