import { AwsError } from "../../../kernel/errors.ts";
import { pageOf as pageOfList } from "../../../wire/pages.ts";

const DEFAULT_PAGE = 50;

/** One page of a list. @throws AwsError InvalidParameterValueException for a marker of no page. */
export function pageOf<T>(
  all: readonly T[],
  { Marker: token, MaxItems: limit = DEFAULT_PAGE }: { Marker?: string; MaxItems?: number },
  keyOf: (item: T) => string,
): { items: readonly T[]; NextMarker: string | null } {
  const invalid = () => new AwsError("InvalidParameterValueException", `The Marker ${token} is not valid.`);
  const { page: items, next = null } = pageOfList(all, { limit, token }, keyOf, invalid);
  return { items, NextMarker: next };
}
