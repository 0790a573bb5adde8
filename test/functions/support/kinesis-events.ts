import type { KinesisStreamEvent, KinesisStreamRecord } from "aws-lambda";

export const STREAM_ARN = "arn:aws:kinesis:us-east-1:111111111111:stream/events";
export const SHARD_ID = "shardId-000000000003";
/** 2024-02-29T23:59:59.987Z */
export const ARRIVAL_SECONDS = 1_709_251_199.987;

/** The sequence number of the test record number `index`; ascending, of the real length, and ending in ever other hash digits. */
export function sequenceNumber(index: number): string {
  return (49_590_338_271_490_256_608_559_692_538_361_571_095_921_575_989_136_588_898n + BigInt(index) * 10n).toString();
}

/** A record as Lambda hands it over. */
export function kinesisRecord(
  data: string | Buffer,
  options: { index?: number; streamArn?: string; shardId?: string; sequenceNumber?: string } = {},
): KinesisStreamRecord {
  const number = options.sequenceNumber ?? sequenceNumber(options.index ?? 0);
  const shardId = options.shardId ?? SHARD_ID;
  return {
    awsRegion: "us-east-1",
    eventID: `${shardId}:${number}`,
    eventName: "aws:kinesis:record",
    eventSource: "aws:kinesis",
    eventSourceARN: options.streamArn ?? STREAM_ARN,
    eventVersion: "1.0",
    invokeIdentityArn: "arn:aws:iam::111111111111:role/replicator",
    kinesis: {
      kinesisSchemaVersion: "1.0",
      partitionKey: "visitor-1",
      sequenceNumber: number,
      data: Buffer.from(data).toString("base64"),
      approximateArrivalTimestamp: ARRIVAL_SECONDS,
    },
  };
}

/** An event of `count` records, the data of each made of its index. */
export function kinesisEvent(
  count: number,
  data: (index: number) => string | Buffer = (index) => JSON.stringify({ n: index }),
): KinesisStreamEvent {
  return { Records: Array.from({ length: count }, (_, index) => kinesisRecord(data(index), { index })) };
}
