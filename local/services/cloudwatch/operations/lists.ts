import { AwsError } from "../../../kernel/errors.ts";

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

/** One page; the token is the number of items before it. Throws AwsError InvalidNextToken. */
export function page<T>(
  all: readonly T[],
  limit: number,
  token: string | undefined,
): { items: readonly T[]; NextToken?: string } {
  const from = Number(token ?? 0);
  if (!Number.isInteger(from) || from < 0) throw new AwsError("InvalidNextToken", `The token ${token} is invalid.`);
  const to = from + limit;
  return { items: all.slice(from, to), ...(to < all.length ? { NextToken: String(to) } : {}) };
}

/** A time of the wire, epoch seconds, as cloud time has it. */
export function millisecondsOf(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}
