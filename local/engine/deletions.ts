import type { ResourceState } from "./state.ts";

/** A resource that is protected and would have to be deleted. */
export function protectedMessage(urn: string): string {
  return (
    `resource "${urn}" cannot be deleted because it is protected. To unprotect the resource, remove the \`protect\` flag from the ` +
    "resource in your Pulumi program and deploy again"
  );
}

/** Deletes one resource at its provider, if something is there: components, providers, and what is to be retained, just leave the state. */
export async function deleteResource(state: ResourceState): Promise<void> {
  if (!state.isCustom || state.isExternal || state.isRetainedOnDelete) return;
  await state.provider?.provider.delete({ urn: state.urn, id: state.id, properties: state.outputs });
}
