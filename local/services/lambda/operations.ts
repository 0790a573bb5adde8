import type { Operation } from "../../kernel/service.ts";
import { functionOperations } from "./operations/functions.ts";
import { invokeOperations } from "./operations/invoke.ts";
import { mappingOperations } from "./operations/mappings.ts";
import { permissionOperations } from "./operations/permissions.ts";
import { tagOperations } from "./operations/tags.ts";
import type { LambdaStore } from "./store.ts";

/** The operations of Lambda that the local cloud supports. Only Pulumi programs create functions and mappings. */
export function operations(store: LambdaStore): Readonly<Record<string, Operation>> {
  return {
    ...functionOperations(store),
    ...mappingOperations(store),
    ...permissionOperations(store),
    ...tagOperations(store),
    ...invokeOperations(store),
  };
}
