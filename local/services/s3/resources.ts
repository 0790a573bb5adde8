import type { ProviderFunction, ResourceType } from "../../resource-types/resource-type.ts";
import { bucketType } from "./bucket-resource.ts";
import { bucketObjectType, bucketObjectV2Type } from "./object-resource.ts";
import { settingTypes } from "./setting-resources.ts";

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType[] = [
  bucketType,
  ...settingTypes,
  bucketObjectType,
  bucketObjectV2Type,
];

/** The functions (invokes) of this service. */
export const providerFunctions: readonly ProviderFunction[] = [];
