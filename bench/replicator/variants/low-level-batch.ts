import { BatchWriteItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { KinesisStreamEvent } from "aws-lambda";
import { assumeWriterRole, tableName } from "./assumed-role.ts";
import { inChunks } from "./in-chunks.ts";
import { plainItem } from "./plain-item.ts";

let client: DynamoDBClient | undefined;

/** BatchWriteItem of the low-level client with its logger off, and items by util-dynamodb's `marshall`. */
export const handler = async ({ Records }: KinesisStreamEvent): Promise<unknown> => {
  client ??= new DynamoDBClient({ credentials: await assumeWriterRole(), logger: undefined });
  const dynamodb = client;
  await inChunks(Records, async (records) => {
    const requests = records.map((record) => ({ PutRequest: { Item: marshall(plainItem(record)) } }));
    const { UnprocessedItems } = await dynamodb.send(
      new BatchWriteItemCommand({ RequestItems: { [tableName]: requests } }),
    );
    if (Object.keys(UnprocessedItems ?? {}).length > 0) throw new Error("items were not processed");
  });
  return { batchItemFailures: [] };
};
