import { BatchWriteItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type AssumedRole, withFreshSession } from "../../shared/assumed-role.ts";
import { Attribute } from "../core/item.ts";
import type { TableWriter } from "../ports.ts";

interface KeyAttributes {
  readonly [name: string]: { readonly S?: string };
}

function keyOf(item: KeyAttributes): string {
  return `${item[Attribute.HashKey]?.S} ${item[Attribute.SequenceNumber]?.S}`;
}

/**
 * Writes into one table by BatchWriteItem, as the assumed role. Unprocessed items are matched by key, and the original
 * items are sent again. If the answer has a key that was not sent, no item counts as stored.
 */
export function createDynamoDbTableWriter(options: {
  readonly client: DynamoDBClient;
  readonly role: AssumedRole;
  readonly tableName: string;
}): TableWriter {
  const { client, role, tableName } = options;
  return {
    async write(items, signal) {
      const command = new BatchWriteItemCommand({
        RequestItems: { [tableName]: items.map((Item) => ({ PutRequest: { Item } })) },
      });
      const { UnprocessedItems } = await withFreshSession(role, () => client.send(command, { abortSignal: signal }));
      const unprocessed = new Set<string>();
      for (const { PutRequest } of Object.values(UnprocessedItems ?? {}).flat()) {
        unprocessed.add(keyOf((PutRequest?.Item ?? {}) as KeyAttributes));
      }
      const positions = items.flatMap((item, index) => (unprocessed.has(keyOf(item as KeyAttributes)) ? [index] : []));
      return positions.length === unprocessed.size ? positions : items.map((_, index) => index);
    },
  };
}
