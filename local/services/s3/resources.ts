import type { Properties, ResourceType } from "../../resource-types/resource-type.ts";
import { bucketType } from "./bucket-resource.ts";
import { bucketObjectType, bucketObjectV2Type } from "./object-resource.ts";
import type { S3Service } from "./service.ts";
import { settingTypes } from "./setting-resources.ts";

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType<Properties, S3Service>[] = [
  bucketType,
  ...settingTypes,
  bucketObjectType,
  bucketObjectV2Type,
];
