import type { Ports } from "../../kernel/ports.ts";
import type { Service } from "../../kernel/service.ts";
import type { Registered } from "../../resource-types/registry.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { KinesisStore } from "./store.ts";
import { wire } from "./wire.ts";

/** Kinesis Data Streams, without SubscribeToShard: readers use GetRecords. */
export function kinesis(ports: Ports) {
  const store = new KinesisStore(ports);
  return {
    name: "kinesis",
    store,
    wire,
    operations: operations(store),
    resourceTypes: withStore(resourceTypes, store),
    find: (arn) => store.find(arn),
    emptyData: () => store.emptyData(),
    close: () => store.close(),
  } satisfies Service & Registered & { store: KinesisStore };
}
