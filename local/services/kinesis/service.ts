import type { Ports } from "../../kernel/ports.ts";
import { defineService } from "../../resource-types/define-service.ts";
import { faults } from "./faultable.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { KinesisStore } from "./store.ts";
import { wire } from "./wire.ts";

/** Kinesis Data Streams, without SubscribeToShard: readers use GetRecords. */
export function kinesis(ports: Ports) {
  return defineService(new KinesisStore(ports), {
    name: "kinesis",
    wire,
    operations,
    resourceTypes,
    faults,
    conditionKeys: ["kms:EncryptionContext:aws:kinesis:arn", "kms:ViaService"],
  });
}
