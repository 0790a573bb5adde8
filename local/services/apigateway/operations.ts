import type { Operation } from "../../kernel/service.ts";
import { apiOperations } from "./operations/apis.ts";
import { clientOperations } from "./operations/clients.ts";
import { methodOperations } from "./operations/methods.ts";
import { stageOperations } from "./operations/stages.ts";
import { tagOperations } from "./operations/tags.ts";
import type { ApiGatewayStore } from "./store.ts";

/**
 * The control plane's operations for SDKs and the AWS CLI: reads, patches, tags and deletes. Only Pulumi programs
 * create resources.
 */
export function operations(store: ApiGatewayStore): Readonly<Record<string, Operation>> {
  return {
    ...apiOperations(store),
    ...methodOperations(store),
    ...stageOperations(store),
    ...clientOperations(store),
    ...tagOperations(store),
  };
}
