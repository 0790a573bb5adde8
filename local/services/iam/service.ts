import { randomBytes } from "node:crypto";
import { asList, statementsOf } from "../../accounts/compiled-policy.ts";
import { PolicyKind, parsePolicy } from "../../accounts/parse-policy.ts";
import type { PolicyDocument, PolicyStatement } from "../../accounts/policy.ts";
import type { Cloud } from "../../cloud.ts";
import { AwsError } from "../../errors.ts";
import type { Operation, Service } from "../../service.ts";
import { queryProtocol } from "../query-protocol.ts";
import { awsManagedPolicies } from "./managed-policies.ts";
import { iamOperations } from "./operations.ts";
import { Role } from "./roles.ts";

/** A policy of its own, which roles attach. */
export interface ManagedPolicy {
  readonly arn: string;
  readonly policyId: string;
  readonly name: string;
  readonly path: string;
  document: PolicyDocument;
  description: string;
  tags: Readonly<Record<string, string>>;
}

/** What a role is made from. */
export interface RoleSpec {
  readonly name: string;
  readonly path: string;
  /** JSON text or object. */
  readonly trustPolicy: unknown;
  readonly description: string;
  readonly maxSessionDurationSeconds: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** Characters, without white space, of all inline policies of a role. */
const INLINE_POLICIES_LIMIT = 10_240;
/** Characters of a trust policy, without white space. */
const TRUST_POLICY_LIMIT = 2_048;

/** Roles and their policies. Users are the administrators of the accounts alone. */
export class IamService implements Service {
  readonly name = "iam";
  readonly protocol = queryProtocol({
    version: "2010-05-08",
    xmlNamespace: "https://iam.amazonaws.com/doc/2010-05-08/",
    timestamps: ["CreateDate", "UpdateDate", "LastUsedDate"],
  });
  readonly accessDenied = { code: "AccessDenied", status: 403 };
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #cloud: Cloud;
  readonly #roles = new Map<string, Role>();
  readonly #policies = new Map<string, ManagedPolicy>();

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
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
    const role = new Role({
      ...spec,
      accountId,
      arn: `arn:${partition}:iam::${accountId}:role${spec.path}${spec.name}`,
      roleId: `AROA${uniqueName()}`,
      createdAt: this.#cloud.clock.now(),
      trustPolicy: this.parseTrustPolicy(spec.trustPolicy),
    });
    this.#roles.set(role.arn, role);
    return role;
  }

  /** Checks a trust policy; the roles and users that it names must exist. */
  parseTrustPolicy(input: unknown): PolicyDocument {
    const document = parsePolicy(input, PolicyKind.Trust);
    for (const statement of statementsOf(document)) this.#checkPrincipals(statement);
    if (JSON.stringify(document).length > TRUST_POLICY_LIMIT) {
      throw new AwsError("LimitExceeded", `Cannot exceed quota for ACLSizePerRole: ${TRUST_POLICY_LIMIT}`, 409);
    }
    return document;
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
    const document = parsePolicy(input, PolicyKind.Identity);
    const others = [...role.inlinePolicies()].filter(([other]) => other !== name).map(([, policy]) => policy);
    const size = [...others, document].reduce((sum, policy) => sum + JSON.stringify(policy).length, 0);
    if (size > INLINE_POLICIES_LIMIT) {
      throw new AwsError(
        "LimitExceeded",
        `Maximum policy size of ${INLINE_POLICIES_LIMIT} bytes exceeded for role ${role.name}`,
        409,
      );
    }
    role.putInlinePolicy(name, document);
    return document;
  }

  createPolicy(
    accountId: string,
    partition: string,
    spec: {
      name: string;
      path: string;
      document: unknown;
      description: string;
      tags: Readonly<Record<string, string>>;
    },
  ): ManagedPolicy {
    const arn = `arn:${partition}:iam::${accountId}:policy${spec.path}${spec.name}`;
    if (this.#policies.has(arn)) {
      throw new AwsError("EntityAlreadyExists", `A policy called ${spec.name} already exists.`, 409);
    }
    const policy: ManagedPolicy = {
      ...spec,
      arn,
      policyId: `ANPA${uniqueName()}`,
      document: parsePolicy(spec.document, PolicyKind.Identity),
    };
    this.#policies.set(arn, policy);
    return policy;
  }

  findPolicy(arn: string): ManagedPolicy | undefined {
    return this.#policies.get(arn);
  }

  /** Changes a policy for every role that has it. */
  updatePolicy(policy: ManagedPolicy, document: unknown): void {
    policy.document = parsePolicy(document, PolicyKind.Identity);
    for (const role of this.#roles.values()) {
      if (role.attachedPolicies().has(policy.arn)) role.attachPolicy(policy.arn, policy.document);
    }
  }

  /** @throws AwsError DeleteConflict while a role has it. */
  deletePolicy(policy: ManagedPolicy): void {
    if ([...this.#roles.values()].some((role) => role.attachedPolicies().has(policy.arn))) {
      throw new AwsError("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
    }
    this.#policies.delete(policy.arn);
  }

  /** Attaches a policy of the account or of AWS. @throws AwsError NoSuchEntity. */
  attachRolePolicy(role: Role, policyArn: string): void {
    const awsName = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(policyArn)?.[1];
    const document = awsName ? awsManagedPolicies[awsName] : this.#policies.get(policyArn)?.document;
    if (!document) {
      const has = awsName ? ` The local cloud has: ${Object.keys(awsManagedPolicies).join(", ")}.` : "";
      throw new AwsError("NoSuchEntity", `Policy ${policyArn} does not exist or is not attachable.${has}`, 404);
    }
    role.attachPolicy(policyArn, document);
  }

  emptyData(): void {}

  close(): void {}

  #checkPrincipals(statement: PolicyStatement): void {
    for (const principal of [statement.Principal, statement.NotPrincipal]) {
      if (principal === undefined || principal === "*") continue;
      for (const name of asList(principal["AWS"])) {
        if (!/^arn:[^:]+:iam::\d{12}:(role|user)\//.test(name)) continue;
        const exists =
          this.#roles.has(name) ||
          this.#cloud.accounts.list().some((account) => account.administrator.principal.arn === name);
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
