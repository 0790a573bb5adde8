import { expect } from "chai";
import { KinesisEntry, KinesisEventFrame } from "../../../../../local/services/lambda/mappings/kinesis-entry.ts";

describe("a Kinesis record that waits for its delivery", () => {
  it("is printed in Lambda's event form, and has the size of that", () => {
    const common = {
      invokeIdentityArn: "arn:aws:iam::111111111111:role/r",
      awsRegion: "us-east-1",
      eventSourceARN: "arn:aws:kinesis:us-east-1:111111111111:stream/s",
    };
    const record = {
      Data: Buffer.from("data").toString("base64"),
      PartitionKey: 'ключ "\n\\',
      SequenceNumber: "4954",
      ApproximateArrivalTimestamp: 1_796_072_374.913,
    };
    const entry = new KinesisEntry(record, new KinesisEventFrame({ shardId: "shardId-000000000001", ...common }), 5);
    expect(JSON.parse(entry.json)).to.deep.equal({
      kinesis: {
        kinesisSchemaVersion: "1.0",
        partitionKey: record.PartitionKey,
        sequenceNumber: "4954",
        data: record.Data,
        approximateArrivalTimestamp: record.ApproximateArrivalTimestamp,
      },
      eventSource: "aws:kinesis",
      eventVersion: "1.0",
      eventID: "shardId-000000000001:4954",
      eventName: "aws:kinesis:record",
      ...common,
    });
    expect(entry.bytes).to.equal(Buffer.byteLength(entry.json));
    expect(entry).to.include({ arrivedAt: 1_796_072_374_913, orderKey: record.PartitionKey, readAt: 5 });
  });
});
