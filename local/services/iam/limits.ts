import { PolicyKind, parsePolicy } from "../../accounts/parse-policy.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { PolicyDocument } from "../../kernel/policy.ts";

/** Characters of a trust policy. IAM counts no white space, here and in the two below. */
const TRUST_POLICY_SIZE = 2_048;
/** Characters of a managed policy. */
const MANAGED_POLICY_SIZE = 6_144;
/** Characters of all inline policies of a role. */
const INLINE_POLICIES_SIZE = 10_240;
/** How many managed policies a role may have. */
const POLICIES_PER_ROLE = 10;

/** The number of characters that IAM counts. */
function policySize(document: PolicyDocument): number {
  return JSON.stringify(document).replace(/\s/g, "").length;
}

function limitExceeded(message: string): AwsError {
  return new AwsError("LimitExceeded", message, 409);
}

/** A role's trust policy, checked. @param input JSON text or object. @throws AwsError MalformedPolicyDocument, LimitExceeded. */
export function parseTrustPolicy(input: unknown): PolicyDocument {
  const document = parsePolicy(input, PolicyKind.Trust);
  if (policySize(document) > TRUST_POLICY_SIZE) {
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${TRUST_POLICY_SIZE}`);
  }
  return document;
}

/** A managed policy, checked. @param input JSON text or object. @throws AwsError MalformedPolicyDocument, LimitExceeded. */
export function parseManagedPolicy(input: unknown): PolicyDocument {
  const document = parsePolicy(input, PolicyKind.Identity);
  if (policySize(document) > MANAGED_POLICY_SIZE) {
    throw limitExceeded(`Cannot exceed quota for PolicySize: ${MANAGED_POLICY_SIZE}`);
  }
  return document;
}

/** An inline policy, checked. @param input JSON text or object. @throws AwsError MalformedPolicyDocument, LimitExceeded. */
export function parseInlinePolicy(input: unknown): PolicyDocument {
  const document = parsePolicy(input, PolicyKind.Identity);
  checkInlinePolicies([document]);
  return document;
}

/** Refuses inline policies that are too large together. @param roleName of the role that has them, if it is known. @throws AwsError LimitExceeded. */
export function checkInlinePolicies(policies: readonly PolicyDocument[], roleName?: string): void {
  const size = policies.reduce((sum, policy) => sum + policySize(policy), 0);
  if (size <= INLINE_POLICIES_SIZE) return;
  const role = roleName === undefined ? "a role" : `role ${roleName}`;
  throw limitExceeded(`Maximum policy size of ${INLINE_POLICIES_SIZE} bytes exceeded for ${role}`);
}

/** Refuses one policy more than a role may have. @throws AwsError LimitExceeded. */
export function checkAttachments(count: number): void {
  if (count > POLICIES_PER_ROLE) throw limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${POLICIES_PER_ROLE}`);
}
