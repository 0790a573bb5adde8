import type { AwsError } from "../kernel/errors.ts";

/** Which page of a list is asked for. */
export interface PageRequest {
  /** Most elements of a page. */
  readonly limit: number;
  /** Where the page begins: what the page before it gave; undefined for the first. */
  readonly token?: string | undefined;
}

/**
 * One page of a list, and the token of the next; undefined when this is the last. A token stays good when elements come
 * or go: it names the last element of its page, so `keyOf` must be unique and the list in an order that does not
 * change.
 * @param invalid the service's error for a token that it never gave, or whose element is gone.
 */
export function pageOf<T>(
  all: readonly T[],
  { limit, token }: PageRequest,
  keyOf: (element: T) => string,
  invalid: () => AwsError,
): { readonly page: readonly T[]; readonly next: string | undefined } {
  const last = token === undefined ? undefined : Buffer.from(token, "base64url").toString("utf8");
  const before = last === undefined ? -1 : all.findIndex((element) => keyOf(element) === last);
  if (last !== undefined && before < 0) throw invalid();
  const page = all.slice(before + 1, before + 1 + limit);
  const end = page.at(-1);
  const isLast = end === undefined || before + 1 + page.length >= all.length;
  return { page, next: isLast ? undefined : Buffer.from(keyOf(end)).toString("base64url") };
}
