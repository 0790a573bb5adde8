import type { Ports } from "../../kernel/ports.ts";
import type { Service } from "../../kernel/service.ts";
import type { Registered } from "../../resource-types/registry.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { faults } from "./faultable.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { FirehoseStore } from "./store.ts";
import { wire } from "./wire.ts";

/** Amazon Data Firehose: delivery streams with an S3 destination. */
export function firehose(ports: Ports) {
  const store = new FirehoseStore(ports);
  return {
    name: "firehose",
    store,
    wire,
    operations: operations(store),
    resourceTypes: withStore(resourceTypes, store),
    faults,
    conditionKeys: ["kms:ViaService"],
    find: (arn) => store.find(arn),
    emptyData: () => store.emptyData(),
    close: () => store.emptyData(),
  } satisfies Service & Registered & { store: FirehoseStore };
}
