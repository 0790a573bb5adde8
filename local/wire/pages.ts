import type { AwsError } from "../kernel/errors.ts";

/** The requested page of a list. */
export interface PageRequest {
  /** Maximum number of elements in a page. */
  readonly limit: number;
  /** The previous page's token; undefined for the first page. */
  readonly token?: string | undefined;
}

/**
 * One page of a list, and the token of the next; undefined for the last page. A token stays valid when elements are
 * added or removed: it names the last element of its page, so `keyOf` must be unique and the list's order stable.
 * @param invalid the service's error for an unknown token, or one whose element is gone.
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
