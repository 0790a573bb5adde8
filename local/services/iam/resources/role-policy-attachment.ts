import { z } from "zod";
import { defineResourceType } from "../../../resource-types/resource-type.ts";
import type { IamStore } from "../store.ts";
import { attachablePolicyArn, checkPartitions, findRole, requireRole, roleNameInput } from "./inputs.ts";

const attachmentInputs = z.strictObject({ role: roleNameInput, policyArn: attachablePolicyArn });

/**
 * `aws.iam.RolePolicyAttachment`, after internal/service/iam/role_policy_attachment.go of the Terraform provider. A
 * replacement deletes first, as in pulumi-aws: otherwise the deletion could remove the new attachment.
 */
export const rolePolicyAttachmentType = defineResourceType<z.infer<typeof attachmentInputs>, IamStore>({
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

/** Reads an id, `<role>/<ARN of the policy>`; names of roles have no slash. */
function partsOf(id: string): { role: string; policyArn: string } {
  const slash = id.indexOf("/");
  return { role: id.slice(0, slash), policyArn: id.slice(slash + 1) };
}
