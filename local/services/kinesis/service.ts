import type { Ports } from "../../kernel/ports.ts";
import type { Service } from "../../kernel/service.ts";
import type { Registered } from "../../resource-types/registry.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { faults } from "./faultable.ts";
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
    faults,
    conditionKeys: ["kms:EncryptionContext:aws:kinesis:arn", "kms:ViaService"],
    operations: operations(store),
    resourceTypes: withStore(resourceTypes, store),
    find: (arn) => store.find(arn),
    emptyData: () => store.emptyData(),
    close: () => store.close(),
  } satisfies Service & Registered & { store: KinesisStore };
}
