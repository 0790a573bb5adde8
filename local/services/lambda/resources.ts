import type { Properties, ResourceType } from "../../resource-types/resource-type.ts";
import { functionType } from "./resources/function.ts";
import { mappingType } from "./resources/mapping.ts";
import { permissionType } from "./resources/permission.ts";
import type { LambdaStore } from "./store.ts";

/** The Pulumi resource types of this store. */
export const resourceTypes: readonly ResourceType<Properties, LambdaStore>[] = [
  functionType,
  mappingType,
  permissionType,
];
