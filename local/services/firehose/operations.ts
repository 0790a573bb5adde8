import type { Operation } from "../../kernel/service.ts";
import { recordOperations } from "./operations/records.ts";
import { settingsOperations } from "./operations/settings.ts";
import type { FirehoseStore } from "./store.ts";

/** The operations of Firehose that the local cloud has. */
export function operations(store: FirehoseStore): Readonly<Record<string, Operation>> {
  return { ...recordOperations(store), ...settingsOperations(store) };
}
