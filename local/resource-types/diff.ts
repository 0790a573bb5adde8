import { isDeepStrictEqual } from "node:util";
import { assetsAsHashes } from "./assets.ts";
import type { Properties } from "./resource-type.ts";
import { isRecord, unwrapSecrets, withoutUndefined } from "./wire-values.ts";

/** The top-level properties that differ. Secrets are compared by value, assets by hash. */
export function changedProperties(olds: Properties, news: Properties): readonly string[] {
  const before = comparable(olds);
  const after = comparable(news);
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => !isDeepStrictEqual(before[key], after[key])).sort();
}

/** The changed properties that match a pattern: `name`, `settings.size` (only that part), `*` (all). */
export function matchingChanges(
  patterns: readonly string[],
  changed: readonly string[],
  olds: Properties,
  news: Properties,
): readonly string[] {
  if (patterns.includes("*")) return changed;
  const before = comparable(olds);
  const after = comparable(news);
  return changed.filter((key) =>
    patterns.some((pattern) => {
      const steps = parsePath(pattern);
      return steps[0] === key && !isDeepStrictEqual(valueAt(before, steps), valueAt(after, steps));
    }),
  );
}

/** The steps of a property path such as `tags.owner`, `rules[0].name` or `tags["a.b"]`. */
export function parsePath(path: string): readonly string[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, name]) => quoted?.replaceAll('\\"', '"') ?? index ?? name ?? "",
  );
}

/** The value at a path; a step `*` returns everything at that level. */
export function valueAt(value: unknown, steps: readonly string[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || step === "*") return value;
  if (Array.isArray(value)) return valueAt(value[Number(step)], rest);
  return isRecord(value) ? valueAt(value[step], rest) : undefined;
}

function comparable(values: Properties): Properties {
  return withoutUndefined(assetsAsHashes(unwrapSecrets(values).plain)) as Properties;
}
