import { randomBytes } from "node:crypto";
import { asList, statementsOf } from "../../accounts/compiled-policy.ts";
import { PolicyKind, parsePolicy } from "../../accounts/parse-policy.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { PolicyDocument, PolicyStatement } from "../../kernel/policy.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { KnownRole, Roles } from "../../kernel/roles.ts";
import type { Operation, Service } from "../../kernel/service.ts";
import type { Tags } from "../../resource-types/default-tags.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { checkAttachments, checkInlinePolicies, parseManagedPolicy, parseTrustPolicy } from "./limits.ts";
import { notKnownHere, parseAwsPolicyArn } from "./managed-policies.ts";
import { iamOperations } from "./operations.ts";
import { MAX_VERSIONS, ManagedPolicy } from "./policies.ts";
import { providerFunctions, resourceTypes } from "./resources.ts";
import { Role } from "./roles.ts";
import { wire } from "./wire.ts";

/** What a role is made from. */
export interface RoleSpec {
  readonly name: string;
  readonly path: string;
  /** JSON text or object. */
  readonly trustPolicy: unknown;
  readonly description: string;
  readonly maxSessionDurationSeconds: number;
  readonly tags: Tags;
  /** ARN of a managed policy. */
  readonly permissionsBoundary?: string | undefined;
}

/** What a managed policy is made from. */
export interface ManagedPolicySpec {
  readonly name: string;
  readonly path: string;
  /** JSON text or object. */
  readonly document: unknown;
  readonly description: string;
  readonly tags: Tags;
}

/** A policy that is gone allows nothing. */
const NOTHING_ALLOWED: PolicyDocument = { Version: "2012-10-17", Statement: [] };

/** Roles and their policies. Users are the administrators of the accounts alone. */
export class IamService implements Service {
  readonly name = "iam";
  readonly resourceTypes = withStore(resourceTypes, this);
  readonly providerFunctions = providerFunctions;
  readonly wire = wire;
  readonly accessDenied = { code: "AccessDenied", status: 403 };
  readonly operations: Readonly<Record<string, Operation>>;
  readonly rolePort: Roles = { find: (arn) => this.#known(arn) };
  readonly #ports: Ports;
  readonly #roles = new Map<string, Role>();
  readonly #policies = new Map<string, ManagedPolicy>();

  constructor(ports: Ports) {
    this.#ports = ports;
    this.operations = iamOperations(this);
  }

  /** The role with this ARN (its path included), or undefined. */
  findRole(arn: string): Role | undefined {
    return this.#roles.get(arn);
  }

  /** The role with this name in an account. @throws AwsError NoSuchEntity. */
  role(accountId: string, name: string): Role {
    const found = this.roles(accountId).find((role) => role.name === name);
    if (!found) throw new AwsError("NoSuchEntity", `The role with name ${name} cannot be found.`, 404);
    return found;
  }

  roles(accountId: string): readonly Role[] {
    return [...this.#roles.values()].filter((role) => role.accountId === accountId);
  }

  /** @throws AwsError EntityAlreadyExists, MalformedPolicyDocument, LimitExceeded. */
  createRole(accountId: string, partition: string, spec: RoleSpec): Role {
    const taken = this.roles(accountId).some((role) => role.name.toLowerCase() === spec.name.toLowerCase());
    if (taken) throw new AwsError("EntityAlreadyExists", `Role with name ${spec.name} already exists.`, 409);
    if (spec.permissionsBoundary !== undefined)
      this.attachablePolicy({ accountId, partition }, spec.permissionsBoundary);
    const role = new Role({
      ...spec,
      accountId,
      arn: `arn:${partition}:iam::${accountId}:role${spec.path}${spec.name}`,
      roleId: `AROA${uniqueName()}`,
      createdAt: this.#ports.clock.now(),
      trustPolicy: this.parseTrustPolicy(spec.trustPolicy),
    });
    this.#roles.set(role.arn, role);
    return role;
  }

  /** Checks a trust policy; the roles and users that it names must exist. */
  parseTrustPolicy(input: unknown): PolicyDocument {
    const document = parseTrustPolicy(input);
    for (const statement of statementsOf(document)) this.#checkPrincipals(statement);
    return document;
  }

  /** Bounds what a role may do by a policy of the account or of AWS; undefined takes the boundary away. @throws AwsError NoSuchEntity. */
  setPermissionsBoundary(role: Role, policyArn: string | undefined): void {
    if (policyArn !== undefined) this.attachablePolicy(role, policyArn);
    role.permissionsBoundary = policyArn;
  }

  /** What bounds a role, in the version that is in force; undefined when nothing does. */
  permissionsBoundary(role: Role): PolicyDocument | undefined {
    if (role.permissionsBoundary === undefined) return undefined;
    return this.findPolicy(role.permissionsBoundary)?.document ?? NOTHING_ALLOWED;
  }

  /** The roles of all accounts that a policy bounds. */
  rolesBoundBy(policy: ManagedPolicy): readonly Role[] {
    return [...this.#roles.values()].filter((role) => role.permissionsBoundary === policy.arn);
  }

  /** @throws AwsError DeleteConflict while it has policies. */
  deleteRole(role: Role): void {
    if (role.inlinePolicies().size > 0) {
      throw new AwsError("DeleteConflict", "Cannot delete entity, must delete policies first.", 409);
    }
    if (role.attachedPolicies().size > 0) {
      throw new AwsError("DeleteConflict", "Cannot delete entity, must detach all policies first.", 409);
    }
    this.#roles.delete(role.arn);
  }

  /** @param input JSON text or object. @throws AwsError MalformedPolicyDocument, LimitExceeded. */
  putRolePolicy(role: Role, name: string, input: unknown): PolicyDocument {
    const others = [...role.inlinePolicies()].filter(([other]) => other !== name).map(([, policy]) => policy);
    const document = parsePolicy(input, PolicyKind.Identity);
    checkInlinePolicies([...others, document], role.name);
    role.putInlinePolicy(name, document);
    return document;
  }

  /** The managed policies of an account, without those of AWS. */
  policies(accountId: string): readonly ManagedPolicy[] {
    return [...this.#policies.values()].filter((policy) => policy.accountId === accountId);
  }

  /** A policy of the account, or of AWS, by its ARN. */
  findPolicy(arn: string): ManagedPolicy | undefined {
    return this.#policies.get(arn) ?? this.#awsPolicy(arn);
  }

  /** @throws AwsError EntityAlreadyExists, MalformedPolicyDocument, LimitExceeded. */
  createPolicy(accountId: string, partition: string, spec: ManagedPolicySpec): ManagedPolicy {
    const { name, path, description, tags } = spec;
    const isTaken = this.policies(accountId).some((policy) => policy.name.toLowerCase() === name.toLowerCase());
    if (isTaken) {
      const message = `A policy called ${name} already exists. Duplicate names are not allowed.`;
      throw new AwsError("EntityAlreadyExists", message, 409);
    }
    const arn = `arn:${partition}:iam::${accountId}:policy${path}${name}`;
    const policyId = `ANPA${uniqueName()}`;
    const createdAt = this.#ports.clock.now();
    const policy = new ManagedPolicy(
      { arn, policyId, name, path, description, createdAt, tags },
      parseManagedPolicy(spec.document),
    );
    this.#policies.set(arn, policy);
    return policy;
  }

  /** Adds a version to a policy, in force for every role that has it if it is the default one. @throws AwsError MalformedPolicyDocument, LimitExceeded. */
  addPolicyVersion(policy: ManagedPolicy, document: unknown, isDefault: boolean): string {
    const { id } = policy.addVersion(parseManagedPolicy(document), this.#ports.clock.now());
    if (isDefault) this.setDefaultPolicyVersion(policy, id);
    return id;
  }

  /** Puts a version in force, for every role that has the policy. @throws AwsError NoSuchEntity. */
  setDefaultPolicyVersion(policy: ManagedPolicy, id: string): void {
    policy.setDefault(id, this.#ports.clock.now());
    for (const role of this.rolesWith(policy)) role.attachPolicy(policy.arn, policy.document);
  }

  /** What deployments do: a new version in force, in place of the oldest of the others when there are five. @throws AwsError MalformedPolicyDocument, LimitExceeded. */
  updatePolicy(policy: ManagedPolicy, document: unknown): void {
    parseManagedPolicy(document);
    const oldest = policy.versions().find(({ id }) => id !== policy.defaultVersionId);
    if (oldest && policy.versions().length >= MAX_VERSIONS) policy.deleteVersion(oldest.id);
    this.addPolicyVersion(policy, document, true);
  }

  /** @throws AwsError DeleteConflict while a role has it or is bounded by it, or while it has other versions. */
  deletePolicy(policy: ManagedPolicy): void {
    if (this.rolesWith(policy).length + this.rolesBoundBy(policy).length > 0) {
      throw new AwsError("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
    }
    if (policy.versions().length > 1) {
      const message =
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.";
      throw new AwsError("DeleteConflict", message, 409);
    }
    this.#policies.delete(policy.arn);
  }

  /** The roles that a policy is attached to, in all accounts. */
  rolesWith(policy: ManagedPolicy): readonly Role[] {
    return [...this.#roles.values()].filter((role) => role.attachedPolicies().has(policy.arn));
  }

  /** A policy that can be attached. @throws AwsError NoSuchEntity; NotSupportedError for a policy of AWS that is not known here. */
  attachablePolicy(place: Pick<Role, "accountId" | "partition">, arn: string): ManagedPolicy {
    const policy = this.findPolicy(arn);
    const ofAws = parseAwsPolicyArn(arn);
    const isAttachable = ofAws ? ofAws.partition === place.partition : policy?.accountId === place.accountId;
    if (!isAttachable) throw new AwsError("NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`, 404);
    if (policy) return policy;
    throw notKnownHere(arn);
  }

  /** Attaches a policy of the account or of AWS. @throws AwsError NoSuchEntity, LimitExceeded. */
  attachRolePolicy(role: Role, policyArn: string): void {
    const { document } = this.attachablePolicy(role, policyArn);
    const attached = role.attachedPolicies();
    if (!attached.has(policyArn)) checkAttachments(attached.size + 1);
    role.attachPolicy(policyArn, document);
  }

  emptyData(): void {}

  close(): void {}

  #known(arn: string): KnownRole | undefined {
    const role = this.#roles.get(arn);
    return (
      role && {
        arn,
        roleId: role.roleId,
        accountId: role.accountId,
        trustPolicy: role.trustPolicy,
        maxSessionDurationSeconds: role.maxSessionDurationSeconds,
        policies: () => role.policies(),
        boundary: () => this.permissionsBoundary(role),
      }
    );
  }

  #awsPolicy(arn: string): ManagedPolicy | undefined {
    const { path: fullPath = "", name = "", policy: known } = parseAwsPolicyArn(arn) ?? {};
    if (!known) return undefined;
    const path = `/${fullPath.slice(0, fullPath.length - name.length)}`;
    const policyId = `ANPA${uniqueName()}`;
    const policy = new ManagedPolicy(
      { arn, policyId, name, path, description: "", createdAt: this.#ports.clock.now(), tags: {} },
      known.document,
      known.version,
    );
    this.#policies.set(arn, policy);
    return policy;
  }

  #checkPrincipals(statement: PolicyStatement): void {
    for (const principal of [statement.Principal, statement.NotPrincipal]) {
      if (principal === undefined || principal === "*") continue;
      for (const name of asList(principal["AWS"])) {
        if (!/^arn:[^:]+:iam::\d{12}:(role|user)\//.test(name)) continue;
        const exists = this.#roles.has(name) || this.#ports.principals.isAdministrator(name);
        if (!exists) {
          throw new AwsError("MalformedPolicyDocument", `Invalid principal in policy: "AWS":"${name}"`);
        }
      }
    }
  }
}

/** 17 characters as AWS makes them for ids. */
function uniqueName(): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return [...randomBytes(17)].map((byte) => alphabet[byte % 32]).join("");
}
