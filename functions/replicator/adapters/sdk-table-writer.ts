import { type AttributeValue, BatchWriteItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type AssumedRole, withFreshSession } from "../../shared/assumed-role.ts";
import { NO_OWN_RETRIES, REQUEST_LIMITS, uncachedCredentials } from "../../shared/client-settings.ts";
import type { EncodedItem } from "../core/item-value.ts";
import type { TableWriter } from "../ports.ts";
import { unprocessedPositions } from "./unprocessed.ts";

/** Writes into one table by the AWS SDK's BatchWriteItem, as the assumed role. */
export function createSdkTableWriter(options: {
  readonly region: string;
  readonly role: AssumedRole;
  readonly tableName: string;
}): TableWriter {
  const { region, role, tableName } = options;
  const client = new DynamoDBClient({
    logger: undefined,
    region,
    credentials: uncachedCredentials(role.credentials),
    requestHandler: REQUEST_LIMITS,
    ...NO_OWN_RETRIES,
  });
  return {
    async write(items, signal) {
      const command = new BatchWriteItemCommand({
        RequestItems: { [tableName]: items.map((item) => ({ PutRequest: { Item: attributes(item) } })) },
      });
      const { UnprocessedItems } = await withFreshSession(role, () => client.send(command, { abortSignal: signal }));
      return unprocessedPositions(items, UnprocessedItems);
    },
  };
}

/** Events hold no binary values, so the attribute values are those of the item's JSON. */
function attributes({ buffer, start, end }: EncodedItem): Record<string, AttributeValue> {
  return JSON.parse(buffer.toString("utf8", start, end)) as Record<string, AttributeValue>;
}
