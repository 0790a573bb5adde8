import { canonicalInputs, canonicalValues } from "../resource-types/canonical.ts";
import { changedProperties, parsePath } from "../resource-types/diff.ts";
import type { Properties, ResourceType } from "../resource-types/resource-type.ts";
import { isRecord } from "../resource-types/wire-values.ts";

/**
 * The inputs that differ, with the old and the new ones in canonical form. An input left to the service takes its
 * current value, so leaving it out is no change.
 */
export function changedInputs(
  type: ResourceType,
  request: { readonly olds: Properties; readonly oldInputs: Properties; readonly news: Properties },
): { readonly olds: Properties; readonly news: Properties; readonly changed: readonly string[] } {
  const decided = ["region", ...(type.optionalComputed ?? [])];
  const state = canonicalValues(type, request.olds);
  const filled = (inputs: Properties) => decided.reduce((values, path) => filledIn(values, state, path), inputs);
  const given = withoutEmptyTags(canonicalInputs(type, request.news));
  const olds = filled(withoutEmptyTags(canonicalInputs(type, request.oldInputs)));
  const news = filled(given);
  const isLeftOut = (key: string) => given[key] === undefined && decided.includes(key);
  const changed = changedProperties(olds, news).filter((key) => !isLeftOut(key));
  const suppressDiffs = new Set(type.suppressDiffs?.(changed, olds, news));
  return { olds, news, changed: changed.filter((key) => !suppressDiffs.has(key)) };
}

/** Removes an empty `tags`, which means the same as none. */
function withoutEmptyTags(inputs: Properties): Properties {
  const { tags, ...rest } = inputs;
  return isRecord(tags) && Object.keys(tags).length === 0 ? rest : inputs;
}

/** Takes the part at this path from the state, when the program gives its parent but not the part. */
function filledIn(inputs: Properties, state: Properties, path: string): Properties {
  return fillIn(inputs, state, parsePath(path)) as Properties;
}

function fillIn(current: unknown, state: unknown, steps: readonly string[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return current ?? state;
  if (step === "*" && Array.isArray(current) && Array.isArray(state)) {
    return current.map((element, index) => fillIn(element, state[index], rest));
  }
  if (!isRecord(current) || !isRecord(state)) return current;
  const part = fillIn(current[step], state[step], rest);
  return part === undefined ? current : { ...current, [step]: part };
}
