/** One page of a list, in the order of its keys; the marker is the last key of the previous page. */
export function paginate<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  params: { Marker?: string | undefined; MaxItems?: number | undefined },
): { items: readonly T[]; IsTruncated: boolean; Marker?: string } {
  const limit = params.MaxItems ?? 100;
  const sorted = [...all].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const rest = sorted.filter((item) => params.Marker === undefined || keyOf(item) > params.Marker);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return rest.length > limit && last !== undefined
    ? { items, IsTruncated: true, Marker: keyOf(last) }
    : { items, IsTruncated: false };
}
