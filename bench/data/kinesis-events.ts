import type { KinesisStreamEvent, KinesisStreamRecord } from "aws-lambda";

/** The stream that the events come from, and the table that the items go to. */
export const STREAM_ARN = "arn:aws:kinesis:us-east-1:111111111111:stream/events";
export const TABLE_NAME = "events";

const SHARD_ID = "shardId-000000000003";
/** 2026-01-05T08:00:00Z */
const ARRIVAL_SECONDS = 1_767_600_000;
const FIRST_SEQUENCE_NUMBER = 49_590_338_271_490_256_608_559_692_538_361_571_095_921_575_989_136_588_898n;

/** An event as Lambda hands it to a consumer of a Kinesis stream: the texts as records of one shard, in order. */
export function kinesisEvent(texts: readonly string[]): KinesisStreamEvent {
  return { Records: texts.map(kinesisRecord) };
}

function kinesisRecord(text: string, index: number): KinesisStreamRecord {
  // Steps of a prime: sequence numbers of a busy shard are not consecutive.
  const sequenceNumber = String(FIRST_SEQUENCE_NUMBER + BigInt(index) * 16_777_259n);
  return {
    awsRegion: "us-east-1",
    eventID: `${SHARD_ID}:${sequenceNumber}`,
    eventName: "aws:kinesis:record",
    eventSource: "aws:kinesis",
    eventSourceARN: STREAM_ARN,
    eventVersion: "1.0",
    invokeIdentityArn: "arn:aws:iam::111111111111:role/tributary/tributary-replicator",
    kinesis: {
      kinesisSchemaVersion: "1.0",
      partitionKey: `visitor-${index % 97}`,
      sequenceNumber,
      data: Buffer.from(text).toString("base64"),
      approximateArrivalTimestamp: ARRIVAL_SECONDS + (index % 1_000) / 1_000,
    },
  };
}
