import type { Properties } from "./resource-type.ts";

/** One mistake in the arguments: which property, and what is wrong with it. */
export interface CheckFailure {
  /** Path such as `tags.owner` or `rules[0].name`; "" for the resource as a whole. */
  readonly property: string;
  readonly reason: string;
}

/** The answer of `diff`. `changes` is "some" exactly when `diffs` has entries. */
export interface DiffResult {
  readonly changes: "none" | "some";
  /** Top-level properties that changed. */
  readonly diffs: readonly string[];
  /** The changed properties that force a replacement. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
  /** The changed paths in the inputs. Can be empty although `diffs` is not (default tags, provider configuration). */
  readonly detailedDiff: readonly PropertyChange[];
}

/** One changed path of the inputs. */
export interface PropertyChange {
  /** Such as `tags.owner`, `rules[0].name`, `tags["a.b"]`. */
  readonly path: string;
  readonly kind: "add" | "update" | "delete";
  /** Whether it contributes to a replacement. */
  readonly isReplacement: boolean;
}

/**
 * The calls of Pulumi's `ResourceProvider` service, over plain objects. Values are in wire format: secrets wrapped,
 * assets by signature, unknowns as their marker. One instance is one configured provider.
 *
 * Mistakes in arguments are returned as `failures`; errors of a service are thrown (AwsError, NotSupportedError).
 */
export interface Provider {
  checkConfig(request: { urn: string; olds?: Properties; news: Properties }): Promise<CheckedInputs>;
  diffConfig(request: { urn: string; olds: Properties; news: Properties }): Promise<DiffResult>;
  /** Must come before all calls below. */
  configure(request: { args: Properties }): Promise<ProviderAbilities>;
  /** Checks inputs, and fills in defaults and names. `olds` are the inputs of the existing resource. */
  check(request: CheckRequest): Promise<CheckedInputs>;
  diff(request: DiffRequest): Promise<DiffResult>;
  create(request: {
    urn: string;
    properties: Properties;
    preview?: boolean;
  }): Promise<{ id: string; properties: Properties }>;
  /** An empty id in the answer: the resource no longer exists. */
  read(request: { urn: string; id: string; properties?: Properties; inputs?: Properties }): Promise<ReadResult>;
  update(request: UpdateRequest): Promise<{ properties: Properties }>;
  delete(request: { urn: string; id: string; properties: Properties }): Promise<void>;
  invoke(request: {
    tok: string;
    args: Properties;
  }): Promise<{ return: Properties; failures: readonly CheckFailure[] }>;
}

/** An argument that is allowed but probably a mistake: which property, and what to write instead. */
export type CheckWarning = CheckFailure;

/**
 * The answer of `check` and `checkConfig`: the inputs with defaults and a name, all mistakes in them, and warnings.
 */
export interface CheckedInputs {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
  /** @default none */
  readonly warnings?: readonly CheckWarning[];
}

/** The capabilities that this provider announces to engines. */
export const providerAbilities = {
  acceptSecrets: true,
  acceptOutputs: false,
  acceptResources: false,
  supportsPreview: true,
  supportsAutonamingConfiguration: true,
} as const;

/** The answer of `configure`. */
export type ProviderAbilities = typeof providerAbilities;

/**
 * The request of `check`: the program's arguments. `olds`: the checked inputs of the existing resource; none for a new
 * one.
 */
export interface CheckRequest {
  readonly urn: string;
  readonly olds?: Properties;
  readonly news: Properties;
  /** 32 random bytes, the source of automatic names. */
  readonly randomSeed?: Uint8Array;
  /** The project's `pulumi:autonaming`; default: the provider chooses names. */
  readonly autonaming?: Autonaming;
}

/** `propose`: this name, shortened to fit; `enforce`: exactly this name; `disable`: no automatic names. */
export interface Autonaming {
  readonly mode: "propose" | "enforce" | "disable";
  readonly proposedName: string;
}

/** The request of `diff`: current and new values of a resource. */
export interface DiffRequest {
  readonly urn: string;
  readonly id: string;
  /** Current outputs. */
  readonly olds: Properties;
  /** Current inputs. */
  readonly oldInputs: Properties;
  /** New inputs, checked. */
  readonly news: Properties;
  readonly ignoreChanges?: readonly string[];
}

/** The request of `update`, in place. `olds` are outputs. With `preview` nothing is changed. */
export interface UpdateRequest {
  readonly urn: string;
  readonly id: string;
  readonly olds: Properties;
  readonly oldInputs?: Properties;
  readonly news: Properties;
  readonly preview?: boolean;
}

/** The answer of `read`: the id (empty: no longer exists), the outputs, and the inputs that would result in them. */
export interface ReadResult {
  readonly id: string;
  readonly properties: Properties;
  readonly inputs: Properties;
}
