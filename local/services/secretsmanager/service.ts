import type { Ports } from "../../kernel/ports.ts";
import { defineService } from "../../resource-types/define-service.ts";
import { conditionKeys } from "./conditions.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { SecretsStore } from "./store.ts";
import { wire } from "./wire.ts";

/** AWS Secrets Manager, without replicas and without secrets that others manage. */
export function secretsManager(ports: Ports) {
  return defineService(new SecretsStore(ports), {
    name: "secretsmanager",
    wire,
    operations,
    resourceTypes,
    conditionKeys,
  });
}
