const DEFAULT_PAGE = 50;

/** One page of a list; the marker is the key of the item before it. */
export function pageOf<T>(
  all: readonly T[],
  { Marker, MaxItems = DEFAULT_PAGE }: { Marker?: string; MaxItems?: number },
  keyOf: (item: T) => string,
): { items: readonly T[]; NextMarker: string | null } {
  const start = Marker === undefined ? 0 : all.findIndex((item) => keyOf(item) === Marker) + 1;
  const items = all.slice(start, start + MaxItems);
  const last = items.at(-1);
  return { items, NextMarker: last && start + MaxItems < all.length ? keyOf(last) : null };
}
