import { typeOf } from "./attribute-value.ts";
import { validationError } from "./errors.ts";
import type { KeyCondition } from "./expressions/key-condition.ts";
import { type KeyAttribute, type KeySchema, sortable } from "./keys.ts";
import { compare, type Entry, type SortedEntries } from "./sorted-entries.ts";

/** The entries of one hash key with a range key within bounds. */
export interface KeyRange {
  /**
   * In ascending or descending order of the range key, after `after` if it is given.
   * @throws AwsError ValidationException when `after` is not in the range.
   */
  entries<E extends Entry>(from: SortedEntries<E>, isForward: boolean, after: Entry | undefined): Iterable<E>;
}

/** The range that key conditions select. @throws AwsError ValidationException. */
export function keyRange(conditions: readonly KeyCondition[], schema: KeySchema): KeyRange {
  const hash = conditions.find(({ attribute }) => attribute === schema.hash.name);
  const range = conditions.find(({ attribute }) => attribute === schema.range?.name);
  if (!schema.range && conditions.length > 1) throw validationError("Query key condition not supported");
  if (!hash) throw validationError(`Query condition missed key schema element: ${schema.hash.name}`);
  const [hashValue = ""] = textsOf(hash, schema.hash);
  if (hash.operator !== "=") throw validationError("Query key condition not supported");
  if (schema.range && !range && conditions.length > 1) {
    throw validationError(`Query condition missed key schema element: ${schema.range.name}`);
  }
  const bounds = schema.range && range ? boundsOf(range, schema.range) : undefined;
  return {
    entries(from, isForward, after) {
      if (after) assertInside(after, hashValue, bounds);
      return within(from.partition(hashValue), bounds ?? EVERYTHING, isForward, after);
    },
  };
}

function* within<E extends Entry>(
  all: readonly E[],
  bounds: Bounds,
  isForward: boolean,
  after: Entry | undefined,
): Iterable<E> {
  let start = firstIndex(all, (entry) => !bounds.isBelow(entry.range));
  let end = firstIndex(all, (entry) => bounds.isAbove(entry.range));
  if (after && isForward) {
    start = Math.max(
      start,
      firstIndex(all, (entry) => compare(entry, after) > 0),
    );
  }
  if (after && !isForward) {
    end = Math.min(
      end,
      firstIndex(all, (entry) => compare(entry, after) >= 0),
    );
  }
  for (let step = 0; step < end - start; step++) {
    yield all[isForward ? start + step : end - 1 - step] as E;
  }
}

/** @throws AwsError ValidationException for a starting key that the query itself never returns. */
function assertInside(after: Entry, hashValue: string, bounds: Bounds | undefined): void {
  if (bounds && (bounds.isBelow(after.range) || bounds.isAbove(after.range))) {
    throw validationError("The provided starting key does not match the range key predicate");
  }
  if (after.hash === hashValue) return;
  throw validationError(
    bounds
      ? "The query can return at most one row and cannot be restarted"
      : "The provided starting key is outside query boundaries based on provided conditions",
  );
}

/** Bounds of a range key. */
interface Bounds {
  isBelow(range: string): boolean;
  isAbove(range: string): boolean;
}

const EVERYTHING: Bounds = { isBelow: () => false, isAbove: () => false };

/** Index of the first entry that satisfies `test` (false … false true … true). */
function firstIndex<E>(entries: readonly E[], test: (entry: E) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(entries[middle] as E)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function boundsOf(condition: KeyCondition, attribute: KeyAttribute): Bounds {
  const [first = "", second = ""] = textsOf(condition, attribute);
  const bounds: Readonly<Record<string, Bounds>> = {
    "=": { isBelow: (range) => range < first, isAbove: (range) => range > first },
    "<": { isBelow: () => false, isAbove: (range) => range >= first },
    "<=": { isBelow: () => false, isAbove: (range) => range > first },
    ">": { isBelow: (range) => range <= first, isAbove: () => false },
    ">=": { isBelow: (range) => range < first, isAbove: () => false },
    BETWEEN: { isBelow: (range) => range < first, isAbove: (range) => range > second },
    begins_with: {
      isBelow: (range) => range < first,
      isAbove: (range) => range > first && !range.startsWith(first),
    },
  };
  return bounds[condition.operator] ?? EVERYTHING;
}

function textsOf(condition: KeyCondition, attribute: KeyAttribute): string[] {
  return condition.values.map((value) => {
    if (typeOf(value) !== attribute.type) {
      throw validationError(
        "One or more parameter values were invalid: Condition parameter type does not match schema type",
      );
    }
    return sortable(value, attribute.type);
  });
}
