import type { Provider } from "../resource-types/provider.ts";
import type { Properties } from "../resource-types/resource-type.ts";

/** A configured provider of one package. */
export interface ConfiguredProvider {
  /** `<urn>::<id>`, as in a program's references. */
  readonly reference: string;
  readonly packageName: string;
  readonly provider: Provider;
  readonly args: Properties;
}

/**
 * State of one resource after the last deployment. Values are in wire format: secrets wrapped, assets by signature
 * with their hash.
 */
export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** False for components. */
  readonly isCustom: boolean;
  /** True for resources that are only read. */
  readonly isExternal: boolean;
  /** "" for components. */
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** URN of the parent; "" for the Stack. */
  readonly parent: string;
  readonly dependencies: readonly string[];
  /** URNs of the resources that each input comes from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** Only for resources of a package. */
  readonly provider?: ConfiguredProvider;
  readonly isProtected: boolean;
  readonly isRetainedOnDelete: boolean;
}

/** State of a stack between deployments. Resources are in dependency order, as they were registered. */
export interface StackState {
  readonly resources: ReadonlyMap<string, ResourceState>;
  /** Replaced resources that a failed deployment has not deleted yet. */
  readonly pendingDeletion: readonly ResourceState[];
  /** In wire format; undefined after a failed deployment. */
  readonly outputs: Properties | undefined;
}

/** A stack without resources. */
export const emptyStack: StackState = { resources: new Map(), pendingDeletion: [], outputs: undefined };
