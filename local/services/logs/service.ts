import type { Ports } from "../../kernel/ports.ts";
import { defineService } from "../../resource-types/define-service.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { LogsStore } from "./store.ts";
import { wire } from "./wire.ts";

/** CloudWatch Logs. */
export function logs(ports: Ports) {
  return defineService(new LogsStore(ports), {
    name: "logs",
    wire,
    operations,
    resourceTypes,
    faults: { operations: { PutLogEvents: {}, CreateLogStream: {} } },
  });
}
