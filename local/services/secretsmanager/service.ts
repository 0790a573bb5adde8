import type { Ports } from "../../kernel/ports.ts";
import type { Service } from "../../kernel/service.ts";
import type { Registered } from "../../resource-types/registry.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { conditionKeys } from "./conditions.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { SecretsStore } from "./store.ts";
import { wire } from "./wire.ts";

/** AWS Secrets Manager, without replicas and without secrets that others manage. */
export function secretsManager(ports: Ports) {
  const store = new SecretsStore(ports);
  return {
    name: "secretsmanager",
    store,
    wire,
    conditionKeys,
    operations: operations(store),
    resourceTypes: withStore(resourceTypes, store),
    find: (arn) => store.find(arn),
    // What a secret keeps was deployed with it.
    emptyData: () => undefined,
    close: () => store.clear(),
  } satisfies Service & Registered & { store: SecretsStore };
}
