import type { Authorizer, Caller, Decision } from "../kernel/authorization.ts";
import type { Clock } from "../kernel/clock.ts";
import type { PolicyDocument } from "../kernel/policy.ts";
import type { Principal } from "../kernel/principal.ts";
import type { KnownRole, Roles } from "../kernel/roles.ts";
import type { AuthorizationRequest } from "../kernel/service.ts";
import { compilePolicy, type PolicyAnswer, type PolicyQuestion } from "./compiled-policy.ts";
import { requestContext } from "./request-context.ts";

/** The policy of an account's administrator. */
export const administratorAccess: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};

/** Authorizes requests by the policies of callers and resources. */
export class PolicyEvaluator implements Authorizer {
  readonly #clock: Clock;
  readonly #roles: Roles;

  constructor(clock: Clock, roles: Roles) {
    this.#clock = clock;
    this.#roles = roles;
  }

  /**
   * Evaluates identity, resource, trust and session policies and permissions boundaries with default deny; an explicit
   * deny anywhere wins.
   *
   * Within one account a resource policy that names the caller is enough, one that names the account is not; across
   * accounts both sides must allow. A session policy and a role's permissions boundary only restrict, which includes
   * permissions from a resource policy.
   */
  evaluate(call: Caller, request: AuthorizationRequest): Decision {
    const { principal } = call;
    const resourceAccountId = request.resourceAccountId ?? (request.resource.split(":")[4] || call.accountId);
    const question: PolicyQuestion = {
      action: request.action.toLowerCase(),
      resource: request.resource,
      principal,
      context: requestContext(this.#clock, call, request, resourceAccountId),
    };
    const role = this.#roleOf(principal);
    const identity = ask(identityPolicies(principal, role), question);
    const session = principal.sessionPolicy ? ask([principal.sessionPolicy], question) : "allow";
    const bound = role?.boundary();
    const boundary = bound ? ask([bound], question) : "allow";
    const resource = request.resourcePolicy ? ask([request.resourcePolicy], question) : "silent";

    const refuse = (by: string, reason: string): Decision => {
      call.note?.({ refusedBy: `${by} (${request.action})` });
      const who = principal.kind === "anonymous" ? "anonymous" : principal.arn;
      return {
        isAllowed: false,
        message: `User: ${who} is not authorized to perform: ${request.action} on resource: ${request.resource}${reason}`,
      };
    };
    const resourceKind = request.isTrustPolicy ? "trust" : "resource-based";
    if (identity === "deny") return refuse("identity policy", " with an explicit deny in an identity-based policy");
    if (boundary === "deny") return refuse("permissions boundary", " with an explicit deny in a permissions boundary");
    if (session === "deny") return refuse("session policy", " with an explicit deny in a session policy");
    if (resource === "deny") {
      return refuse(
        `${resourceKind} policy`,
        request.isTrustPolicy ? "" : " with an explicit deny in a resource-based policy",
      );
    }

    const because = (kind: string) => ` because no ${kind} policy allows the ${request.action} action`;
    const isIdentityBased = principal.kind === "user" || principal.kind === "assumed-role";
    const isSameAccount = isIdentityBased && principal.accountId === resourceAccountId;
    const needsResource = !isSameAccount || request.isTrustPolicy === true;
    const needsIdentity = isIdentityBased && !(isSameAccount && resource === "allow");

    if (needsIdentity && identity !== "allow") {
      return refuse("identity policy", request.isTrustPolicy && !isSameAccount ? "" : because("identity-based"));
    }
    if (needsResource && resource === "silent") {
      return refuse(`${resourceKind} policy`, request.isTrustPolicy ? "" : because("resource-based"));
    }
    if (boundary !== "allow") {
      return refuse("permissions boundary", ` because no permissions boundary allows the ${request.action} action`);
    }
    if (session !== "allow") return refuse("session policy", because("session"));
    return { isAllowed: true };
  }

  /**
   * The role of a session. A role that was deleted and made again has another id: sessions of the old one have no
   * permissions.
   */
  #roleOf(principal: Principal): KnownRole | undefined {
    if (principal.kind !== "assumed-role" || !principal.roleArn) return undefined;
    const role = this.#roles.find(principal.roleArn);
    return role && principal.userId.startsWith(`${role.roleId}:`) ? role : undefined;
  }
}

function identityPolicies(principal: Principal, role: KnownRole | undefined): readonly PolicyDocument[] {
  if (principal.kind === "user") return [administratorAccess];
  return role?.policies() ?? [];
}

function ask(documents: readonly PolicyDocument[], question: PolicyQuestion): PolicyAnswer {
  let answer: PolicyAnswer = "silent";
  for (const document of documents) {
    const one = compilePolicy(document)(question);
    if (one === "deny") return one;
    if (one === "allow" || (one === "allow-account" && answer === "silent")) answer = one;
  }
  return answer;
}
