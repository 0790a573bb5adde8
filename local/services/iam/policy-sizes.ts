import { PolicyKind, parsePolicy } from "../../accounts/parse-policy.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { PolicyDocument } from "../../kernel/policy.ts";
import { INLINE_POLICIES_SIZE, MANAGED_POLICY_SIZE, POLICIES_PER_ROLE, TRUST_POLICY_SIZE } from "./limits.ts";

/** Characters of a policy, without white space, as IAM counts them. */
function policySize(document: PolicyDocument): number {
  return JSON.stringify(document).replace(/\s/g, "").length;
}

function limitExceeded(message: string): AwsError {
  return new AwsError("LimitExceeded", message, 409);
}

/** Parses a trust policy. @param input JSON text or object. @throws AwsError MalformedPolicyDocument, LimitExceeded. */
export function parseTrustPolicy(input: unknown): PolicyDocument {
  const document = parsePolicy(input, PolicyKind.Trust);
  if (policySize(document) > TRUST_POLICY_SIZE) {
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${TRUST_POLICY_SIZE}`);
  }
  return document;
}

/**
 * Parses a managed policy.
 * @param input JSON text or object.
 * @throws AwsError MalformedPolicyDocument, LimitExceeded.
 */
export function parseManagedPolicy(input: unknown): PolicyDocument {
  const document = parsePolicy(input, PolicyKind.Identity);
  if (policySize(document) > MANAGED_POLICY_SIZE) {
    throw limitExceeded(`Cannot exceed quota for PolicySize: ${MANAGED_POLICY_SIZE}`);
  }
  return document;
}

/**
 * Parses an inline policy.
 * @param input JSON text or object.
 * @throws AwsError MalformedPolicyDocument, LimitExceeded.
 */
export function parseInlinePolicy(input: unknown): PolicyDocument {
  const document = parsePolicy(input, PolicyKind.Identity);
  checkInlinePolicies([document]);
  return document;
}

/**
 * Checks the total size of inline policies.
 * @param roleName name of their role, if it is known.
 * @throws AwsError LimitExceeded.
 */
export function checkInlinePolicies(policies: readonly PolicyDocument[], roleName?: string): void {
  const size = policies.reduce((sum, policy) => sum + policySize(policy), 0);
  if (size <= INLINE_POLICIES_SIZE) return;
  const role = roleName === undefined ? "a role" : `role ${roleName}`;
  throw limitExceeded(`Maximum policy size of ${INLINE_POLICIES_SIZE} bytes exceeded for ${role}`);
}

/** Checks the number of attached policies. @throws AwsError LimitExceeded. */
export function checkAttachments(count: number): void {
  if (count > POLICIES_PER_ROLE) throw limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${POLICIES_PER_ROLE}`);
}
