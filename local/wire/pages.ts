import type { AwsError } from "../kernel/errors.ts";

/** The requested page of a list. */
export interface PageRequest {
  /** Maximum number of elements in a page. */
  readonly limit: number;
  /** The previous page's token; undefined for the first page. */
  readonly token?: string | undefined;
}

/** For `pageOf`: the key of an element without another, for lists that only grow at their end. */
export const byPosition = (_element: unknown, index: number): string => String(index);

/**
 * One page of a list, and the token of the next; undefined for the last page. A token stays valid when elements are
 * added or removed: it names the last element of its page, so `keyOf` must be unique and the list's order stable.
 * @param invalid the service's error for an unknown token, or one whose element is gone.
 */
export function pageOf<T>(
  all: readonly T[],
  { limit, token }: PageRequest,
  keyOf: (element: T, index: number) => string,
  invalid: () => AwsError,
): { readonly page: readonly T[]; readonly next: string | undefined } {
  const last = token === undefined ? undefined : Buffer.from(token, "base64url").toString("utf8");
  const before = last === undefined ? -1 : all.findIndex((element, index) => keyOf(element, index) === last);
  if (last !== undefined && before < 0) throw invalid();
  const page = all.slice(before + 1, before + 1 + limit);
  const index = before + page.length;
  const end = page.at(-1);
  const isLast = end === undefined || index + 1 >= all.length;
  return { page, next: isLast ? undefined : Buffer.from(keyOf(end, index)).toString("base64url") };
}

/**
 * One page of a list in the order of its keys, and the page's last key if more follow: for services whose tokens are
 * keys.
 * @param after the last key of the previous page; undefined for the first page.
 */
export function pageAfter<T>(
  all: readonly T[],
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
  keyOf: (element: T) => string,
): { readonly page: readonly T[]; readonly next: string | undefined } {
  const rest = all
    .filter((element) => after === undefined || keyOf(element) > after)
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return { page, next: last && page.length < rest.length ? keyOf(last) : undefined };
}
