import type { Properties, ResourceType } from "../../resource-types/resource-type.ts";
import { bucketType } from "./resources/bucket.ts";
import { bucketObjectType, bucketObjectV2Type } from "./resources/object.ts";
import { settingTypes } from "./resources/settings.ts";
import type { S3Store } from "./store.ts";

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType<Properties, S3Store>[] = [
  bucketType,
  ...settingTypes,
  bucketObjectType,
  bucketObjectV2Type,
];
