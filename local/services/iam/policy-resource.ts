import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { asPolicy } from "../../resource-types/canonical.ts";
import { ownTags, tagsAll } from "../../resource-types/default-tags.ts";
import { defineResourceType, type Properties, type ResourceContext } from "../../resource-types/resource-type.ts";
import { parseManagedPolicy } from "./limits.ts";
import { iamName, iamPath, MAX_POLICY_NAME, policyDescription } from "./names.ts";
import type { ManagedPolicy } from "./policies.ts";
import { checkAllTags, gone, policyInput, tagsInput } from "./resource-inputs.ts";
import type { IamService } from "./service.ts";

const policyInputs = z.strictObject({
  name: iamName(MAX_POLICY_NAME),
  path: iamPath.default("/"),
  description: policyDescription.default(""),
  policy: policyInput(parseManagedPolicy),
  tags: tagsInput,
});
type PolicyInputs = z.infer<typeof policyInputs>;

/** `aws:iam/policy:Policy`, after internal/service/iam/policy.go of the Terraform provider: a change of what it says is a new version, in force at once. */
export const policyType = defineResourceType<PolicyInputs, IamService>({
  token: "aws:iam/policy:Policy",
  inputs: policyInputs,
  isGlobal: true,
  autoName: { property: "name", maxLength: MAX_POLICY_NAME },
  replaceOn: ["name", "path", "description"],
  computed: ["arn", "attachmentCount", "policyId"],
  canonical: { policy: asPolicy },
  check: (inputs, context) => checkAllTags(inputs.tags, context),
  create(inputs, context) {
    const policy = context.store.createPolicy(context.accountId, context.partition, {
      name: inputs.name,
      path: inputs.path,
      document: inputs.policy,
      description: inputs.description,
      tags: tagsAll(inputs.tags, context),
    });
    return { id: policy.arn, outputs: found(policy, inputs, context) };
  },
  read(id, state, context) {
    const policy = findPolicy(id, context);
    return policy && found(policy, state, context);
  },
  update(id, inputs, _olds, context) {
    const policy = findPolicy(id, context);
    if (!policy) throw gone(`The policy ${id}`);
    if (!isDeepStrictEqual(asPolicy(policy.document), asPolicy(inputs.policy))) {
      context.store.updatePolicy(policy, inputs.policy);
    }
    policy.tags = tagsAll(inputs.tags, context);
    return found(policy, inputs, context);
  },
  delete(id, _state, context) {
    const policy = findPolicy(id, context);
    if (!policy) return;
    for (const version of policy.versions()) {
      if (version.id !== policy.defaultVersionId) policy.deleteVersion(version.id);
    }
    context.store.deletePolicy(policy);
  },
});

/** A policy of the provider's own account. */
function findPolicy(arn: string, context: ResourceContext<IamService>): ManagedPolicy | undefined {
  return context.store.policies(context.accountId).find((policy) => policy.arn === arn);
}

function found(policy: ManagedPolicy, state: Properties, context: ResourceContext<IamService>): Properties {
  return {
    arn: policy.arn,
    attachmentCount: context.store.rolesWith(policy).length,
    description: policy.description,
    name: policy.name,
    namePrefix: "",
    path: policy.path,
    policy: JSON.stringify(policy.document),
    policyId: policy.policyId,
    tags: ownTags(policy.tags, context, state),
    tagsAll: policy.tags,
  };
}
