import { z } from "zod";
import { define } from "../../../resource-types/define.ts";
import type { IamStore } from "../store.ts";
import { attachablePolicyArn, checkPartitions, findRole, requireRole, roleNameInput } from "./inputs.ts";

const attachmentInputs = z.strictObject({ role: roleNameInput, policyArn: attachablePolicyArn });

/**
 * `aws.iam.RolePolicyAttachment`, after internal/service/iam/role_policy_attachment.go of the Terraform provider. A
 * replacement deletes first, as in pulumi-aws: otherwise the deletion could remove the new attachment.
 */
export const rolePolicyAttachmentType = define<z.infer<typeof attachmentInputs>, IamStore>({
  token: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  inputs: attachmentInputs,
  isGlobal: true,
  replaceOn: ["*"],
  deleteBeforeReplace: true,
  check: ({ policyArn: arn }, context) => checkPartitions({ policyArn: arn }, context),
  make(inputs, context) {
    context.store.attachRolePolicy(requireRole(inputs.role, context), inputs.policyArn);
    return `${inputs.role}/${inputs.policyArn}`;
  },
  find(id, _state, context) {
    const { role, policyArn } = partsOf(id);
    return findRole(role, context)?.attachedPolicies().has(policyArn) ? { role, policyArn } : undefined;
  },
  remove(id, context) {
    const { role, policyArn } = partsOf(id);
    findRole(role, context)?.detachPolicy(policyArn);
  },
});

/** Reads an id, `<role>/<ARN of the policy>`; names of roles have no slash. */
function partsOf(id: string): { role: string; policyArn: string } {
  const slash = id.indexOf("/");
  return { role: id.slice(0, slash), policyArn: id.slice(slash + 1) };
}
