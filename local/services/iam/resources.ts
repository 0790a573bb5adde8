import type { Properties, ProviderFunction, ResourceType } from "../../resource-types/resource-type.ts";
import { getPolicyDocument } from "./functions/get-policy-document.ts";
import { policyType } from "./resources/policy.ts";
import { roleType } from "./resources/role.ts";
import { rolePolicyType } from "./resources/role-policy.ts";
import { rolePolicyAttachmentType } from "./resources/role-policy-attachment.ts";
import type { IamStore } from "./store.ts";

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType<Properties, IamStore>[] = [
  roleType,
  rolePolicyType,
  rolePolicyAttachmentType,
  policyType,
];

/** The functions (invokes) of this service. */
export const providerFunctions: readonly ProviderFunction[] = [getPolicyDocument];
