import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Inputs } from "../../../wire/models/dynamodb.ts";
import type { DynamoDbStore } from "../store.ts";
import type { Table } from "../table.ts";
import { resourceArn } from "../table-address.ts";
import { putTablePolicy } from "../table-policy.ts";

/** The ExpectedRevisionId that expects no policy. */
const NO_POLICY = "NO_POLICY";

/** Resource policies of tables. */
export function policyOperations(store: DynamoDbStore): Readonly<Record<string, Operation>> {
  const authorize =
    (action: string) =>
    <P extends { ResourceArn: string }>(params: P, call: Call) =>
      store.authorize(`dynamodb:${action}`, resourceArn(params.ResourceArn, call), call);
  return defineOperations<Inputs>({
    PutResourcePolicy: {
      authorize: authorize("PutResourcePolicy"),
      run(params, call) {
        const table = store.requireNamed(params.ResourceArn, call);
        assertRevision(table, params.ExpectedRevisionId);
        const { principal, accountId, region, sourceArn } = call;
        const { revisionId } = putTablePolicy(table, params.Policy, {
          caller: { principal, accountId, region, ...(sourceArn === undefined ? {} : { sourceArn }) },
          now: call.clock.now(),
          authorizer: store.ports.authorizer,
          mayLoseAccess: params.ConfirmRemoveSelfResourceAccess ?? false,
        });
        return { RevisionId: revisionId };
      },
    },
    GetResourcePolicy: {
      authorize: authorize("GetResourcePolicy"),
      run(params, call) {
        const { policy } = store.requireNamed(params.ResourceArn, call);
        if (policy) return { Policy: policy.text, RevisionId: policy.revisionId };
        throw notFound(params.ResourceArn);
      },
    },
    DeleteResourcePolicy: {
      authorize: authorize("DeleteResourcePolicy"),
      run(params, call) {
        const table = store.requireNamed(params.ResourceArn, call);
        assertRevision(table, params.ExpectedRevisionId);
        const revisionId = table.policy?.revisionId;
        table.policy = undefined;
        return revisionId === undefined ? {} : { RevisionId: revisionId };
      },
    },
  });
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
