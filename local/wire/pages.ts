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
 * One page of a list, and the token of the next; undefined for the last page. A token names the last element of its page
 * and the one after it, so `keyOf` must be unique and the list's order stable. It stays valid when elements are added or
 * removed, such as all of the page, until both are gone.
 * @param invalid the service's error for an unknown token.
 */
export function pageOf<T>(
  all: readonly T[],
  { limit, token }: PageRequest,
  keyOf: (element: T, index: number) => string,
  invalid: () => AwsError,
): { readonly page: readonly T[]; readonly next: string | undefined } {
  // As JSON, so that no key contains the line break between the two.
  const keys = all.map((element, index) => JSON.stringify(keyOf(element, index)));
  const start = token === undefined ? 0 : startOf(keys, token);
  if (start === undefined) throw invalid();
  const end = start + limit;
  const next = end < all.length ? Buffer.from(`${keys[end - 1]}\n${keys[end]}`).toString("base64url") : undefined;
  return { page: all.slice(start, end), next };
}

/** Where the page of a token starts; undefined for an unknown token. */
function startOf(keys: readonly string[], token: string): number | undefined {
  const [last = "", next = ""] = Buffer.from(token, "base64url").toString("utf8").split("\n");
  const before = keys.indexOf(last);
  const start = before < 0 ? keys.indexOf(next) : before + 1;
  return start < 0 ? undefined : start;
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
