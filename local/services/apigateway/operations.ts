import type { Operation } from "../../kernel/service.ts";
import { apiOperations } from "./operations/apis.ts";
import { clientOperations } from "./operations/clients.ts";
import { methodOperations } from "./operations/methods.ts";
import { stageOperations } from "./operations/stages.ts";
import { tagOperations } from "./operations/tags.ts";
import type { ApiGatewayStore } from "./store.ts";

/** What SDKs and the AWS CLI may ask of the control plane: to read, to patch, to tag and to delete. What is new comes by a Pulumi program. */
export function operations(store: ApiGatewayStore): Readonly<Record<string, Operation>> {
  return {
    ...apiOperations(store),
    ...methodOperations(store),
    ...stageOperations(store),
    ...clientOperations(store),
    ...tagOperations(store),
  };
}
