import type { Ports } from "../../kernel/ports.ts";
import type { Service } from "../../kernel/service.ts";
import type { Registered } from "../../resource-types/registry.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { SnsStore } from "./store.ts";
import { wire } from "./wire.ts";

/** Amazon SNS: standard topics with SQS subscriptions. */
export function sns(ports: Ports) {
  const store = new SnsStore(ports);
  return {
    name: "sns",
    store,
    wire,
    accessDenied: { code: "AuthorizationError", status: 403 },
    operations: operations(store),
    resourceTypes: withStore(resourceTypes, store),
    conditionKeys: ["kms:ViaService"],
    find: (arn) => store.find(arn),
    emptyData: () => store.emptyData(),
    close: () => store.close(),
  } satisfies Service & Registered & { store: SnsStore };
}
