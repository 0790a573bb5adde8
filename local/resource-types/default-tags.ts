import type { Properties, ResourceContext } from "./resource-type.ts";
import { isRecord } from "./wire-values.ts";

/** Keys and values, as AWS attaches them to a resource. */
export type Tags = Readonly<Record<string, string>>;

/** The output `tagsAll`: the provider's default tags, overridden by the resource's own. */
export function tagsAll(tags: Tags | undefined, context: Pick<ResourceContext, "defaultTags">): Record<string, string> {
  return { ...context.defaultTags, ...tags };
}

/**
 * The output `tags`: all tags on the service, without the provider's default tags. A default tag counts as the
 * resource's own when its value differs or the state has it in `tags`. Undefined when neither the service nor the state
 * has any.
 * @param state previous outputs; empty in an import.
 */
export function ownTags(
  all: Tags,
  context: Pick<ResourceContext, "defaultTags">,
  state: Properties,
): Record<string, string> | undefined {
  const known = isRecord(state["tags"]) ? state["tags"] : undefined;
  const isOwn = ([key, value]: [string, string]) =>
    context.defaultTags[key] !== value || (known !== undefined && Object.hasOwn(known, key));
  const own = Object.entries(all).filter(isOwn);
  return own.length === 0 && known === undefined ? undefined : Object.fromEntries(own);
}
