import { AwsError } from "../../../kernel/errors.ts";
import { byPosition, pageOf } from "../../../wire/pages.ts";

/** Dimensions as the wire has them → by name. */
export function asRecord(
  dimensions: readonly { Name: string; Value: string }[] = [],
): Readonly<Record<string, string>> {
  return Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]));
}

/** Dimensions by name → as the wire has them. */
export function asList(dimensions: Readonly<Record<string, string>>): { Name: string; Value: string }[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

/**
 * One page of a list.
 * @param keyOf an element's unique key; default: its position, for lists that only grow at their end.
 * @throws AwsError InvalidNextToken.
 */
export function page<T>(
  all: readonly T[],
  limit: number,
  token: string | undefined,
  keyOf: (element: T, index: number) => string = byPosition,
) {
  const invalid = () => new AwsError("InvalidNextToken", `The token ${token} is invalid.`);
  return pageOf(all, { limit, token }, keyOf, invalid);
}

/** A time of the wire, epoch seconds, as cloud time has it. */
export function millisecondsOf(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}
