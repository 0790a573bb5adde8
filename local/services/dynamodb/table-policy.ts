import { type AttachedPolicy, attachedPolicy } from "../../accounts/resource-policy.ts";
import type { Authorizer, Caller } from "../../kernel/authorization.ts";
import { AwsError } from "../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../kernel/service.ts";
import type { Inputs } from "../../wire/models/dynamodb.ts";
import { invalid } from "./change-errors.ts";
import { MAX_POLICY_BYTES } from "./limits.ts";
import type { DynamoDbService } from "./service.ts";
import type { Table } from "./table.ts";

/** A table's policy; each one that differs has another revision. */
export interface TablePolicy extends AttachedPolicy {
  readonly revisionId: string;
}

/** What ExpectedRevisionId says when there is to be no policy yet. */
const NO_POLICY = "NO_POLICY";

/** Who attaches a policy, and whether it may be one by which they could not change it again. */
export interface PolicyAuthor {
  readonly caller: Caller;
  readonly now: number;
  readonly authorizer: Authorizer;
  readonly mayLoseAccess: boolean;
}

/**
 * Attaches a policy; the one that is there already keeps its revision.
 * @throws AwsError ValidationException for one that cannot be read, is too long or locks its author out, NotSupportedError for what is not evaluated here.
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

/** The operations on a table's policy. */
export function policyOperations(service: DynamoDbService): Readonly<Record<string, Operation>> {
  const authorize =
    (action: string) =>
    <P extends { ResourceArn: string }>(params: P, call: Call) =>
      service.authorize(`dynamodb:${action}`, service.tableArn(params.ResourceArn, call), call);
  return defineOperations<Inputs>({
    PutResourcePolicy: {
      authorize: authorize("PutResourcePolicy"),
      run(params, call) {
        const table = service.requireNamed(params.ResourceArn, call);
        assertRevision(table, params.ExpectedRevisionId);
        const { principal, accountId, region, sourceArn } = call;
        const { revisionId } = putTablePolicy(table, params.Policy, {
          caller: { principal, accountId, region, ...(sourceArn === undefined ? {} : { sourceArn }) },
          now: call.clock.now(),
          authorizer: service.ports.authorizer,
          mayLoseAccess: params.ConfirmRemoveSelfResourceAccess ?? false,
        });
        return { RevisionId: revisionId };
      },
    },
    GetResourcePolicy: {
      authorize: authorize("GetResourcePolicy"),
      run(params, call) {
        const { policy } = service.requireNamed(params.ResourceArn, call);
        if (policy) return { Policy: policy.text, RevisionId: policy.revisionId };
        throw notFound(params.ResourceArn);
      },
    },
    DeleteResourcePolicy: {
      authorize: authorize("DeleteResourcePolicy"),
      run(params, call) {
        const table = service.requireNamed(params.ResourceArn, call);
        assertRevision(table, params.ExpectedRevisionId);
        const revisionId = table.policy?.revisionId;
        table.policy = undefined;
        return revisionId === undefined ? {} : { RevisionId: revisionId };
      },
    },
  });
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

function assertRevision({ policy, name, arn }: Table, expected: string | undefined): void {
  if (expected === undefined) return;
  if (expected === NO_POLICY) {
    if (!policy) return;
    throw notFound(
      `Requested policy update expecting none to be present for table ${name}, but a policy exists with revision id ${policy.revisionId}.`,
    );
  }
  if (!policy) throw notFound(arn);
  if (policy.revisionId === expected) return;
  throw notFound(
    `Requested update for policy with revision id ${expected}, but the policy associated to target table ${name} has revision id ${policy.revisionId}.`,
  );
}

function notFound(why: string): AwsError {
  return new AwsError(
    "PolicyNotFoundException",
    `Resource-based policy not found for the provided ResourceArn: ${why}`,
  );
}
