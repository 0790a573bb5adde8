import { z } from "zod";
import { requiredPolicyText } from "../../../accounts/policy-argument.ts";
import { asPolicy } from "../../../resource-types/canonical.ts";
import { define } from "../../../resource-types/define.ts";
import type { ResourceContext } from "../../../resource-types/resource-type.ts";
import { tableNotFound } from "../errors.ts";
import type { DynamoDbStore } from "../store.ts";
import { putTablePolicy } from "../table-policy.ts";

const policyInputs = z.strictObject({
  resourceArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[a-zA-Z0-9_.-]{3,255}$/,
      "must be a table's ARN; the local cloud does not support policies of streams",
    ),
  policy: requiredPolicyText,
  confirmRemoveSelfResourceAccess: z.boolean().default(false),
});

type PolicyInputs = z.infer<typeof policyInputs>;

/** `aws.dynamodb.ResourcePolicy`, of tables only. */
export const resourcePolicyType = define<PolicyInputs, DynamoDbStore>({
  token: "aws:dynamodb/resourcePolicy:ResourcePolicy",
  inputs: policyInputs,
  replaceOn: ["resourceArn"],
  computed: ["revisionId"],
  recomputed: { revisionId: ["*"] },
  canonical: { policy: asPolicy },
  isPut: true,
  make(inputs, context) {
    putPolicy(inputs, context);
    return inputs.resourceArn;
  },
  unstored: { confirmRemoveSelfResourceAccess: false },
  find(id, _state, { store }) {
    const policy = store.find(id)?.policy;
    return policy && { resourceArn: id, policy: policy.text, revisionId: policy.revisionId };
  },
  change: (_id, inputs, context) => putPolicy(inputs, context),
  remove(id, { store }) {
    const table = store.find(id);
    if (table) table.policy = undefined;
  },
});

function putPolicy(inputs: PolicyInputs, context: ResourceContext<DynamoDbStore>): void {
  const { store, accountId, region, principal } = context;
  const table = store.find(inputs.resourceArn);
  if (!table) throw tableNotFound(inputs.resourceArn.split("/").at(-1));
  putTablePolicy(table, inputs.policy, {
    caller: { accountId, region, principal },
    now: store.ports.clock.now(),
    authorizer: store.ports.authorizer,
    mayLoseAccess: inputs.confirmRemoveSelfResourceAccess,
  });
}
