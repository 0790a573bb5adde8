import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { KinesisStreamEvent } from "aws-lambda";
import { assumeWriterRole, tableName } from "./assumed-role.ts";
import { inChunks } from "./in-chunks.ts";
import { plainItem } from "./plain-item.ts";

let client: DynamoDBDocumentClient | undefined;

/** BatchWrite of the document client: 25 items a request, 16 requests at once. */
export const handler = async ({ Records }: KinesisStreamEvent): Promise<unknown> => {
  client ??= DynamoDBDocumentClient.from(new DynamoDBClient({ credentials: await assumeWriterRole() }));
  const documents = client;
  await inChunks(Records, async (records) => {
    const requests = records.map((record) => ({ PutRequest: { Item: plainItem(record) } }));
    const { UnprocessedItems } = await documents.send(
      new BatchWriteCommand({ RequestItems: { [tableName]: requests } }),
    );
    if (Object.keys(UnprocessedItems ?? {}).length > 0) throw new Error("items were not processed");
  });
  return { batchItemFailures: [] };
};
