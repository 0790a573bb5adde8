import { partitionOf } from "../../../aws/partitions.ts";
import { asList, statementsOf } from "../../accounts/compiled-policy.ts";
import { PolicyKind, parsePolicy } from "../../accounts/parse-policy.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { Place } from "../../kernel/place.ts";
import type { PolicyDocument, PolicyStatement } from "../../kernel/policy.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { AuthorizationRequest, Call } from "../../kernel/service.ts";
import type { Tags } from "../../resource-types/default-tags.ts";
import { iamArn } from "./arn.ts";
import { notKnownHere, parseAwsPolicyArn } from "./aws-managed-policies.ts";
import { VERSIONS_PER_POLICY } from "./limits.ts";
import { ManagedPolicy } from "./managed-policy.ts";
import { checkAttachments, checkInlinePolicies, parseManagedPolicy, parseTrustPolicy } from "./policy-sizes.ts";
import { Role } from "./role.ts";
import { uniqueId } from "./unique-id.ts";

/** A role to be added. */
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

/** A managed policy to be added. */
export interface ManagedPolicySpec {
  readonly name: string;
  readonly path: string;
  /** JSON text or object. */
  readonly document: unknown;
  readonly description: string;
  readonly tags: Tags;
}

/** The effect of a permissions boundary whose policy is deleted. */
const NOTHING_ALLOWED: PolicyDocument = { Version: "2012-10-17", Statement: [] };

/** Roles and managed policies of all accounts, by ARN. The only users are the accounts' administrators. */
export class IamStore {
  readonly #ports: Ports;
  readonly #roles = new Map<string, Role>();
  readonly #policies = new Map<string, ManagedPolicy>();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Roles and policies are resources: there is no data. */
  emptyData(): void {}

  /** The role with this ARN (its path included), or undefined. */
  findRoleByArn(arn: string): Role | undefined {
    return this.#roles.get(arn);
  }

  /** The role with this name in an account, or undefined. */
  findRole(accountId: string, name: string): Role | undefined {
    return this.listRoles(accountId).find((role) => role.name === name);
  }

  /** The role with this name in an account. @throws AwsError NoSuchEntity. */
  requireRole(accountId: string, name: string): Role {
    const role = this.findRole(accountId, name);
    if (role) return role;
    throw new AwsError("NoSuchEntity", `The role with name ${name} cannot be found.`, 404);
  }

  /** The roles of an account. */
  listRoles(accountId: string): readonly Role[] {
    return [...this.#roles.values()].filter((role) => role.accountId === accountId);
  }

  /** Adds a role. @throws AwsError EntityAlreadyExists, NoSuchEntity, MalformedPolicyDocument, LimitExceeded. */
  addRole(place: Place, spec: RoleSpec): Role {
    const { accountId } = place;
    const isTaken = this.listRoles(accountId).some((role) => role.name.toLowerCase() === spec.name.toLowerCase());
    if (isTaken) throw new AwsError("EntityAlreadyExists", `Role with name ${spec.name} already exists.`, 409);
    if (spec.permissionsBoundary !== undefined) {
      this.requireAttachable({ accountId, partition: partitionOf(place.region) }, spec.permissionsBoundary);
    }
    const role = new Role({
      ...spec,
      accountId,
      arn: iamArn("role", `${spec.path}${spec.name}`, place),
      roleId: uniqueId("AROA"),
      createdAt: this.#ports.clock.now(),
      trustPolicy: this.parseTrustPolicy(spec.trustPolicy),
    });
    this.#roles.set(role.arn, role);
    return role;
  }

  /** Removes a role. @throws AwsError DeleteConflict while it has policies. */
  removeRole(role: Role): void {
    if (role.inlinePolicies().size > 0) {
      throw new AwsError("DeleteConflict", "Cannot delete entity, must delete policies first.", 409);
    }
    if (role.attachedPolicies().size > 0) {
      throw new AwsError("DeleteConflict", "Cannot delete entity, must detach all policies first.", 409);
    }
    this.#roles.delete(role.arn);
  }

  /** What IAM is asked for an action on the role with this name. */
  authorizeRole(action: string, name: string, call: Call): readonly AuthorizationRequest[] {
    const role = this.findRole(call.accountId, name);
    return [{ action: `iam:${action}`, resource: role?.arn ?? iamArn("role", `/${name}`, call) }];
  }

  /** Parses a trust policy; the roles and users that it names must exist. @throws AwsError. */
  parseTrustPolicy(input: unknown): PolicyDocument {
    const document = parseTrustPolicy(input);
    for (const statement of statementsOf(document)) this.#checkPrincipals(statement);
    return document;
  }

  /** Sets the permissions boundary of a role; undefined removes it. @throws AwsError NoSuchEntity. */
  setPermissionsBoundary(role: Role, policyArn: string | undefined): void {
    if (policyArn !== undefined) this.requireAttachable(role, policyArn);
    role.permissionsBoundary = policyArn;
  }

  /** The permissions boundary of a role, in its default version; undefined for none. */
  permissionsBoundary(role: Role): PolicyDocument | undefined {
    if (role.permissionsBoundary === undefined) return undefined;
    return this.findPolicy(role.permissionsBoundary)?.document ?? NOTHING_ALLOWED;
  }

  /**
   * Puts an inline policy.
   * @param input JSON text or object.
   * @throws AwsError MalformedPolicyDocument, LimitExceeded.
   */
  putRolePolicy(role: Role, name: string, input: unknown): PolicyDocument {
    const others = [...role.inlinePolicies()].filter(([other]) => other !== name).map(([, policy]) => policy);
    const document = parsePolicy(input, PolicyKind.Identity);
    checkInlinePolicies([...others, document], role.name);
    role.putInlinePolicy(name, document);
    return document;
  }

  /** Attaches a policy of the account or of AWS. @throws AwsError NoSuchEntity, LimitExceeded. */
  attachRolePolicy(role: Role, policyArn: string): void {
    const { document } = this.requireAttachable(role, policyArn);
    const attached = role.attachedPolicies();
    if (!attached.has(policyArn)) checkAttachments(attached.size + 1);
    role.attachPolicy(policyArn, document);
  }

  /** The managed policy with this ARN, of an account or of AWS, or undefined. */
  findPolicy(arn: string): ManagedPolicy | undefined {
    return this.#policies.get(arn) ?? this.#awsPolicy(arn);
  }

  /**
   * The managed policy with this ARN.
   * @throws AwsError NoSuchEntity, NotSupportedError for a policy of AWS that is not known here.
   */
  requirePolicy(arn: string): ManagedPolicy {
    const policy = this.findPolicy(arn);
    if (policy) return policy;
    if (parseAwsPolicyArn(arn)) throw notKnownHere(arn);
    throw new AwsError("NoSuchEntity", `Policy ${arn} was not found.`, 404);
  }

  /**
   * A policy that roles of this account can attach.
   * @throws AwsError NoSuchEntity, NotSupportedError for a policy of AWS that is not known here.
   */
  requireAttachable(account: Pick<Role, "accountId" | "partition">, arn: string): ManagedPolicy {
    const policy = this.findPolicy(arn);
    const ofAws = parseAwsPolicyArn(arn);
    const isAttachable = ofAws ? ofAws.partition === account.partition : policy?.accountId === account.accountId;
    if (!isAttachable) throw new AwsError("NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`, 404);
    if (policy) return policy;
    throw notKnownHere(arn);
  }

  /** The managed policies of an account, without those of AWS. */
  listPolicies(accountId: string): readonly ManagedPolicy[] {
    return [...this.#policies.values()].filter((policy) => policy.accountId === accountId);
  }

  /** Adds a managed policy. @throws AwsError EntityAlreadyExists, MalformedPolicyDocument, LimitExceeded. */
  addPolicy(place: Place, { name, path, description, tags, document }: ManagedPolicySpec): ManagedPolicy {
    const others = this.listPolicies(place.accountId);
    if (others.some((policy) => policy.name.toLowerCase() === name.toLowerCase())) {
      const message = `A policy called ${name} already exists. Duplicate names are not allowed.`;
      throw new AwsError("EntityAlreadyExists", message, 409);
    }
    const arn = iamArn("policy", `${path}${name}`, place);
    const policyId = uniqueId("ANPA");
    const createdAt = this.#ports.clock.now();
    const policy = new ManagedPolicy(
      { arn, policyId, name, path, description, createdAt, tags },
      parseManagedPolicy(document),
    );
    this.#policies.set(arn, policy);
    return policy;
  }

  /** Removes a managed policy. @throws AwsError DeleteConflict while roles use it, or while it has other versions. */
  removePolicy(policy: ManagedPolicy): void {
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

  /**
   * Adds a version; as the default one it takes effect at once.
   * @throws AwsError MalformedPolicyDocument, LimitExceeded.
   */
  addPolicyVersion(policy: ManagedPolicy, document: unknown, isDefault: boolean): string {
    const { id } = policy.addVersion(parseManagedPolicy(document), this.#ports.clock.now());
    if (isDefault) this.setDefaultPolicyVersion(policy, id);
    return id;
  }

  /** Sets the default version, which takes effect at once. @throws AwsError NoSuchEntity. */
  setDefaultPolicyVersion(policy: ManagedPolicy, id: string): void {
    policy.setDefault(id, this.#ports.clock.now());
    for (const role of this.rolesWith(policy)) role.attachPolicy(policy.arn, policy.document);
  }

  /**
   * Adds a new default version, as deployments do: in place of the oldest other version when there are five.
   * @throws AwsError MalformedPolicyDocument, LimitExceeded.
   */
  updatePolicy(policy: ManagedPolicy, document: unknown): void {
    parseManagedPolicy(document);
    const oldest = policy.versions().find(({ id }) => id !== policy.defaultVersionId);
    if (oldest && policy.versions().length >= VERSIONS_PER_POLICY) policy.removeVersion(oldest.id);
    this.addPolicyVersion(policy, document, true);
  }

  /** The roles of all accounts that have a policy attached. */
  rolesWith(policy: ManagedPolicy): readonly Role[] {
    return [...this.#roles.values()].filter((role) => role.attachedPolicies().has(policy.arn));
  }

  /** The roles of all accounts that have a policy as their permissions boundary. */
  rolesBoundBy(policy: ManagedPolicy): readonly Role[] {
    return [...this.#roles.values()].filter((role) => role.permissionsBoundary === policy.arn);
  }

  /** A known policy of AWS; it is added when it is first used. */
  #awsPolicy(arn: string): ManagedPolicy | undefined {
    const { path: fullPath = "", name = "", policy: known } = parseAwsPolicyArn(arn) ?? {};
    if (!known) return undefined;
    const path = `/${fullPath.slice(0, fullPath.length - name.length)}`;
    const createdAt = this.#ports.clock.now();
    const policy = new ManagedPolicy(
      { arn, policyId: uniqueId("ANPA"), name, path, description: "", createdAt, tags: {} },
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
