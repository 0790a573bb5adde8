import type { Operation } from "../../kernel/service.ts";
import { publishOperations } from "./operations/publishing.ts";
import { settingsOperations } from "./operations/settings.ts";
import type { SnsStore } from "./store.ts";

/** The operations of SNS that the local cloud has. New topics and subscriptions are made by Pulumi programs. */
export function operations(store: SnsStore): Readonly<Record<string, Operation>> {
  return { ...publishOperations(store), ...settingsOperations(store) };
}
