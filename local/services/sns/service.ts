import type { Ports } from "../../kernel/ports.ts";
import { defineService } from "../../resource-types/define-service.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { SnsStore } from "./store.ts";
import { wire } from "./wire.ts";

/** Amazon SNS: standard topics with SQS subscriptions. */
export function sns(ports: Ports) {
  return defineService(new SnsStore(ports), {
    name: "sns",
    wire,
    operations,
    resourceTypes,
    accessDenied: { code: "AuthorizationError", status: 403 },
    conditionKeys: ["kms:ViaService"],
  });
}
