import { canonicalInputs, canonicalValues } from "../resource-types/canonical.ts";
import { changedProperties, parsePath } from "../resource-types/diff.ts";
import type { Properties, ResourceType } from "../resource-types/resource-type.ts";
import { isRecord } from "../resource-types/wire-values.ts";

/** The inputs that a program changes, and both sides in the type's one form. What the service may decide counts as what it is where nobody says it. */
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
  const immaterial = new Set(type.immaterial?.(changed, olds, news));
  return { olds, news, changed: changed.filter((key) => !immaterial.has(key)) };
}

/** No tags, in one form. */
function withoutEmptyTags(inputs: Properties): Properties {
  const { tags, ...rest } = inputs;
  return isRecord(tags) && Object.keys(tags).length === 0 ? rest : inputs;
}

/** The inputs with the part at this path from the state, where the program gives what is around it and not the part itself. */
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
