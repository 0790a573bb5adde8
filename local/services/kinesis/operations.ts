import type { Operation } from "../../kernel/service.ts";
import { consumerOperations } from "./operations/consumers.ts";
import { recordOperations } from "./operations/records.ts";
import { settingOperations } from "./operations/settings.ts";
import { streamOperations } from "./operations/streams.ts";
import type { KinesisStore } from "./store.ts";

/** The operations of Kinesis that the local cloud has. */
export function operations(store: KinesisStore): Readonly<Record<string, Operation>> {
  return {
    ...streamOperations(store),
    ...settingOperations(store),
    ...recordOperations(store),
    ...consumerOperations(store),
  };
}
