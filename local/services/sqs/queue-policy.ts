import { PolicyKind, parsePolicy } from "../../accounts/parse-policy.ts";
import { missingRole } from "../../accounts/resource-policy.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { Roles } from "../../kernel/roles.ts";
import type { StoredPolicy } from "./queue.ts";

/** Checks a queue's policy as SQS does before it stores it: its language, and that the roles it names exist. */
export function readQueuePolicy(roles: Roles, policy: string | Readonly<Record<string, unknown>>): StoredPolicy {
  const document = parse(policy);
  const role = missingRole(document, roles);
  if (role !== undefined) throw invalid(`Invalid principal in policy: ${role}`);
  return { document, text: typeof policy === "string" ? policy : JSON.stringify(policy) };
}

function parse(policy: string | Readonly<Record<string, unknown>>) {
  try {
    return parsePolicy(policy, PolicyKind.Resource);
  } catch (error) {
    if (error instanceof AwsError && error.code === "MalformedPolicyDocument") throw invalid(error.message);
    throw error;
  }
}

function invalid(reason: string): AwsError {
  return new AwsError("InvalidAttributeValue", `Invalid value for the parameter Policy. Reason: ${reason}`);
}
