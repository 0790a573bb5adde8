import { z } from "zod";
import { requiredPolicyText } from "../../accounts/policy-argument.ts";
import { AwsError } from "../../kernel/errors.ts";
import { asPolicy } from "../../resource-types/canonical.ts";
import {
  defineResourceType,
  type Properties,
  type ProviderFunction,
  type ResourceContext,
  type ResourceType,
} from "../../resource-types/resource-type.ts";
import { putTablePolicy } from "./table-policy.ts";
import { tableType } from "./table-resource.ts";

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

const resourcePolicyType = defineResourceType<PolicyInputs>({
  token: "aws:dynamodb/resourcePolicy:ResourcePolicy",
  inputs: policyInputs,
  replaceOn: ["resourceArn"],
  computed: ["revisionId"],
  recomputed: { revisionId: ["*"] },
  canonical: { policy: asPolicy },
  create: (inputs, context) => ({ id: inputs.resourceArn, outputs: putPolicy(inputs, context) }),
  read(id, state, context) {
    const policy = context.cloud.services.dynamodb.find(id)?.policy;
    if (!policy) return undefined;
    return {
      resourceArn: id,
      policy: policy.text,
      revisionId: policy.revisionId,
      // Said with each change, kept nowhere.
      confirmRemoveSelfResourceAccess: state["confirmRemoveSelfResourceAccess"] ?? false,
      region: context.region,
    };
  },
  update: (_id, inputs, _olds, context) => putPolicy(inputs, context),
  delete(id, _state, context) {
    const table = context.cloud.services.dynamodb.find(id);
    if (table) table.policy = undefined;
  },
});

function putPolicy(inputs: PolicyInputs, context: ResourceContext): Properties {
  const { cloud, accountId, region } = context;
  const table = cloud.services.dynamodb.find(inputs.resourceArn);
  if (!table) {
    const name = inputs.resourceArn.split("/").at(-1);
    throw new AwsError("ResourceNotFoundException", `Requested resource not found: Table: ${name} not found`);
  }
  const principal = context.principal ?? cloud.accounts.ensure(accountId).administrator.principal;
  const { revisionId } = putTablePolicy(table, inputs.policy, {
    caller: { cloud, accountId, region, principal, note: () => {} },
    mayLoseAccess: inputs.confirmRemoveSelfResourceAccess,
  });
  return { ...inputs, revisionId, region };
}

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType[] = [tableType, resourcePolicyType];

/** The functions (invokes) of this service. */
export const providerFunctions: readonly ProviderFunction[] = [];
