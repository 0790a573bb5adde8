import type { Operation } from "../../kernel/service.ts";
import { eventOperations } from "./operations/events.ts";
import { groupOperations } from "./operations/groups.ts";
import type { LogsStore } from "./store.ts";

/** The operations of CloudWatch Logs that the local cloud has. */
export function operations(store: LogsStore): Readonly<Record<string, Operation>> {
  return { ...eventOperations(store), ...groupOperations(store) };
}
