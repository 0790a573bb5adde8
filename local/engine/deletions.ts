import type { ResourceState } from "./state.ts";

/** A resource that is protected and would have to be deleted. */
export function protectedMessage(urn: string): string {
  return (
    `resource "${urn}" cannot be deleted because it is protected. To unprotect the resource, remove the \`protect\` flag from the ` +
    "resource in your Pulumi program and deploy again"
  );
}

/** Whether something is there to be deleted: components, providers and what was only read just leave the state. */
export function hasProviderDelete(state: ResourceState): boolean {
  return state.isCustom && !state.isExternal && !state.isRetainedOnDelete && state.provider !== undefined;
}

/** Deletes one resource at its provider. */
export async function deleteResource({ urn, id, outputs, provider }: ResourceState): Promise<void> {
  await provider?.provider.delete({ urn, id, properties: outputs });
}
