import type { Provider } from "../resource-types/provider.ts";
import type { Properties } from "../resource-types/resource-type.ts";

/** A configured provider of one package, and the account and region that it makes resources in. */
export interface ConfiguredProvider {
  /** `<urn>::<id>`, as programs refer to it. */
  readonly reference: string;
  readonly packageName: string;
  readonly provider: Provider;
  readonly args: Properties;
}

/** One resource as the last deployment left it. Values are as on the wire: secrets wrapped, assets by signature with their hash. */
export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** False for components. */
  readonly isCustom: boolean;
  /** True for what was only read. */
  readonly isExternal: boolean;
  /** "" for components. */
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** URN of the parent; "" for the Stack. */
  readonly parent: string;
  readonly dependencies: readonly string[];
  /** URNs of what an input comes from, by input. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** Only for resources of a package. */
  readonly provider?: ConfiguredProvider;
  readonly isProtected: boolean;
  readonly isRetainedOnDelete: boolean;
}

/** A stack between deployments. Resources stand in the order in which they were registered: each after what it depends on. */
export interface StackState {
  readonly resources: ReadonlyMap<string, ResourceState>;
  /** What others have replaced and what is still to be deleted: a deployment failed before it came to that. */
  readonly condemned: readonly ResourceState[];
  /** As on the wire; undefined after a failed deployment. */
  readonly outputs: Properties | undefined;
}

/** A stack in which nothing is. */
export const emptyStack: StackState = { resources: new Map(), condemned: [], outputs: undefined };
