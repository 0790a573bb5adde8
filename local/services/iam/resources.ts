import type { Properties, ProviderFunction, ResourceType } from "../../resource-types/resource-type.ts";
import { getPolicyDocument } from "./policy-document-function.ts";
import { policyType } from "./policy-resource.ts";
import { rolePolicyAttachmentType } from "./role-policy-attachment-resource.ts";
import { rolePolicyType } from "./role-policy-resource.ts";
import { roleType } from "./role-resource.ts";
import type { IamService } from "./service.ts";

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType<Properties, IamService>[] = [
  roleType,
  rolePolicyType,
  rolePolicyAttachmentType,
  policyType,
];

/** The functions (invokes) of this service. */
export const providerFunctions: readonly ProviderFunction[] = [getPolicyDocument];
