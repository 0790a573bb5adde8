import type { Operation } from "../../kernel/service.ts";
import { messageOperations } from "./operations/messages.ts";
import { queueOperations } from "./operations/queues.ts";
import type { SqsStore } from "./store.ts";

/** The operations of SQS that the local cloud has. */
export function operations(store: SqsStore): Readonly<Record<string, Operation>> {
  return { ...messageOperations(store), ...queueOperations(store) };
}
