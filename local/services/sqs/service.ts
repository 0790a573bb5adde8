import type { Ports } from "../../kernel/ports.ts";
import { defineService } from "../../resource-types/define-service.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { SqsStore } from "./store.ts";
import { wire } from "./wire.ts";

/** Amazon SQS: standard queues. */
export function sqs(ports: Ports) {
  return defineService(new SqsStore(ports), {
    name: "sqs",
    wire,
    operations,
    resourceTypes,
    accessDenied: { code: "AccessDenied", status: 403 },
    conditionKeys: ["kms:ViaService"],
  });
}
