import type { AttributeValue, DynamoDBRecord } from "aws-lambda";

/** 2024-02-29T23:59:59Z */
export const CHANGE_SECONDS = 1_709_251_199;

/** The sequence number of the stream record number `index`. */
export function changeNumber(index: number): string {
  return String(300_000_000_000_000_499_659n + BigInt(index));
}

/** A stream record as Lambda hands it over, of an item that was put. */
export function insertRecord(
  image: Record<string, AttributeValue>,
  options: { index?: number; eventName?: "INSERT" | "MODIFY" } = {},
): DynamoDBRecord {
  const index = options.index ?? 0;
  return {
    eventID: `event-${index}`,
    eventName: options.eventName ?? "INSERT",
    eventSource: "aws:dynamodb",
    eventSourceARN: "arn:aws:dynamodb:us-east-1:222222222222:table/events/stream/2026-01-01T00:00:00.000",
    dynamodb: {
      ApproximateCreationDateTime: CHANGE_SECONDS,
      SequenceNumber: changeNumber(index),
      SizeBytes: 100,
      StreamViewType: "NEW_IMAGE",
      Keys: { id: { S: `k${index}` } },
      NewImage: image,
    },
  };
}

/** A stream record of an item that was deleted. */
export function removeRecord(index = 0): DynamoDBRecord {
  const { dynamodb, ...record } = insertRecord({}, { index });
  const { NewImage: _, ...change } = dynamodb ?? {};
  return { ...record, eventName: "REMOVE", dynamodb: change };
}
