import type { Ports } from "../../kernel/ports.ts";
import { defineService } from "../../resource-types/define-service.ts";
import { faults } from "./faultable.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { FirehoseStore } from "./store.ts";
import { wire } from "./wire.ts";

/** Amazon Data Firehose: delivery streams with an S3 destination. */
export function firehose(ports: Ports) {
  return defineService(new FirehoseStore(ports), {
    name: "firehose",
    wire,
    operations,
    resourceTypes,
    faults,
    conditionKeys: ["kms:ViaService"],
  });
}
