import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { asPolicy } from "../../../resource-types/canonical.ts";
import { define } from "../../../resource-types/define.ts";
import type { Properties, ResourceContext } from "../../../resource-types/resource-type.ts";
import { MAX_POLICY_NAME } from "../limits.ts";
import type { ManagedPolicy } from "../managed-policy.ts";
import { iamName, iamPath, policyDescription } from "../names.ts";
import { parseManagedPolicy } from "../policy-sizes.ts";
import type { IamStore } from "../store.ts";
import { checkAllTags, policyInput, tagsInput } from "./inputs.ts";

const policyInputs = z.strictObject({
  name: iamName(MAX_POLICY_NAME),
  path: iamPath.default("/"),
  description: policyDescription.default(""),
  policy: policyInput(parseManagedPolicy),
  tags: tagsInput,
});
type PolicyInputs = z.infer<typeof policyInputs>;

/**
 * `aws.iam.Policy`, after internal/service/iam/policy.go of the Terraform provider: a changed document is a new default
 * version.
 */
export const policyType = define<PolicyInputs, IamStore>({
  token: "aws:iam/policy:Policy",
  inputs: policyInputs,
  isGlobal: true,
  autoName: { property: "name", maxLength: MAX_POLICY_NAME },
  replaceOn: ["name", "path", "description"],
  computed: ["arn", "attachmentCount", "policyId"],
  canonical: { policy: asPolicy },
  check: (inputs, context) => checkAllTags(inputs.tags, context),
  make: (inputs, context) =>
    context.store.addPolicy(context, {
      name: inputs.name,
      path: inputs.path,
      document: inputs.policy,
      description: inputs.description,
      tags: inputs.tags ?? {},
    }).arn,
  find(id, _state, context) {
    const policy = findPolicy(id, context);
    return policy && outputsOf(policy, context.store);
  },
  change(id, inputs, { store }) {
    const policy = store.requirePolicy(id);
    if (!isDeepStrictEqual(asPolicy(policy.document), asPolicy(inputs.policy))) {
      store.updatePolicy(policy, inputs.policy);
    }
    policy.tags = inputs.tags ?? {};
  },
  remove(id, { store }) {
    const policy = store.requirePolicy(id);
    for (const version of policy.versions()) {
      if (version.id !== policy.defaultVersionId) policy.removeVersion(version.id);
    }
    store.removePolicy(policy);
  },
});

/** A policy of the provider's own account. */
function findPolicy(arn: string, context: ResourceContext<IamStore>): ManagedPolicy | undefined {
  return context.store.listPolicies(context.accountId).find((policy) => policy.arn === arn);
}

function outputsOf(policy: ManagedPolicy, store: IamStore): Properties {
  return {
    arn: policy.arn,
    attachmentCount: store.rolesWith(policy).length,
    description: policy.description,
    name: policy.name,
    namePrefix: "",
    path: policy.path,
    policy: JSON.stringify(policy.document),
    policyId: policy.policyId,
    tags: policy.tags,
  };
}
