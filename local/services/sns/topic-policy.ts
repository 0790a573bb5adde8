import { asList, statementsOf } from "../../accounts/compiled-policy.ts";
import { PolicyKind, parsePolicy } from "../../accounts/parse-policy.ts";
import { missingRole } from "../../accounts/resource-policy.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { Roles } from "../../kernel/roles.ts";
import { invalidParameter } from "./errors.ts";
import type { StoredPolicy, Topic } from "./topic.ts";

/**
 * Checks a topic's policy as SNS does before it stores it: its language, its actions and resources, and that the roles
 * it names exist.
 */
export function readTopicPolicy(
  roles: Roles,
  topic: Topic,
  policy: string | Readonly<Record<string, unknown>>,
): StoredPolicy {
  const document = parse(policy);
  for (const statement of statementsOf(document)) {
    const actions = asList(statement.Action ?? statement.NotAction);
    if (actions.some((action) => action !== "*" && !/^sns:/i.test(action))) {
      throw invalidParameter("Policy statement action out of service scope!");
    }
    const resources = asList(statement.Resource ?? statement.NotResource);
    if (resources.some((resource) => resource !== topic.arn)) {
      throw invalidParameter(`Policy Error: a statement's resource must be ${topic.arn}`);
    }
  }
  const role = missingRole(document, roles);
  if (role !== undefined) throw invalidParameter(`Policy Error: PrincipalNotFound (${role})`);
  return { document, text: typeof policy === "string" ? policy : JSON.stringify(policy) };
}

function parse(policy: string | Readonly<Record<string, unknown>>) {
  try {
    return parsePolicy(policy, PolicyKind.Resource);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "MalformedPolicyDocument") throw error;
    throw invalidParameter(`Policy Error: ${error.message}`);
  }
}
