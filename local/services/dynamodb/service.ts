import type { Ports } from "../../kernel/ports.ts";
import type { Contents, Service } from "../../kernel/service.ts";
import type { Registered } from "../../resource-types/registry.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { faults } from "./faultable.ts";
import { operations } from "./operations.ts";
import { resourceTypes } from "./resources.ts";
import { DynamoDbStore } from "./store.ts";
import { wire } from "./wire.ts";

/** DynamoDB. Conditions, filters, UpdateItem, transactions and PartiQL are refused by name. */
export function dynamodb(ports: Ports) {
  const store = new DynamoDbStore(ports);
  return {
    name: "dynamodb",
    store,
    wire,
    faults,
    conditionKeys: [
      "kms:EncryptionContext:aws:dynamodb:subscriberId",
      "kms:EncryptionContext:aws:dynamodb:tableName",
      "kms:ViaService",
    ],
    operations: operations(store),
    resourceTypes: withStore(resourceTypes, store),
    find: (arn) => store.find(arn),
    contents(arn): Contents | undefined {
      const table = store.find(arn);
      return table && { count: table.items.size, read: () => undefined };
    },
    emptyData: () => store.emptyData(),
    close: () => store.close(),
  } satisfies Service & Registered & { store: DynamoDbStore };
}
