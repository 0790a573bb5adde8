import type { AuthorizationRequest, Call } from "../service.ts";

/** What IAM says to one request, and why in AWS's words when it refuses. */
export type Decision = { readonly isAllowed: true } | { readonly isAllowed: false; readonly message: string };

/** Evaluates identity, resource, and session policies with default deny. */
export function evaluate(_call: Call, _request: AuthorizationRequest): Decision {
  return { isAllowed: true }; // placeholder until the IAM evaluation lands
}
