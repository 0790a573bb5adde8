import type { Operation } from "../../kernel/service.ts";
import { changeOperations } from "./operations/changes.ts";
import { describeOperations } from "./operations/descriptions.ts";
import { policyOperations } from "./operations/policies.ts";
import { readOperations } from "./operations/reads.ts";
import { tagOperations } from "./operations/tags.ts";
import { writeOperations } from "./operations/writes.ts";
import type { DynamoDbStore } from "./store.ts";

/** The operations of DynamoDB that the local cloud has. */
export function operations(store: DynamoDbStore): Readonly<Record<string, Operation>> {
  return {
    ...describeOperations(store),
    ...changeOperations(store),
    ...tagOperations(store),
    ...policyOperations(store),
    ...writeOperations(store),
    ...readOperations(store),
  };
}
