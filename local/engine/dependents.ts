import { UNKNOWN } from "../resource-types/wire-values.ts";
import { deleteResource } from "./deletions.ts";
import type { Journal } from "./journal.ts";
import { ProtectedError } from "./resource-step.ts";
import type { ResourceState } from "./state.ts";

/** A resource that goes with another one, and the inputs because of which it does. */
interface DependentReplacement {
  readonly state: ResourceState;
  readonly replaces: readonly string[];
}

/**
 * Deletes what is to be replaced by another one, after everything that would have to be replaced with it; in a preview the journal alone learns of it.
 * Throws ProtectedError before anything is deleted when something of it is protected.
 */
export async function deleteFirst(state: ResourceState, journal: Journal, isPreview: boolean): Promise<void> {
  const dependents = await dependentReplacements(state, journal.untaken());
  const kept = dependents.find((each) => each.state.isProtected);
  if (kept) throw new ProtectedError(kept.state.urn);
  for (const { state: dependent, replaces } of [...dependents].reverse()) {
    if (!isPreview) await deleteResource(dependent);
    journal.lose(dependent, replaces);
  }
  if (isPreview) return;
  await deleteResource(state);
  journal.forget(state);
}

/**
 * What has to go before a resource that is deleted before its replacement is created: everything that would be replaced as well, because an input of it
 * comes from the resource, such as the policies of a role. Pulumi's engine finds it in the same way.
 *
 * @param candidates each after what it depends on; the result has their order
 */
async function dependentReplacements(
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
