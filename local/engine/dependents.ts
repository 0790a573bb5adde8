import { UNKNOWN } from "../resource-types/wire-values.ts";
import { deleteResource } from "./deletions.ts";
import type { Journal } from "./journal.ts";
import { ProtectedError } from "./resource-step.ts";
import type { ResourceState } from "./state.ts";

/** A resource that is replaced together with another one, and the inputs that cause it. */
interface DependentReplacement {
  readonly state: ResourceState;
  readonly replaces: readonly string[];
}

/**
 * Deletes a resource ahead of its replacement, and before it the dependents that must be replaced too; a preview only
 * records it in the journal. Throws ProtectedError, before any deletion, when one of them is protected.
 */
export async function deleteFirst(state: ResourceState, journal: Journal, isPreview: boolean): Promise<void> {
  const dependents = await dependentReplacements(state, journal.unclaimed());
  const kept = dependents.find((each) => each.state.isProtected);
  if (kept) throw new ProtectedError(kept.state.urn);
  for (const { state: dependent, replaces } of [...dependents].reverse()) {
    if (!isPreview) await deleteResource(dependent);
    journal.markDeleted(dependent, replaces);
  }
  if (isPreview) return;
  await deleteResource(state);
  journal.forget(state);
}

/**
 * The dependents to delete before a resource with `deleteBeforeReplace`: those that are replaced as well because an
 * input of theirs comes from it, such as the policies of a role. Determined as Pulumi's engine does.
 *
 * @param candidates in dependency order; the result has the same order.
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
