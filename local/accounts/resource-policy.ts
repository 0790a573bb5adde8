import { AwsError } from "../kernel/errors.ts";
import type { PolicyDocument } from "../kernel/policy.ts";
import type { Roles } from "../kernel/roles.ts";
import { asList, statementsOf } from "./compiled-policy.ts";
import { PolicyKind, parsePolicy as parse } from "./parse-policy.ts";

/**
 * A resource's policy from its text.
 * @throws AwsError with this code for what is no policy, NotSupportedError for what is not evaluated here.
 */
function parsePolicy(text: string, malformedCode: string): PolicyDocument {
  try {
    return parse(text, PolicyKind.Resource);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "MalformedPolicyDocument") throw error;
    throw new AwsError(malformedCode, error.message);
  }
}

/** A policy on a resource: as it was written, which is what it is read back as, and as it is evaluated. */
export interface AttachedPolicy {
  readonly text: string;
  readonly document: PolicyDocument;
}

/** How a service refuses policies. */
export interface PolicyRefusals {
  /** Error code for what is no policy; default InvalidArgumentException. */
  readonly malformedCode?: string;
  /** Of a service that refuses a policy which names a role that does not exist: the roles, and its words. */
  readonly missingRole?: { readonly roles: Roles; readonly message: string };
}

/** A policy as a service keeps it; throws as `parsePolicy` does. */
export function attachedPolicy(text: string, refusals: PolicyRefusals = {}): AttachedPolicy {
  const { malformedCode = "InvalidArgumentException", missingRole: missing } = refusals;
  const document = parsePolicy(text, malformedCode);
  if (missing && missingRole(document, missing.roles) !== undefined) throw new AwsError(malformedCode, missing.message);
  return { text, document };
}

/** The first role that a policy names and that does not exist: services refuse such a policy. */
export function missingRole(document: PolicyDocument, roles: Roles): string | undefined {
  return statementsOf(document)
    .map(({ Principal, NotPrincipal }) => Principal ?? NotPrincipal)
    .flatMap((principal) => (typeof principal === "object" ? asList(principal["AWS"]) : []))
    .find((arn) => /^arn:[^:]+:iam::\d{12}:role\//.test(arn) && !roles.find(arn));
}
