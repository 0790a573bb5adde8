import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBRecord } from "aws-lambda";

/** The line of a change, as anybody would write it: the same members as the archiver's. */
export function plainLine({ eventID, eventName, dynamodb }: DynamoDBRecord): string {
  return lineOf({ eventID, eventName, dynamodb }, unmarshall(dynamodb?.NewImage ?? {}));
}

/** The line of a change whose image has been read already. */
export function lineOf({ eventID, eventName, dynamodb }: DynamoDBRecord, item: object): string {
  const line = {
    eventId: eventID,
    eventName,
    approximateCreationDateTime: dynamodb?.ApproximateCreationDateTime,
    sequenceNumber: dynamodb?.SequenceNumber,
    item,
  };
  return `${JSON.stringify(line)}\n`;
}

/** The delivery stream's name. */
export const deliveryStreamName = process.env["DELIVERY_STREAM_NAME"];
