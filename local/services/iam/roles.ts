import type { PolicyDocument } from "../../kernel/policy.ts";

/** A role of an account, with everything that it may do and who may be it. */
export class Role {
  readonly accountId: string;
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  /** `AROA…`; another one when the role is made again. */
  readonly roleId: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly createdAt: number;
  trustPolicy: PolicyDocument;
  description: string;
  maxSessionDurationSeconds: number;
  tags: Readonly<Record<string, string>>;
  /** ARN of the managed policy that bounds what the role may do, whatever its own policies say. */
  permissionsBoundary: string | undefined;
  readonly #inline = new Map<string, PolicyDocument>();
  readonly #attached = new Map<string, PolicyDocument>();
  #policies: readonly PolicyDocument[] | undefined;

  constructor(role: {
    accountId: string;
    arn: string;
    name: string;
    path: string;
    roleId: string;
    createdAt: number;
    trustPolicy: PolicyDocument;
    description: string;
    maxSessionDurationSeconds: number;
    tags: Readonly<Record<string, string>>;
    permissionsBoundary?: string | undefined;
  }) {
    this.accountId = role.accountId;
    this.arn = role.arn;
    this.name = role.name;
    this.path = role.path;
    this.roleId = role.roleId;
    this.createdAt = role.createdAt;
    this.trustPolicy = role.trustPolicy;
    this.description = role.description;
    this.maxSessionDurationSeconds = role.maxSessionDurationSeconds;
    this.tags = role.tags;
    this.permissionsBoundary = role.permissionsBoundary;
  }

  /** The partition that its ARN names. */
  get partition(): string {
    return this.arn.split(":")[1] ?? "";
  }

  /** Everything that the role may do: inline and attached policies. */
  policies(): readonly PolicyDocument[] {
    this.#policies ??= [...this.#inline.values(), ...this.#attached.values()];
    return this.#policies;
  }

  inlinePolicies(): ReadonlyMap<string, PolicyDocument> {
    return this.#inline;
  }

  /** Attached policies by ARN. */
  attachedPolicies(): ReadonlyMap<string, PolicyDocument> {
    return this.#attached;
  }

  putInlinePolicy(name: string, document: PolicyDocument): void {
    this.#inline.set(name, document);
    this.#policies = undefined;
  }

  deleteInlinePolicy(name: string): boolean {
    this.#policies = undefined;
    return this.#inline.delete(name);
  }

  attachPolicy(arn: string, document: PolicyDocument): void {
    this.#attached.set(arn, document);
    this.#policies = undefined;
  }

  detachPolicy(arn: string): boolean {
    this.#policies = undefined;
    return this.#attached.delete(arn);
  }
}
