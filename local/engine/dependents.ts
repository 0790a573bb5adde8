import { UNKNOWN } from "../provider/wire-values.ts";
import type { ResourceState } from "./state.ts";

/** A resource that goes with another one, and the inputs because of which it does. */
export interface DependentReplacement {
  readonly state: ResourceState;
  readonly replaces: readonly string[];
}

/**
 * What has to go before a resource that is deleted before its replacement is created: everything that would be replaced as well, because an input of it
 * comes from the resource, such as the policies of a role. Pulumi's engine finds it in the same way.
 *
 * @param candidates each after what it depends on; the result has their order
 */
export async function dependentReplacements(
  root: ResourceState,
  candidates: readonly ResourceState[],
): Promise<readonly DependentReplacement[]> {
  const going = new Set([root.urn]);
  const found: DependentReplacement[] = [];
  for (const state of candidates) {
    const replaces = await replacedWith(going, state);
    if (replaces.length === 0) continue;
    going.add(state.urn);
    found.push({ state, replaces });
  }
  return found;
}

async function replacedWith(going: ReadonlySet<string>, state: ResourceState): Promise<readonly string[]> {
  if (!state.isCustom || state.isExternal || !state.provider) return [];
  const unknown = Object.entries(state.propertyDependencies)
    .filter(([, sources]) => sources.some((urn) => going.has(urn)))
    .map(([input]) => [input, UNKNOWN]);
  if (unknown.length === 0) return [];
  const { urn, id, outputs: olds, inputs: oldInputs } = state;
  const news = { ...oldInputs, ...Object.fromEntries(unknown) };
  return (await state.provider.provider.diff({ urn, id, olds, oldInputs, news })).replaces;
}
