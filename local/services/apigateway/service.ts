import type { Ports } from "../../kernel/ports.ts";
import { defineService } from "../../resource-types/define-service.ts";
import { ExecuteApi } from "./execute-api.ts";
import { faults } from "./faultable.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { ApiGatewayStore } from "./store.ts";
import { wire } from "./wire.ts";

/**
 * API Gateway's REST APIs: deployments are served with API keys, usage plans, validation, mapping templates and access
 * logs.
 */
export function apigateway(ports: Ports) {
  const store = new ApiGatewayStore(ports);
  const site = new ExecuteApi(store);
  return defineService(store, {
    name: "apigateway",
    wire,
    operations,
    resourceTypes,
    faults,
    accessDenied: { code: "AccessDeniedException", status: 403 },
    site,
    emptyData: () => site.emptyData(),
  });
}
