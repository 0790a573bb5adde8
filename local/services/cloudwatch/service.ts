import type { Ports } from "../../kernel/ports.ts";
import type { Service } from "../../kernel/service.ts";
import type { Registered } from "../../resource-types/registry.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { CloudWatchStore } from "./store.ts";
import { wire } from "./wire.ts";

/** Amazon CloudWatch: metrics and alarms. */
export function cloudwatch(ports: Ports) {
  const store = new CloudWatchStore(ports);
  return {
    name: "monitoring",
    store,
    wire,
    accessDenied: { code: "AccessDenied", status: 403 },
    operations: operations(store),
    resourceTypes: withStore(resourceTypes, store),
    conditionKeys: ["cloudwatch:namespace"],
    metricPort: store.metrics,
    emptyData: () => store.emptyData(),
    close: () => undefined,
  } satisfies Service & Registered & { store: CloudWatchStore };
}
