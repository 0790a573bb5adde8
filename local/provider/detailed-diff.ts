import { isDeepStrictEqual } from "node:util";
import { parsePath } from "../resource-types/diff.ts";
import type { PropertyChange } from "../resource-types/provider.ts";
import type { Properties, ResourceType } from "../resource-types/resource-type.ts";
import { formatPath } from "../resource-types/schema-failures.ts";
import {
  isPlainRecord,
  isRawAsset,
  mapValues,
  unwrapSecrets,
  type ValuePath,
  withoutUndefined,
} from "../resource-types/wire-values.ts";

/**
 * The deepest paths at which the changed inputs differ, for an engine to show. An input with a canonical form is shown
 * as a whole: paths within it have no meaning.
 * @param changed the top-level inputs that differ.
 * @param replaces the inputs among them that force a replacement.
 */
export function detailedDiff(
  type: ResourceType,
  inputs: { readonly olds: Properties; readonly news: Properties },
  changed: readonly string[],
  replaces: readonly string[],
): readonly PropertyChange[] {
  const olds = comparable(inputs.olds);
  const news = comparable(inputs.news);
  const whole = new Set(Object.keys(type.canonical ?? {}).map((path) => parsePath(path)[0]));
  return changed.flatMap((name) => {
    const isReplacement = replaces.includes(name);
    const places = whole.has(name)
      ? [change([name], olds[name], news[name])]
      : changesIn([name], olds[name], news[name]);
    return places.map((place) => ({ ...place, isReplacement }));
  });
}

type Place = Omit<PropertyChange, "isReplacement">;

function changesIn(path: ValuePath, before: unknown, after: unknown): readonly Place[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    const indexes = [...Array(Math.max(before.length, after.length)).keys()];
    return indexes.flatMap((index) => changesIn([...path, index], before[index], after[index]));
  }
  if (isPlainRecord(before) && isPlainRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names.flatMap((name) => changesIn([...path, name], before[name], after[name]));
  }
  return [change(path, before, after)];
}

function change(path: ValuePath, before: unknown, after: unknown): Place {
  const kind = before === undefined ? "add" : after === undefined ? "delete" : "update";
  return { path: formatPath(path), kind };
}

/** Secrets unwrapped; an asset as one value. */
function comparable(values: Properties): Properties {
  return withoutUndefined(assetsAsText(unwrapSecrets(values).plain)) as Properties;
}

function assetsAsText(value: unknown): unknown {
  if (isRawAsset(value)) return `asset ${String(value["hash"])}`;
  if (Array.isArray(value)) return value.map(assetsAsText);
  return isPlainRecord(value) ? mapValues(value, assetsAsText) : value;
}
