import type { AuthorizationRequest, Call } from "./service.ts";

/** IAM's decision on one request; of a refusal the message, in AWS's words. */
export type Decision = { readonly isAllowed: true } | { readonly isAllowed: false; readonly message: string };

/** The part of a call that IAM evaluates. */
export type Caller = Pick<Call, "principal" | "accountId" | "region" | "sourceArn"> & Partial<Pick<Call, "note">>;

/** Evaluates requests against all policies that apply to them. */
export interface Authorizer {
  evaluate(caller: Caller, request: AuthorizationRequest): Decision;
}
