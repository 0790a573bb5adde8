import type { z } from "zod";
import type { Principal } from "../kernel/principal.ts";

/** Values of a Pulumi state: plain JSON. The provider unwraps secrets before it calls a type, and wraps them again. */
export type Properties = Readonly<Record<string, unknown>>;

/**
 * The context of a resource type's functions: account and region of the resource, and the store of its service.
 *
 * `S`: the store of the service.
 */
export interface ResourceContext<S = unknown> {
  readonly store: S;
  readonly accountId: string;
  readonly region: string;
  /** `aws`, `aws-cn`, … */
  readonly partition: string;
  readonly urn: string;
  /** The provider's identity. */
  readonly principal: Principal;
  /** The `defaultTags` of the provider's configuration. */
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** An asset or archive argument: file name → bytes. Diffs compare `hash`. */
export interface ResolvedAsset {
  readonly kind: "asset" | "archive";
  readonly hash: string;
  /** An asset has one file, with the name "". */
  read(): Promise<ReadonlyMap<string, Buffer>>;
}

/**
 * The automatic physical name: `<logical name>-<7 hex digits>`, at most `maxLength` characters. With `isExact` the
 * logical name itself, whatever `pulumi:autonaming` is: there it is the real provider's default, not an automatic name.
 */
export interface AutoName {
  readonly property: string;
  readonly maxLength: number;
  readonly isExact?: true;
  /** Adapts the name to the service's rules, such as lower case for a bucket. */
  readonly shape?: (name: string) => string;
}

/** Returns the same value for all forms that mean the same, such as of a policy or of a list without order. */
export type Canonicalize = (value: unknown) => unknown;

/**
 * One Pulumi resource type of the `aws` package. All names are Pulumi's (camelCase), as the SDK sends them.
 *
 * `create`, `update` and `delete` throw AwsError (or NotSupportedError) as the service would. Outputs are the complete
 * state: inputs and computed properties, everything that a program can read (`arn`, `id`, `tagsAll`, …).
 */
export interface ResourceType<I = Properties, S = unknown> {
  /** Such as `aws:kinesis/stream:Stream`. */
  readonly token: string;
  /**
   * Strict schema of the inputs, with the real provider's defaults; any other argument is refused by name. Assets
   * arrive as ResolvedAsset.
   */
  readonly inputs: z.ZodType<I>;
  readonly autoName?: AutoName;
  /** For a global service (IAM): no `region`, neither as an argument nor as an output. */
  readonly isGlobal?: boolean;
  /** Inputs whose change forces a replacement: `name`, `settings.size` (only that part), `*` (all). */
  readonly replaceOn: readonly string[];
  /** Whether a replacement deletes first; default false (creates first). */
  readonly deleteBeforeReplace?: boolean;
  /**
   * Outputs that are not inputs: the service sets them. Unknown in the preview of a create. `tagsAll` and `region`
   * need not be listed.
   */
  readonly computed?: readonly string[];
  /**
   * Inputs that the service fills in when the program leaves them out: unknown in the preview of a create. Leaving one
   * out later, or giving its current value, is no change. Paths name parts of an input (`recovery.days`,
   * `rules[*].size`).
   */
  readonly optionalComputed?: readonly string[];
  /**
   * Outputs that an update changes, each with the inputs that cause it (`*`: any): unknown in the preview of an
   * update. All other outputs keep their value.
   */
  readonly recomputed?: Readonly<Record<string, readonly string[]>>;
  /**
   * Outputs that are always secret, as in the real provider: engines never print them, and states have them encrypted.
   */
  readonly secretOutputs?: readonly string[];
  /** The canonical form of inputs that can be written in several ways, by path (`policy`, `rules[*].actions`). */
  readonly canonical?: Readonly<Record<string, Canonicalize>>;
  /**
   * The changed inputs whose difference alone is no change, such as a table's attributes when its keys and indexes
   * stay the same (like Terraform's `DiffSuppressFunc`).
   */
  suppressDiffs?(changed: readonly string[], olds: Properties, news: Properties): readonly string[];
  /** The id for an import's name in another form (a stream by its name); an id is returned unchanged. */
  idOf?(importId: string, context: ResourceContext<S>): string;
  /** State that an import's name contains besides the id, such as the group of a log stream; passed to `read`. */
  stateOf?(importId: string): Properties;
  /**
   * Checks beyond the schema: one failure per mistake.
   * @param olds the checked inputs of the existing resource; none for a new one.
   */
  check?(inputs: I, context: ResourceContext<S>, olds?: Properties): readonly { property: string; reason: string }[];
  /**
   * Warnings about arguments that are allowed but probably a mistake. Also called when some inputs are still unknown.
   */
  warnings?(inputs: I, urn: string): readonly { property: string; reason: string }[];
  create(
    inputs: I,
    context: ResourceContext<S>,
  ): Promise<{ id: string; outputs: Properties }> | { id: string; outputs: Properties };
  /**
   * The current outputs, or undefined when the resource no longer exists. All inputs that the service knows come from
   * the service; unset ones are left out. Inputs that no service knows (`forceDestroy`, an archive's path) come from
   * `state`: the previous outputs, empty in an import.
   */
  read(
    id: string,
    state: Properties,
    context: ResourceContext<S>,
  ): Promise<Properties | undefined> | Properties | undefined;
  /** Changes inputs that are not in `replaceOn`, and returns the new outputs. */
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

/** Binds the types of one service to its store. */
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
