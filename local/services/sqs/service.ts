import type { Ports } from "../../kernel/ports.ts";
import type { Service } from "../../kernel/service.ts";
import type { Registered } from "../../resource-types/registry.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { SqsStore } from "./store.ts";
import { wire } from "./wire.ts";

/** Amazon SQS: standard queues. */
export function sqs(ports: Ports) {
  const store = new SqsStore(ports);
  return {
    name: "sqs",
    store,
    wire,
    accessDenied: { code: "AccessDenied", status: 403 },
    operations: operations(store),
    resourceTypes: withStore(resourceTypes, store),
    conditionKeys: ["kms:ViaService"],
    find: (arn) => store.find(arn),
    emptyData: () => store.emptyData(),
    close: () => store.close(),
  } satisfies Service & Registered & { store: SqsStore };
}
