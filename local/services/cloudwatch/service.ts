import type { Ports } from "../../kernel/ports.ts";
import { defineService } from "../../resource-types/define-service.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { CloudWatchStore } from "./store.ts";
import { wire } from "./wire.ts";

/** Amazon CloudWatch: metrics and alarms. */
export function cloudwatch(ports: Ports) {
  const store = new CloudWatchStore(ports);
  return defineService(store, {
    name: "monitoring",
    wire,
    operations,
    resourceTypes,
    accessDenied: { code: "AccessDenied", status: 403 },
    conditionKeys: ["cloudwatch:namespace"],
    metricPort: store.metrics,
  });
}
