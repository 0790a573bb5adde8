import { unresolveAssets } from "../resource-types/assets.ts";
import type { Properties, ResourceType } from "../resource-types/resource-type.ts";
import { UNKNOWN, type ValuePath, withoutUndefined, wrapSecretsAt } from "../resource-types/wire-values.ts";

/**
 * Marks the outputs that are always secret: the type's `secretOutputs`, and `tagsAll` when the default tags are secret.
 */
export function withSecretOutputs(type: ResourceType, values: Properties, areDefaultTagsSecret: boolean): Properties {
  const names = [...(type.secretOutputs ?? []), ...(areDefaultTagsSecret ? ["tagsAll"] : [])];
  const known = names.filter((name) => values[name] !== undefined && values[name] !== UNKNOWN);
  return wrapSecretsAt(
    values,
    known.map((name) => [name]),
  ) as Properties;
}

/**
 * Marks values that were secret before. In a list that has changed, the secret elements cannot be told apart: all of it
 * is marked.
 */
export function withKnownSecrets(found: Properties, known: Properties, secretPaths: readonly ValuePath[]): Properties {
  const places = secretPaths.map((path) => {
    const index = path.findIndex((step) => typeof step === "number");
    const [name = ""] = path;
    return index < 0 || found[name] === known[name] ? path : path.slice(0, index);
  });
  return wrapSecretsAt(found, places) as Properties;
}

/** Outputs as a state, with the secret inputs marked, in `tagsAll` too. */
export function asState(outputs: Properties, secretPaths: readonly ValuePath[]): Properties {
  const amongAllTags = secretPaths.flatMap(([first, ...rest]) => (first === "tags" ? [["tagsAll", ...rest]] : []));
  return wrapSecretsAt(withoutUndefined(unresolveAssets(outputs)), [...secretPaths, ...amongAllTags]) as Properties;
}
