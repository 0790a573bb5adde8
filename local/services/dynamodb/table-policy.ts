import { type AttachedPolicy, attachedPolicy } from "../../accounts/resource-policy.ts";
import type { Authorizer, Caller } from "../../kernel/authorization.ts";
import { AwsError } from "../../kernel/errors.ts";
import { invalid } from "./errors.ts";
import { MAX_POLICY_BYTES } from "./limits.ts";
import type { Table } from "./table.ts";
import type { TablePolicy } from "./table-settings.ts";

/** Who attaches a policy, and whether it may remove their own permission to change it again. */
export interface PolicyAuthor {
  readonly caller: Caller;
  readonly now: number;
  readonly authorizer: Authorizer;
  readonly mayLoseAccess: boolean;
}

/**
 * Attaches a policy; the current one keeps its revision.
 * @throws AwsError ValidationException for a malformed or too long policy, or one that locks its author out,
 * NotSupportedError for what the local cloud does not evaluate.
 */
export function putTablePolicy(table: Table, text: string, author: PolicyAuthor): TablePolicy {
  if (Buffer.byteLength(text) > MAX_POLICY_BYTES) {
    throw invalid(`Maximum policy size of ${MAX_POLICY_BYTES} bytes exceeded`);
  }
  if (table.policy?.text === text) return table.policy;
  const policy = readPolicy(text);
  if (!author.mayLoseAccess) assertKeepsAccess(table, policy, author);
  const last = Number(table.policy?.revisionId ?? 0);
  table.policy = { ...policy, revisionId: String(Math.max(author.now, last + 1)) };
  return table.policy;
}

function assertKeepsAccess({ arn }: Table, { document }: AttachedPolicy, author: PolicyAuthor): void {
  const request = { action: "dynamodb:PutResourcePolicy", resource: arn, resourcePolicy: document };
  if (author.authorizer.evaluate(author.caller, request).isAllowed) return;
  throw invalid(
    "The policy would remove your permissions to change it again: set ConfirmRemoveSelfResourceAccess to true to confirm",
  );
}

function readPolicy(text: string): AttachedPolicy {
  try {
    return attachedPolicy(text);
  } catch (error) {
    if (error instanceof AwsError && error.code === "InvalidArgumentException") {
      throw invalid(`Invalid policy document: ${error.message}`);
    }
    throw error;
  }
}
