import type { Ports } from "../../kernel/ports.ts";
import type { Contents } from "../../kernel/service.ts";
import { defineService } from "../../resource-types/define-service.ts";
import { faults } from "./faultable.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { DynamoDbStore } from "./store.ts";
import { wire } from "./wire.ts";

/** DynamoDB. Conditions, filters, UpdateItem, transactions and PartiQL are refused by name. */
export function dynamodb(ports: Ports) {
  const store = new DynamoDbStore(ports);
  return defineService(store, {
    name: "dynamodb",
    wire,
    operations,
    resourceTypes,
    faults,
    conditionKeys: [
      "kms:EncryptionContext:aws:dynamodb:subscriberId",
      "kms:EncryptionContext:aws:dynamodb:tableName",
      "kms:ViaService",
    ],
    contents(arn): Contents | undefined {
      const table = store.find(arn);
      return table && { count: table.items.size, read: () => undefined };
    },
  });
}
