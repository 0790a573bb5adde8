import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { KinesisStreamEvent } from "aws-lambda";
import { assumeWriterRole, tableName } from "./assumed-role.ts";
import { plainItem } from "./plain-item.ts";

let client: DynamoDBDocumentClient | undefined;

/** One Put of the document client after another. */
export const handler = async ({ Records }: KinesisStreamEvent): Promise<unknown> => {
  client ??= DynamoDBDocumentClient.from(new DynamoDBClient({ credentials: await assumeWriterRole() }));
  for (const record of Records) await client.send(new PutCommand({ TableName: tableName, Item: plainItem(record) }));
  return { batchItemFailures: [] };
};
