import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { PolicyDocument } from "../../../kernel/policy.ts";
import { asPolicy } from "../../../resource-types/canonical.ts";
import { define } from "../../../resource-types/define.ts";
import type { ResourceContext } from "../../../resource-types/resource-type.ts";
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
export const rolePolicyType = define<RolePolicyInputs, IamStore>({
  token: "aws:iam/rolePolicy:RolePolicy",
  inputs: rolePolicyInputs,
  isGlobal: true,
  autoName: { property: "name", maxLength: MAX_POLICY_NAME },
  replaceOn: ["name", "role"],
  canonical: { policy: asPolicy },
  isPut: true,
  make(inputs, context) {
    put(inputs, context);
    return `${inputs.role}:${inputs.name}`;
  },
  find(id, state, context) {
    const { roleName, policyName } = partsOf(id);
    const document = findRole(roleName, context)?.inlinePolicies().get(policyName);
    return document && { name: policyName, namePrefix: "", policy: textOf(document, state["policy"]), role: roleName };
  },
  change: (_id, inputs, context) => put(inputs, context),
  remove(id, context) {
    const { roleName, policyName } = partsOf(id);
    findRole(roleName, context)?.removeInlinePolicy(policyName);
  },
});

function put(inputs: RolePolicyInputs, context: ResourceContext<IamStore>): void {
  context.store.putRolePolicy(requireRole(inputs.role, context), inputs.name, inputs.policy);
}

/** The text of a policy: as the program wrote it, unless the policy differs now. */
function textOf(document: PolicyDocument, written: unknown): unknown {
  return isDeepStrictEqual(asPolicy(written), asPolicy(document)) ? written : JSON.stringify(document);
}

/** Reads an id, `<role>:<policy>`; names have no colon. */
function partsOf(id: string): { roleName: string; policyName: string } {
  const [roleName = "", policyName = ""] = id.split(":");
  return { roleName, policyName };
}
