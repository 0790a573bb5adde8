import { FirehoseClient, PutRecordCommand } from "@aws-sdk/client-firehose";
import type { DynamoDBStreamEvent } from "aws-lambda";
import { deliveryStreamName, plainLine } from "./plain-line.ts";

const firehose = new FirehoseClient({});

/** One PutRecord after another, a line in each. */
export const handler = async ({ Records }: DynamoDBStreamEvent): Promise<unknown> => {
  for (const record of Records) {
    const Data = Buffer.from(plainLine(record));
    await firehose.send(new PutRecordCommand({ DeliveryStreamName: deliveryStreamName, Record: { Data } }));
  }
  return { batchItemFailures: [] };
};
