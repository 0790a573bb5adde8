import type { ProviderFunction, ResourceType } from "../../provider/resource-type.ts";

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType[] = [];

/** The functions (invokes) of this service. */
export const providerFunctions: readonly ProviderFunction[] = [];
