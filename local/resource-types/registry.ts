import type { ProviderFunction, ResourceType } from "./resource-type.ts";

/** The resource types and functions that a provider has, by token. */
export interface Registry {
  readonly resourceTypes: ReadonlyMap<string, ResourceType>;
  readonly providerFunctions: ReadonlyMap<string, ProviderFunction>;
}

/** What a service has for Pulumi programs. */
export interface Registered {
  readonly resourceTypes?: readonly ResourceType[];
  /** The functions (invokes). */
  readonly providerFunctions?: readonly ProviderFunction[];
}

/** Everything that these services have. */
export function registryOf(services: readonly Registered[]): Registry {
  const types = services.flatMap(({ resourceTypes = [] }) => resourceTypes);
  const functions = services.flatMap(({ providerFunctions = [] }) => providerFunctions);
  return {
    resourceTypes: new Map(types.map((type) => [type.token, type])),
    providerFunctions: new Map(functions.map((one) => [one.token, one])),
  };
}
