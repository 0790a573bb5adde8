import type { ProviderFunction, ResourceType } from "../../resource-types/resource-type.ts";
import { functionType } from "./function-resource.ts";
import { mappingType } from "./mapping-resource.ts";
import { permissionType } from "./permission-resource.ts";

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType[] = [functionType, mappingType, permissionType];

/** The functions (invokes) of this service. */
export const providerFunctions: readonly ProviderFunction[] = [];
