import type { Operation } from "../../kernel/service.ts";
import { alarmOperations } from "./operations/alarms.ts";
import { metricOperations } from "./operations/metrics.ts";
import type { CloudWatchStore } from "./store.ts";

/** The operations of CloudWatch that the local cloud has. */
export function operations(store: CloudWatchStore): Readonly<Record<string, Operation>> {
  return { ...alarmOperations(store), ...metricOperations(store) };
}
