import type { z } from "zod";
import type { Principal } from "../kernel/principal.ts";

/** Values as they stand in a Pulumi state: plain JSON. Secrets are unwrapped before a type sees them, and wrapped again by the provider. */
export type Properties = Readonly<Record<string, unknown>>;

/**
 * Where a resource is made, and what it may use.
 *
 * `S`: the service that has the resources of this type.
 */
export interface ResourceContext<S = unknown> {
  readonly store: S;
  readonly accountId: string;
  readonly region: string;
  /** `aws`, `aws-cn`, … */
  readonly partition: string;
  readonly urn: string;
  /** Who the provider acts as. */
  readonly principal: Principal;
  /** The `defaultTags` of the provider's configuration. */
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** An asset or archive argument, read: file name (in an archive) → bytes. `hash` is what diffs compare. */
export interface ResolvedAsset {
  readonly kind: "asset" | "archive";
  readonly hash: string;
  /** An asset's bytes stand under the name "". */
  read(): Promise<ReadonlyMap<string, Buffer>>;
}

/**
 * How a physical name is made when the program gives none: `<logical name>-<7 hex digits>`, cut to `maxLength`. With `isExact` it is the logical
 * name as it is, whatever `pulumi:autonaming` says: a default of the real provider, no automatic name.
 */
export interface AutoName {
  readonly property: string;
  readonly maxLength: number;
  readonly isExact?: true;
  /** Makes the name fit, such as lower case for a bucket. */
  readonly shape?: (name: string) => string;
}

/** Gives values that mean the same one form, such as a policy or a list whose order says nothing. */
export type Canonicalize = (value: unknown) => unknown;

/**
 * One Pulumi resource type of the `aws` package. All names are Pulumi's (camelCase), as the SDK sends them.
 *
 * `create`, `update` and `delete` throw AwsError (or NotSupportedError) as the service would. Outputs are the whole state: inputs and computed
 * properties. Everything the program can read back must be there (`arn`, `id`, `tagsAll`, …).
 */
export interface ResourceType<I = Properties, S = unknown> {
  /** Such as `aws:kinesis/stream:Stream`. */
  readonly token: string;
  /** Strict schema of the inputs, with the defaults that the real provider has; an argument that is not in it is refused by name. Assets arrive as ResolvedAsset. */
  readonly inputs: z.ZodType<I>;
  readonly autoName?: AutoName;
  /** Of a service without regions (IAM): it has no `region`, neither as an argument nor as an output. */
  readonly isGlobal?: boolean;
  /** Inputs whose change makes a new resource: `name`, `settings.size` (only that part), `*` (all). */
  readonly replaceOn: readonly string[];
  /** Whether a replacement must delete first; default false (create first). */
  readonly deleteBeforeReplace?: boolean;
  /** Outputs that are no inputs: what the service decides. Unknown in the preview of a create. `tagsAll` and `region` need not be named. */
  readonly computed?: readonly string[];
  /**
   * Inputs that the service fills in when the program gives none: unknown in the preview of a create, and leaving one out later, or saying what is there
   * already, is no change. A part of an input by its path (`recovery.days`, `rules[*].size`).
   */
  readonly optionalComputed?: readonly string[];
  /** Outputs that an update makes anew, with the inputs whose change does it (`*`: any): unknown in its preview. All others keep their value. */
  readonly recomputed?: Readonly<Record<string, readonly string[]>>;
  /** Outputs that are secret whatever the program says, as the real provider marks them: no engine prints them, and no state has them in clear. */
  readonly secretOutputs?: readonly string[];
  /** Inputs that have several forms which mean the same, by path (`policy`, `rules[*].actions`). */
  readonly canonical?: Readonly<Record<string, Canonicalize>>;
  /** Of the inputs that changed, those that are no change by themselves, such as a table's attributes when none of its keys and indexes changes. */
  immaterial?(changed: readonly string[], olds: Properties, news: Properties): readonly string[];
  /** The id that a resource has, where an import may name it in another form (a stream by its name); an id as it is comes back unchanged. */
  idOf?(importId: string, context: ResourceContext<S>): string;
  /** What an import's name says of the resource beside its id, such as the group of a log stream: a part of the state that `read` then gets. */
  stateOf?(importId: string): Properties;
  /** Checks beyond the schema: one failure per mistake. @param olds the checked inputs that the resource has; none for a new one. */
  check?(inputs: I, context: ResourceContext<S>, olds?: Properties): readonly { property: string; reason: string }[];
  /** What is allowed but hardly meant: engines print it as a warning. Inputs of which some are not known yet are passed too. */
  warnings?(inputs: I): readonly { property: string; reason: string }[];
  create(
    inputs: I,
    context: ResourceContext<S>,
  ): Promise<{ id: string; outputs: Properties }> | { id: string; outputs: Properties };
  /**
   * Outputs as they are on the service now, or undefined when the resource is gone. Every input that the service knows is told from the service;
   * one that is not set there is left out. What no service knows (`forceDestroy`, an archive's path) is taken from `state`: the outputs as they
   * were, nothing in an import.
   */
  read(
    id: string,
    state: Properties,
    context: ResourceContext<S>,
  ): Promise<Properties | undefined> | Properties | undefined;
  /** Changes what is not in `replaceOn`; the new outputs. */
  update(id: string, inputs: I, olds: Properties, context: ResourceContext<S>): Promise<Properties> | Properties;
  delete(id: string, state: Properties, context: ResourceContext<S>): Promise<void> | void;
}

/** Gives the functions the type that `inputs` parses to. */
export function defineResourceType<I, S = unknown>(type: ResourceType<I, S>): ResourceType<Properties, S> {
  return type as unknown as ResourceType<Properties, S>;
}

/** A function of the `aws` package (`invoke`), such as `aws:index/getCallerIdentity:getCallerIdentity`. */
export interface ProviderFunction<A = Properties> {
  readonly token: string;
  readonly args: z.ZodType<A>;
  run(args: A, context: ResourceContext): Promise<Properties> | Properties;
}

/** Gives `run` the type that `args` parses to. */
export function defineProviderFunction<A>(providerFunction: ProviderFunction<A>): ProviderFunction {
  return providerFunction as unknown as ProviderFunction;
}

/** The types of one service as a provider calls them: each with the service in its context. */
export function withStore<S>(types: readonly ResourceType<Properties, S>[], store: S): readonly ResourceType[] {
  return types.map((type) => {
    const { idOf, check } = type;
    return {
      ...type,
      ...(idOf && { idOf: (importId, context) => idOf(importId, { ...context, store }) }),
      ...(check && { check: (inputs, context, olds) => check(inputs, { ...context, store }, olds) }),
      create: (inputs, context) => type.create(inputs, { ...context, store }),
      read: (id, state, context) => type.read(id, state, { ...context, store }),
      update: (id, inputs, olds, context) => type.update(id, inputs, olds, { ...context, store }),
      delete: (id, state, context) => type.delete(id, state, { ...context, store }),
    };
  });
}
