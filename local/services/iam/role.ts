import type { PolicyDocument } from "../../kernel/policy.ts";

/** A role: its trust policy and its permissions. */
export class Role {
  readonly accountId: string;
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  /** `AROA…`; a role that is deleted and created again gets another one. */
  readonly roleId: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly createdAt: number;
  trustPolicy: PolicyDocument;
  description: string;
  maxSessionDurationSeconds: number;
  tags: Readonly<Record<string, string>>;
  /** ARN of the managed policy that is its permissions boundary. */
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

  /** The partition of its ARN. */
  get partition(): string {
    return this.arn.split(":")[1] ?? "";
  }

  /** Inline and attached policies. */
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

  removeInlinePolicy(name: string): boolean {
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
