import { FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { type AwsClientStub, mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import { createHandler } from "../../../functions/archiver/handler.ts";
import { EnvironmentError } from "../../../functions/shared/environment.ts";
import { consoleLines } from "../support/console-lines.ts";
import { lambdaContext } from "../support/lambda-context.ts";
import { changeNumber, insertRecord, removeRecord } from "../support/stream-events.ts";

const ENVIRONMENT = {
  AWS_LAMBDA_FUNCTION_NAME: "archiver-fn",
  DELIVERY_STREAM_NAME: "delivery",
  ARCHIVE_BUCKET: "archive",
};

describe("archiver handler", () => {
  // A mock replaces the method of every client of its class in the process: it may live only while this suite runs.
  let firehose: AwsClientStub<FirehoseClient>;
  let s3: AwsClientStub<S3Client>;
  let region: string | undefined;

  before(() => {
    firehose = mockClient(FirehoseClient);
    s3 = mockClient(S3Client);
    region = process.env["AWS_REGION"];
    process.env["AWS_REGION"] = "us-east-1";
  });

  beforeEach(() => {
    firehose.reset();
    s3.reset();
    firehose.on(PutRecordBatchCommand).resolves({ FailedPutCount: 0, RequestResponses: [{ RecordId: "r" }] });
    s3.on(PutObjectCommand).resolves({});
  });

  after(() => {
    firehose.restore();
    s3.restore();
    if (region === undefined) delete process.env["AWS_REGION"];
    else process.env["AWS_REGION"] = region;
  });

  const large = Array.from({ length: 3 }, (_, index) => insertRecord({ t: { S: "x".repeat(700_000) } }, { index }));
  const sentIds = (): (string | undefined)[][] =>
    firehose
      .commandCalls(PutRecordBatchCommand)
      .map((call) =>
        (call.args[0].input.Records ?? []).map(({ Data }) => /event-\d+/.exec(Buffer.from(Data ?? []).toString())?.[0]),
      );

  it("puts packed lines to the delivery stream and prints metrics and one log line", async () => {
    const handler = createHandler(ENVIRONMENT);
    const Records = [insertRecord({ a: { N: "1" } }, { index: 0 }), insertRecord({ a: { N: "2" } }, { index: 1 })];
    const { result, lines } = await consoleLines(() => handler({ Records }, lambdaContext()));
    expect(result).to.deep.equal({ batchItemFailures: [] });
    const [input] = firehose.commandCalls(PutRecordBatchCommand).map((call) => call.args[0].input);
    expect(input?.DeliveryStreamName).to.equal("delivery");
    expect(input?.Records?.map(({ Data }) => Buffer.from(Data ?? []).toString())).to.deep.equal([
      '{"eventId":"event-0","eventName":"INSERT","approximateCreationDateTime":1709251199,"sequenceNumber":"300000000000000499659","item":{"a":1}}\n' +
        '{"eventId":"event-1","eventName":"INSERT","approximateCreationDateTime":1709251199,"sequenceNumber":"300000000000000499660","item":{"a":2}}\n',
    ]);
    expect(lines.map((line) => JSON.parse(line))).to.have.length(2);
    expect(JSON.parse(lines[0] ?? "")).to.include({ FunctionName: "archiver-fn", Received: 2, Stored: 2 });
    expect(JSON.parse(lines[1] ?? "")).to.include({
      requestId: "request-1",
      firstSequenceNumber: changeNumber(0),
      lastSequenceNumber: changeNumber(1),
    });
  });

  it("sends the entries again that carry no record id", async () => {
    firehose
      .on(PutRecordBatchCommand)
      .resolvesOnce({
        FailedPutCount: 2,
        RequestResponses: [
          { ErrorCode: "ServiceUnavailableException" },
          { RecordId: "r" },
          { ErrorCode: "InternalFailure" },
        ],
      })
      .resolves({ FailedPutCount: 0, RequestResponses: [] });
    const { result } = await consoleLines(() => createHandler(ENVIRONMENT)({ Records: large }, lambdaContext()));
    expect(result).to.deep.equal({ batchItemFailures: [] });
    expect(sentIds()).to.deep.equal([
      ["event-0", "event-1", "event-2"],
      ["event-0", "event-2"],
    ]);
  });

  it("sends all again when the answer contradicts itself", async () => {
    firehose
      .on(PutRecordBatchCommand)
      .resolvesOnce({ FailedPutCount: 2, RequestResponses: [{ RecordId: "r" }, { RecordId: "r" }, { RecordId: "r" }] })
      .resolves({ FailedPutCount: 0, RequestResponses: [] });
    await consoleLines(() => createHandler(ENVIRONMENT)({ Records: large }, lambdaContext()));
    expect(sentIds().map(({ length }) => length)).to.deep.equal([3, 3]);
  });

  it("parks an oversized line in the archive bucket, under the prefix that it is given", async () => {
    const handler = createHandler({ ...ENVIRONMENT, OVERSIZED_PREFIX: "aside/" });
    const Records = [insertRecord({ t: { S: "x".repeat(1_100_000) } })];
    await consoleLines(() => handler({ Records }, lambdaContext()));
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).to.include({
      Bucket: "archive",
      Key: "aside/2024/02/29/event-0.json",
    });
    expect(firehose.commandCalls(PutRecordBatchCommand)).to.have.length(0);
  });

  it("archives deletions when the policy says so", async () => {
    const handler = createHandler({ ...ENVIRONMENT, REMOVE_POLICY: "tombstone" });
    await consoleLines(() => handler({ Records: [removeRecord()] }, lambdaContext()));
    expect(sentIds()).to.deep.equal([["event-0"]]);
  });

  it("refuses a wrong environment, every mistake at once", () => {
    expect(() => createHandler({ REMOVE_POLICY: "keep" }))
      .to.throw(EnvironmentError)
      .with.property("mistakes")
      .that.deep.equals([
        "DELIVERY_STREAM_NAME is not set",
        "ARCHIVE_BUCKET is not set",
        'REMOVE_POLICY is "keep"; allowed: skip, tombstone',
      ]);
  });
});
