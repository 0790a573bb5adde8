import { FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import type { DynamoDBStreamEvent } from "aws-lambda";
import { deliveryStreamName, plainLine } from "./plain-line.ts";

const firehose = new FirehoseClient({});
/** PutRecordBatch takes so many records. */
const MAX_RECORDS = 500;

/** PutRecordBatch of single lines: each line is a Firehose record. */
export const handler = async ({ Records }: DynamoDBStreamEvent): Promise<unknown> => {
  for (let start = 0; start < Records.length; start += MAX_RECORDS) {
    const entries = Records.slice(start, start + MAX_RECORDS).map((record) => ({
      Data: Buffer.from(plainLine(record)),
    }));
    const { FailedPutCount } = await firehose.send(
      new PutRecordBatchCommand({ DeliveryStreamName: deliveryStreamName, Records: entries }),
    );
    if (FailedPutCount) throw new Error(`${FailedPutCount} records failed`);
  }
  return { batchItemFailures: [] };
};
