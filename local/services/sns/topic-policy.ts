import { asList, statementsOf } from "../../accounts/compiled-policy.ts";
import { type AttachedPolicy, missingRole, readPolicy } from "../../accounts/resource-policy.ts";
import type { Roles } from "../../kernel/roles.ts";
import { invalidParameter } from "./errors.ts";
import type { Topic } from "./topic.ts";

/**
 * Checks a topic's policy as SNS does before it stores it: its language, its actions and resources, and that the roles
 * it names exist.
 * @throws AwsError InvalidParameter.
 */
export function readTopicPolicy(
  roles: Roles,
  topic: Topic,
  policy: string | Readonly<Record<string, unknown>>,
): AttachedPolicy {
  const read = readPolicy(policy, (reason) => invalidParameter(`Policy Error: ${reason}`));
  for (const statement of statementsOf(read.document)) {
    const actions = asList(statement.Action ?? statement.NotAction);
    if (actions.some((action) => action !== "*" && !/^sns:/i.test(action))) {
      throw invalidParameter("Policy statement action out of service scope!");
    }
    const resources = asList(statement.Resource ?? statement.NotResource);
    if (resources.some((resource) => resource !== topic.arn)) {
      throw invalidParameter(`Policy Error: a statement's resource must be ${topic.arn}`);
    }
  }
  const role = missingRole(read.document, roles);
  if (role !== undefined) throw invalidParameter(`Policy Error: PrincipalNotFound (${role})`);
  return read;
}
