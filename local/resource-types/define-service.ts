import type { Place } from "../kernel/place.ts";
import type { Operation, Service } from "../kernel/service.ts";
import type { Registered } from "./registry.ts";
import { type Properties, type ResourceType, withStore } from "./resource-type.ts";

/** What a service's store may do for `Service`. */
export interface StoreOfService {
  find?(arn: string): Place | undefined;
  emptyData?(): void;
  close?(): Promise<void> | void;
}

/** A service without its store; `find`, `emptyData` and `close` default to those of the store. */
export interface ServiceParts<S> extends Omit<Service, "operations" | "emptyData" | "close"> {
  operations(store: S): Readonly<Record<string, Operation>>;
  readonly resourceTypes: readonly ResourceType<Properties, S>[];
  readonly providerFunctions?: Registered["providerFunctions"];
  emptyData?(): void;
  close?(): void;
}

/** A service, put together from its store and its other parts. */
export function defineService<S extends StoreOfService, P extends ServiceParts<S>>(store: S, parts: P) {
  const { operations, resourceTypes, ...others } = parts;
  let made: Readonly<Record<string, Operation>> | undefined;
  const service = {
    // A service whose store finds nothing by ARN has no `find`: see `Calls.find`.
    ...(store.find && { find: (arn: string) => store.find?.(arn) }),
    emptyData: () => store.emptyData?.(),
    close: () => store.close?.(),
    ...others,
    store,
    /** Made at the first call: there are hundreds, and a cloud's user needs few services. */
    get operations(): Readonly<Record<string, Operation>> {
      made ??= operations(store);
      return made;
    },
    resourceTypes: withStore(resourceTypes, store),
  };
  return service satisfies Service & Registered;
}
