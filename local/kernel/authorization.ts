import type { PolicyDocument } from "./policy.ts";
import type { AuthorizationRequest, Call } from "./service.ts";

/** IAM's decision on one request; of a refusal the message, in AWS's words. */
export type Decision = { readonly isAllowed: true } | { readonly isAllowed: false; readonly message: string };

/** The part of a call that IAM evaluates. */
export type Caller = Pick<Call, "principal" | "accountId" | "region" | "sourceArn"> & Partial<Pick<Call, "note">>;

/** Evaluates requests against all policies that apply to them. */
export interface Authorizer {
  evaluate(caller: Caller, request: AuthorizationRequest): Decision;
}

/**
 * The request for an action on a resource.
 * @param policy of the resource, if it has one.
 */
export function resourceRequest(
  action: string,
  resource: string,
  policy: { readonly document: PolicyDocument } | undefined,
): AuthorizationRequest {
  return { action, resource, ...(policy && { resourcePolicy: policy.document }) };
}

/** Condition keys of a service, such as `sts:ExternalId`, from their values by name; undefined values are left out. */
export function conditionsOf(
  service: string,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([key, value]) => [`${service}:${key}`, `${value}`]));
}
