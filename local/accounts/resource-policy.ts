import { AwsError } from "../kernel/errors.ts";
import type { PolicyDocument } from "../kernel/policy.ts";
import type { Roles } from "../kernel/roles.ts";
import { asList, statementsOf } from "./compiled-policy.ts";
import { PolicyKind, parsePolicy } from "./parse-policy.ts";
import { isPublicPolicy } from "./public-policy.ts";

/** A policy of a resource: the text to return, and the document to evaluate. */
export interface AttachedPolicy {
  readonly text: string;
  readonly document: PolicyDocument;
}

/**
 * Reads a resource's policy.
 * @param policy JSON text or object.
 * @param malformed the service's error for an invalid policy. @param malformed.reason IAM's message.
 * @throws AwsError as `malformed`; NotSupportedError for elements that the local cloud does not evaluate.
 */
export function readPolicy(
  policy: string | Readonly<Record<string, unknown>>,
  malformed: (reason: string) => AwsError,
): AttachedPolicy {
  try {
    const document = parsePolicy(policy, PolicyKind.Resource);
    return { document, text: typeof policy === "string" ? policy : JSON.stringify(policy) };
  } catch (error) {
    if (error instanceof AwsError && error.code === "MalformedPolicyDocument") throw malformed(error.message);
    throw error;
  }
}

/** A service's errors for policies. */
export interface PolicyRefusals {
  /** Error code for an invalid policy; default InvalidArgumentException. */
  readonly malformedCode?: string;
  /** For a service that refuses a policy with a role that does not exist: the roles, and its message. */
  readonly missingRole?: { readonly roles: Roles; readonly message: string };
  /** Where public policies are blocked: the service's error for one. */
  readonly blocked?: AwsError | false;
}

/** `readPolicy` with the usual errors. */
export function attachedPolicy(text: string, refusals: PolicyRefusals = {}): AttachedPolicy {
  const { malformedCode = "InvalidArgumentException", missingRole: missing } = refusals;
  const policy = readPolicy(text, (reason) => new AwsError(malformedCode, reason));
  if (missing && missingRole(policy.document, missing.roles) !== undefined) {
    throw new AwsError(malformedCode, missing.message);
  }
  if (refusals.blocked && isPublicPolicy(policy.document)) throw refusals.blocked;
  return policy;
}

/** The first role in a policy that does not exist; services refuse such a policy. */
export function missingRole(document: PolicyDocument, roles: Roles): string | undefined {
  return statementsOf(document)
    .map(({ Principal, NotPrincipal }) => Principal ?? NotPrincipal)
    .flatMap((principal) => (typeof principal === "object" ? asList(principal["AWS"]) : []))
    .find((arn) => /^arn:[^:]+:iam::\d{12}:role\//.test(arn) && !roles.find(arn));
}
