import type { ProviderFunction, ResourceType } from "./resource-type.ts";

/** The resource types and functions of a provider, by token. */
export interface Registry {
  readonly resourceTypes: ReadonlyMap<string, ResourceType>;
  readonly providerFunctions: ReadonlyMap<string, ProviderFunction>;
}

/** A service's resource types and functions. */
export interface Registered {
  readonly resourceTypes?: readonly ResourceType[];
  /** The functions (invokes). */
  readonly providerFunctions?: readonly ProviderFunction[];
}

/** The registry of these services. */
export function registryOf(services: readonly Registered[]): Registry {
  const types = services.flatMap(({ resourceTypes = [] }) => resourceTypes);
  const functions = services.flatMap(({ providerFunctions = [] }) => providerFunctions);
  return {
    resourceTypes: new Map(types.map((type) => [type.token, type])),
    providerFunctions: new Map(functions.map((one) => [one.token, one])),
  };
}
