import type { AuthorizationRequest, Call } from "./service.ts";

/** What IAM says to one request, and why in AWS's words when it refuses. */
export type Decision = { readonly isAllowed: true } | { readonly isAllowed: false; readonly message: string };

/** Of a call, what IAM looks at. */
export type Caller = Pick<Call, "principal" | "accountId" | "region" | "sourceArn"> & Partial<Pick<Call, "note">>;

/** Decides on requests by all the policies that bear on them. */
export interface Authorizer {
  evaluate(caller: Caller, request: AuthorizationRequest): Decision;
}
