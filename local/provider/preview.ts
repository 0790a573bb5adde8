import { isDeepStrictEqual } from "node:util";
import { canonicalInputs } from "../resource-types/canonical.ts";
import { tagsAll } from "../resource-types/default-tags.ts";
import { inputNames } from "../resource-types/input-schema.ts";
import type { Properties, ResourceContext, ResourceType } from "../resource-types/resource-type.ts";
import { isRecord, UNKNOWN, unwrapSecrets, wrapSecretsAt } from "../resource-types/wire-values.ts";

/**
 * Outputs in the preview of a create: the inputs with their defaults, region and tags of the provider, everything else
 * unknown.
 */
export function previewOfCreate(type: ResourceType, inputs: Properties, context: ResourceContext): Properties {
  const decided = [...(type.computed ?? []), ...(type.optionalComputed ?? [])].filter((path) => !path.includes("."));
  return {
    ...Object.fromEntries(decided.map((name) => [name, UNKNOWN])),
    ...(type.isGlobal ? {} : { region: context.region }),
    ...inputs,
    ...tagsOf(type, inputs, context),
  };
}

/**
 * Outputs in the preview of an update: the current ones with the program's new values; `recomputed` outputs are
 * unknown.
 */
export function previewOfUpdate(
  type: ResourceType,
  olds: Properties,
  oldInputs: Properties,
  inputs: Properties,
  context: ResourceContext,
): Properties {
  const before = canonicalInputs(type, oldInputs);
  const after = canonicalInputs(type, inputs);
  const hasChanged = (name: string) =>
    name === "*" ? !isDeepStrictEqual(before, after) : !isDeepStrictEqual(before[name], after[name]);
  const kept = new Set([...(type.computed ?? []), ...(type.optionalComputed ?? []), "region"]);
  const names = new Set(inputNames(type));
  const anew = Object.entries(type.recomputed ?? {}).filter(
    ([name, causes]) => inputs[name] === undefined && causes.some(hasChanged),
  );
  return {
    ...Object.fromEntries(Object.entries(olds).filter(([name]) => kept.has(name) || !names.has(name))),
    ...inputs,
    ...tagsOf(type, inputs, context),
    ...Object.fromEntries(anew.map(([name]) => [name, UNKNOWN])),
  };
}

function tagsOf(type: ResourceType, inputs: Properties, context: ResourceContext): Properties {
  if (!inputNames(type).includes("tags")) return {};
  const { plain, paths } = unwrapSecrets(inputs["tags"]);
  const all = tagsAll(isRecord(plain) ? (plain as Record<string, string>) : undefined, context);
  return { tagsAll: wrapSecretsAt(plain === UNKNOWN ? UNKNOWN : all, paths) };
}
