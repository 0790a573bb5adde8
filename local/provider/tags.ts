import type { ResourceContext } from "./resource-type.ts";

/** What `tagsAll` holds: the provider's default tags, and over them the resource's own. */
export function tagsAll(
  tags: Readonly<Record<string, string>> | undefined,
  context: Pick<ResourceContext, "defaultTags">,
): Record<string, string> {
  return { ...context.defaultTags, ...tags };
}
