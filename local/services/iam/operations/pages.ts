import { pageAfter } from "../../../wire/pages.ts";

const ITEMS_PER_PAGE = 100;

/** One page of a list, in the order of its keys; the marker is the last key of the previous page. */
export function paginate<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  params: { Marker?: string | undefined; MaxItems?: number | undefined },
): { items: readonly T[]; IsTruncated: boolean; Marker?: string } {
  const { MaxItems: limit = ITEMS_PER_PAGE, Marker: after } = params;
  const { page: items, next } = pageAfter(all, { limit, after }, keyOf);
  return { items, IsTruncated: next !== undefined, ...(next !== undefined && { Marker: next }) };
}
