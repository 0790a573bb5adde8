import type { ResourceState } from "./state.ts";

/** The error for a protected resource that would be deleted. */
export function protectedMessage(urn: string): string {
  return (
    `resource "${urn}" cannot be deleted because it is protected. To unprotect the resource, remove the \`protect\` flag from the ` +
    "resource in your Pulumi program and deploy again"
  );
}

/**
 * Deletes one resource through its provider. Components, providers and resources with `retainOnDelete` only leave the
 * state.
 */
export async function deleteResource(state: ResourceState): Promise<void> {
  if (!state.isCustom || state.isExternal || state.isRetainedOnDelete) return;
  await state.provider?.provider.delete({ urn: state.urn, id: state.id, properties: state.outputs });
}
