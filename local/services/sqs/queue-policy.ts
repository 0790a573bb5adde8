import { type AttachedPolicy, missingRole, readPolicy } from "../../accounts/resource-policy.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { Roles } from "../../kernel/roles.ts";

/**
 * Checks a queue's policy as SQS does before it stores it: its language, and that the roles it names exist.
 * @throws AwsError InvalidAttributeValue.
 */
export function readQueuePolicy(roles: Roles, policy: string | Readonly<Record<string, unknown>>): AttachedPolicy {
  const read = readPolicy(policy, invalid);
  const role = missingRole(read.document, roles);
  if (role !== undefined) throw invalid(`Invalid principal in policy: ${role}`);
  return read;
}

function invalid(reason: string): AwsError {
  return new AwsError("InvalidAttributeValue", `Invalid value for the parameter Policy. Reason: ${reason}`);
}
