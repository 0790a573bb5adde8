import type { Ports } from "../../kernel/ports.ts";
import type { Service } from "../../kernel/service.ts";
import type { Registered } from "../../resource-types/registry.ts";
import { withStore } from "../../resource-types/resource-type.ts";
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
  return {
    name: "apigateway",
    store,
    wire,
    accessDenied: { code: "AccessDeniedException", status: 403 },
    operations: operations(store),
    resourceTypes: withStore(resourceTypes, store),
    site,
    faults,
    emptyData: () => site.emptyData(),
    close: () => undefined,
  } satisfies Service & Registered & { store: ApiGatewayStore };
}
