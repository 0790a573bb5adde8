import { z } from "zod";
import { defineResourceType } from "../../resource-types/resource-type.ts";
import { attachablePolicyArn, checkPartitions, findRole, requireRole, roleNameInput } from "./resource-inputs.ts";
import type { IamService } from "./service.ts";

const attachmentInputs = z.strictObject({ role: roleNameInput, policyArn: attachablePolicyArn });

/**
 * `aws:iam/rolePolicyAttachment:RolePolicyAttachment`, after internal/service/iam/role_policy_attachment.go of the Terraform provider. It is replaced by deleting
 * first, as in pulumi-aws: the other way round, the attachment that was just made would go.
 */
export const rolePolicyAttachmentType = defineResourceType<z.infer<typeof attachmentInputs>, IamService>({
  token: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  inputs: attachmentInputs,
  isGlobal: true,
  replaceOn: ["*"],
  deleteBeforeReplace: true,
  check: ({ policyArn: arn }, context) => checkPartitions({ policyArn: arn }, context),
  create(inputs, context) {
    context.store.attachRolePolicy(requireRole(inputs.role, context), inputs.policyArn);
    return { id: `${inputs.role}/${inputs.policyArn}`, outputs: inputs };
  },
  read(id, _state, context) {
    const inputs = partsOf(id);
    return findRole(inputs.role, context)?.attachedPolicies().has(inputs.policyArn) ? inputs : undefined;
  },
  update: (_id, inputs) => inputs,
  delete(id, _state, context) {
    const inputs = partsOf(id);
    findRole(inputs.role, context)?.detachPolicy(inputs.policyArn);
  },
});

/** The id is `<role>/<ARN of the policy>`; a role's name holds no slash. */
function partsOf(id: string): { role: string; policyArn: string } {
  const slash = id.indexOf("/");
  return { role: id.slice(0, slash), policyArn: id.slice(slash + 1) };
}
