import type { Properties, ResourceType } from "../../resource-types/resource-type.ts";
import { functionType } from "./function-resource.ts";
import { mappingType } from "./mapping-resource.ts";
import { permissionType } from "./permission-resource.ts";
import type { LambdaService } from "./service.ts";

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType<Properties, LambdaService>[] = [
  functionType,
  mappingType,
  permissionType,
];
