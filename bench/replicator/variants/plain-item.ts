import type { KinesisStreamRecord } from "aws-lambda";

/** The item of a record as a plain object, as anybody would write it: the same attributes as the replicator's. */
export function plainItem({ eventID, eventSourceARN, kinesis }: KinesisStreamRecord): Record<string, unknown> {
  const shardId = eventID.split(":")[0] ?? "";
  return {
    seqNumbershardIdHash: `${kinesis.sequenceNumber.slice(-3, -1)}_${shardId}`,
    sequenceNumber: kinesis.sequenceNumber,
    shardId,
    streamName: eventSourceARN.split("/")[1],
    partitionKey: kinesis.partitionKey,
    approximateArrivalTimestamp: kinesis.approximateArrivalTimestamp,
    event: JSON.parse(Buffer.from(kinesis.data, "base64").toString("utf8")),
  };
}
