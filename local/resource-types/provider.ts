import type { Properties } from "./resource-type.ts";

/** One mistake in the arguments: which property, and what is wrong with it. */
export interface CheckFailure {
  /** Path such as `tags.owner` or `rules[0].name`; "" for the resource as a whole. */
  readonly property: string;
  readonly reason: string;
}

/** What a diff says. `changes` is "some" exactly when `diffs` has entries. */
export interface DiffResult {
  readonly changes: "none" | "some";
  /** Top-level properties that changed. */
  readonly diffs: readonly string[];
  /** Those of them that make a new resource. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
  /** Where in the inputs the changes are. May be empty although there are some (default tags, an engine's configuration). */
  readonly detailedDiff: readonly PropertyChange[];
}

/** One place in the inputs that changes. */
export interface PropertyChange {
  /** Such as `tags.owner`, `rules[0].name`, `tags["a.b"]`. */
  readonly path: string;
  readonly kind: "add" | "update" | "delete";
  /** Whether it is part of what makes a new resource. */
  readonly isReplacement: boolean;
}

/**
 * What an engine asks of a resource provider, after Pulumi's own `ResourceProvider` service: the same calls, over plain objects. Values
 * are as on the wire: secrets wrapped, assets by signature, unknowns as their marker. One instance is one configured provider.
 *
 * Mistakes in arguments are `failures`; whatever a service refuses is thrown (AwsError, NotSupportedError).
 */
export interface Provider {
  checkConfig(request: { urn: string; olds?: Properties; news: Properties }): Promise<CheckedInputs>;
  diffConfig(request: { urn: string; olds: Properties; news: Properties }): Promise<DiffResult>;
  /** Must come before all calls below. */
  configure(request: { args: Properties }): Promise<ProviderAbilities>;
  /** Fills in defaults and names. `olds` are the inputs that the resource was made with. */
  check(request: CheckRequest): Promise<CheckedInputs>;
  diff(request: DiffRequest): Promise<DiffResult>;
  create(request: {
    urn: string;
    properties: Properties;
    preview?: boolean;
  }): Promise<{ id: string; properties: Properties }>;
  /** An empty id says that the resource is gone. */
  read(request: { urn: string; id: string; properties?: Properties; inputs?: Properties }): Promise<ReadResult>;
  update(request: UpdateRequest): Promise<{ properties: Properties }>;
  delete(request: { urn: string; id: string; properties: Properties }): Promise<void>;
  invoke(request: {
    tok: string;
    args: Properties;
  }): Promise<{ return: Properties; failures: readonly CheckFailure[] }>;
}

/** Something in the arguments that is allowed but hardly meant: which property, and what to write instead. */
export type CheckWarning = CheckFailure;

/** What `check` and `checkConfig` answer: the inputs with defaults and a name, every mistake in them, and what engines are to warn of. */
export interface CheckedInputs {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
  /** @default none */
  readonly warnings?: readonly CheckWarning[];
}

/** How values are to be sent to this provider, and what it can do. */
export const providerAbilities = {
  acceptSecrets: true,
  acceptOutputs: false,
  acceptResources: false,
  supportsPreview: true,
  supportsAutonamingConfiguration: true,
} as const;

/** What `configure` answers. */
export type ProviderAbilities = typeof providerAbilities;

/** Arguments as the program gives them, to be checked. `olds`: the checked inputs that the resource has, none for a new one. */
export interface CheckRequest {
  readonly urn: string;
  readonly olds?: Properties;
  readonly news: Properties;
  /** 32 random bytes that names are made from. */
  readonly randomSeed?: Uint8Array;
  /** What the project's configuration says about names that the program does not give; none: the provider makes them. */
  readonly autonaming?: Autonaming;
}

/** `propose`: this name, made to fit; `enforce`: exactly this name; `disable`: none may be made. */
export interface Autonaming {
  readonly mode: "propose" | "enforce" | "disable";
  readonly proposedName: string;
}

/** What a resource is and what it is to be. */
export interface DiffRequest {
  readonly urn: string;
  readonly id: string;
  /** Outputs that the resource has. */
  readonly olds: Properties;
  /** Inputs that it was made with. */
  readonly oldInputs: Properties;
  /** Checked inputs that it is to have. */
  readonly news: Properties;
  readonly ignoreChanges?: readonly string[];
}

/** What a resource is and what it is to become, in place. `olds` are outputs. With `preview` nothing is touched. */
export interface UpdateRequest {
  readonly urn: string;
  readonly id: string;
  readonly olds: Properties;
  readonly oldInputs?: Properties;
  readonly news: Properties;
  readonly preview?: boolean;
}

/** A resource as it was found: its id (empty: it is gone), its outputs, and the inputs that would make it so. */
export interface ReadResult {
  readonly id: string;
  readonly properties: Properties;
  readonly inputs: Properties;
}
