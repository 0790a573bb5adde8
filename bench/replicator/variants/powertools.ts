import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Context, KinesisStreamEvent, KinesisStreamRecord } from "aws-lambda";
import { assumeWriterRole, tableName } from "./assumed-role.ts";
import { plainItem } from "./plain-item.ts";

const processor = new BatchProcessor(EventType.KinesisDataStreams);
let client: DynamoDBDocumentClient | undefined;

/** Powertools' batch processor, which calls a handler for each record, and a Put of the document client in it. */
export const handler = async (event: KinesisStreamEvent, context: Context): Promise<unknown> => {
  client ??= DynamoDBDocumentClient.from(new DynamoDBClient({ credentials: await assumeWriterRole() }));
  const documents = client;
  const put = async (record: KinesisStreamRecord): Promise<void> => {
    await documents.send(new PutCommand({ TableName: tableName, Item: plainItem(record) }));
  };
  return processPartialResponse(event, put, processor, { context });
};
