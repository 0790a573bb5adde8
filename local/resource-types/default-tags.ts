import type { Properties, ResourceContext } from "./resource-type.ts";
import { isRecord } from "./wire-values.ts";

/** Keys and values, as AWS attaches them to a resource. */
export type Tags = Readonly<Record<string, string>>;

/** What `tagsAll` holds: the provider's default tags, and over them the resource's own. */
export function tagsAll(tags: Tags | undefined, context: Pick<ResourceContext, "defaultTags">): Record<string, string> {
  return { ...context.defaultTags, ...tags };
}

/**
 * What `tags` holds, told from all tags that the service has: a default tag of the provider is not the resource's own, unless its value is another one or
 * the state names it as the resource's. Undefined when there are none and the state has none.
 * @param state outputs as they were; nothing in an import.
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
