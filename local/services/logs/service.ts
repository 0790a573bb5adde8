import type { Ports } from "../../kernel/ports.ts";
import type { Service } from "../../kernel/service.ts";
import type { Registered } from "../../resource-types/registry.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { LogsStore } from "./store.ts";
import { wire } from "./wire.ts";

/** CloudWatch Logs. */
export function logs(ports: Ports) {
  const store = new LogsStore(ports);
  return {
    name: "logs",
    store,
    wire,
    operations: operations(store),
    resourceTypes: withStore(resourceTypes, store),
    faults: { operations: { PutLogEvents: {}, CreateLogStream: {} } },
    emptyData: () => store.emptyData(),
    close: () => undefined,
  } satisfies Service & Registered & { store: LogsStore };
}
