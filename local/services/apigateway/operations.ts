import type { Operation } from "../../kernel/service.ts";
import { apiOperations } from "./operations/api-operations.ts";
import { clientOperations } from "./operations/client-operations.ts";
import { methodOperations } from "./operations/method-operations.ts";
import { stageOperations } from "./operations/stage-operations.ts";
import { tagOperations } from "./operations/tag-operations.ts";
import type { ApiGatewayService } from "./service.ts";

/** What SDKs and the AWS CLI may ask of the control plane: to read, to patch, to tag and to delete. What is new comes by a Pulumi program. */
export function apiGatewayOperations(gateway: ApiGatewayService): Readonly<Record<string, Operation>> {
  return {
    ...apiOperations(gateway),
    ...methodOperations(gateway),
    ...stageOperations(gateway),
    ...clientOperations(gateway),
    ...tagOperations(gateway),
  };
}
