import type { Ports } from "../../kernel/ports.ts";
import type { Service } from "../../kernel/service.ts";
import type { Registered } from "../../resource-types/registry.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { faults } from "./faultable.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { LambdaStore } from "./store.ts";
import { wire } from "./wire.ts";

/** AWS Lambda: functions, and event source mappings for Kinesis and DynamoDB streams. */
export function lambda(ports: Ports) {
  const store = new LambdaStore(ports);
  return {
    name: "lambda",
    store,
    wire,
    accessDenied: { code: "AccessDeniedException", status: 403 },
    operations: operations(store),
    resourceTypes: withStore(resourceTypes, store),
    faults,
    conditionKeys: ["lambda:SourceFunctionArn"],
    emptyData: () => store.emptyData(),
    endEnvironments: () => store.endEnvironments(),
    close: () => store.close(),
  } satisfies Service & Registered & { store: LambdaStore };
}
