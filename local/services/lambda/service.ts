import type { Ports } from "../../kernel/ports.ts";
import { defineService } from "../../resource-types/define-service.ts";
import { faults } from "./faultable.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { LambdaStore } from "./store.ts";
import { wire } from "./wire.ts";

/** AWS Lambda: functions, and event source mappings for Kinesis and DynamoDB streams. */
export function lambda(ports: Ports) {
  const store = new LambdaStore(ports);
  return defineService(store, {
    name: "lambda",
    wire,
    operations,
    resourceTypes,
    faults,
    accessDenied: { code: "AccessDeniedException", status: 403 },
    conditionKeys: ["lambda:SourceFunctionArn"],
    endEnvironments: () => store.endEnvironments(),
  });
}
