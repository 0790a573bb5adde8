import type { AttributeValue, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { kinesisEvent } from "./kinesis-events.ts";

const TABLE_STREAM_ARN = "arn:aws:dynamodb:us-east-1:222222222222:table/events/stream/2026-01-01T00:00:00.000";
/** 2026-01-05T08:00:00Z */
const CHANGE_SECONDS = 1_767_600_000;
const FIRST_SEQUENCE_NUMBER = 300_000_000_000_000_499_659n;

/** Changes of the table as Lambda hands them to the archiver: the items that the replicator makes of these texts. */
export function tableEvent(texts: readonly string[]): DynamoDBStreamEvent {
  return { Records: kinesisEvent(texts).Records.map((record, index) => insertRecord(itemOf(record), index)) };
}

function itemOf({
  eventID,
  kinesis,
}: ReturnType<typeof kinesisEvent>["Records"][number]): Record<string, AttributeValue> {
  const shardId = eventID.split(":")[0] ?? "";
  return {
    seqNumbershardIdHash: { S: `${kinesis.sequenceNumber.slice(-3, -1)}_${shardId}` },
    sequenceNumber: { S: kinesis.sequenceNumber },
    shardId: { S: shardId },
    streamName: { S: "events" },
    partitionKey: { S: kinesis.partitionKey },
    approximateArrivalTimestamp: { N: String(kinesis.approximateArrivalTimestamp) },
    event: attributeValue(JSON.parse(Buffer.from(kinesis.data, "base64").toString())),
  };
}

function insertRecord(image: Record<string, AttributeValue>, index: number): DynamoDBRecord {
  return {
    eventID: `${index}`.padStart(32, "0"),
    eventName: "INSERT",
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: "us-east-1",
    eventSourceARN: TABLE_STREAM_ARN,
    dynamodb: {
      ApproximateCreationDateTime: CHANGE_SECONDS,
      SequenceNumber: String(FIRST_SEQUENCE_NUMBER + BigInt(index)),
      SizeBytes: 700,
      StreamViewType: "NEW_IMAGE",
      Keys: {
        seqNumbershardIdHash: image["seqNumbershardIdHash"] as AttributeValue,
        sequenceNumber: image["sequenceNumber"] as AttributeValue,
      },
      NewImage: image,
    },
  };
}

function attributeValue(value: unknown): AttributeValue {
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: String(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map(attributeValue) };
  const fields = Object.entries(value as Record<string, unknown>);
  return { M: Object.fromEntries(fields.map(([name, field]) => [name, attributeValue(field)])) };
}
