import { z } from "zod";
import { asPolicy } from "../../../resource-types/canonical.ts";
import { defineResourceType } from "../../../resource-types/resource-type.ts";
import { MAX_POLICY_NAME } from "../limits.ts";
import { iamName } from "../names.ts";
import { parseInlinePolicy } from "../policy-sizes.ts";
import type { IamStore } from "../store.ts";
import { findRole, policyInput, requireRole, roleNameInput } from "./inputs.ts";

const rolePolicyInputs = z.strictObject({
  name: iamName(MAX_POLICY_NAME),
  role: roleNameInput,
  policy: policyInput(parseInlinePolicy),
});
type RolePolicyInputs = z.infer<typeof rolePolicyInputs>;

/**
 * `aws.iam.RolePolicy`, an inline policy of a role, after internal/service/iam/role_policy.go of the Terraform
 * provider.
 */
export const rolePolicyType = defineResourceType<RolePolicyInputs, IamStore>({
  token: "aws:iam/rolePolicy:RolePolicy",
  inputs: rolePolicyInputs,
  isGlobal: true,
  autoName: { property: "name", maxLength: MAX_POLICY_NAME },
  replaceOn: ["name", "role"],
  canonical: { policy: asPolicy },
  create(inputs, context) {
    const role = requireRole(inputs.role, context);
    context.store.putRolePolicy(role, inputs.name, inputs.policy);
    return { id: `${role.name}:${inputs.name}`, outputs: { ...inputs, namePrefix: "" } };
  },
  read(id, _state, context) {
    const { roleName, policyName } = partsOf(id);
    const document = findRole(roleName, context)?.inlinePolicies().get(policyName);
    return document && { name: policyName, namePrefix: "", policy: JSON.stringify(document), role: roleName };
  },
  update(_id, inputs, _olds, context) {
    context.store.putRolePolicy(requireRole(inputs.role, context), inputs.name, inputs.policy);
    return { ...inputs, namePrefix: "" };
  },
  delete(id, _state, context) {
    const { roleName, policyName } = partsOf(id);
    findRole(roleName, context)?.removeInlinePolicy(policyName);
  },
});

/** Reads an id, `<role>:<policy>`; names have no colon. */
function partsOf(id: string): { roleName: string; policyName: string } {
  const [roleName = "", policyName = ""] = id.split(":");
  return { roleName, policyName };
}
