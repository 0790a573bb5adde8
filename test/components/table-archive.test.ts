import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { TableArchiveArgs } from "../../components/table-archive/args.ts";
import { TableArchive } from "../../components/table-archive/table-archive.ts";
import { record, refusal, resolved, statementsOf } from "../support/mocks.ts";

const TABLE_STREAM = "arn:aws:dynamodb:us-east-1:222222222222:table/sink/stream/2026-01-01T00:00:00.000";
const entry = fileURLToPath(new URL("../fixtures/components/handler.ts", import.meta.url));
const args: TableArchiveArgs = { entry, tableStreamArn: TABLE_STREAM };
const here = { accountId: "222222222222" };
const BUCKET = "arn:aws:s3:::keep-bucket-1a2b3c4";
const LOG_STREAM =
  "arn:aws:logs:us-east-1:222222222222:log-group:keep-delivery-logs-1a2b3c4:log-stream:keep-delivery-log-1a2b3c4";

const delivery = {
  bucketArn: BUCKET,
  roleArn: "arn:aws:iam::222222222222:role/keep-delivery-role-1a2b3c4",
  bufferingSize: 5,
  bufferingInterval: 300,
  compressionFormat: "UNCOMPRESSED",
  prefix: "events/",
  errorOutputPrefix: "failed/!{firehose:error-output-type}/",
  cloudwatchLoggingOptions: {
    enabled: true,
    logGroupName: "keep-delivery-logs-1a2b3c4",
    logStreamName: "keep-delivery-log-1a2b3c4",
  },
};

describe("TableArchive", () => {
  it("delivers into a private bucket, encrypted, with errors logged and apart, unless told otherwise", async () => {
    const run = await record(() => new TableArchive("keep", args), here);
    expect(run.resources).to.have.length(17);
    expect(run.named("keep-delivery").inputs).to.deep.equal({
      destination: "extended_s3",
      extendedS3Configuration: delivery,
      serverSideEncryption: { enabled: true, keyType: "AWS_OWNED_CMK" },
    });
    expect(run.named("keep-delivery-logs").inputs).to.deep.equal({ retentionInDays: 30 });
    expect(run.named("keep-delivery-log").inputs).to.deep.equal({ logGroupName: "keep-delivery-logs-1a2b3c4" });
    expect(run.named("keep-bucket").inputs).to.deep.equal({ forceDestroy: false });
    expect(await resolved(run.result.bucketName)).to.equal("keep-bucket-1a2b3c4");
    expect(await resolved(run.result.deliveryStreamName)).to.equal("keep-delivery-1a2b3c4");
    expect(await resolved(run.result.functionName)).to.equal("keep-consumer-function-1a2b3c4");
  });

  it("lets Firehose write this bucket and this log stream, and makes the delivery stream after that", async () => {
    const run = await record(() => new TableArchive("keep", args), here);
    expect(statementsOf(run.named("keep-delivery-role").inputs["assumeRolePolicy"])).to.deep.equal([
      {
        Sid: "AssumedByService",
        Effect: "Allow",
        Principal: { Service: "firehose.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    ]);
    expect(statementsOf(run.named("keep-delivery-policy").inputs["policy"])).to.deep.equal([
      {
        Sid: "FindArchive",
        Effect: "Allow",
        Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
        Resource: [BUCKET],
      },
      {
        Sid: "WriteArchive",
        Effect: "Allow",
        Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
        Resource: [`${BUCKET}/*`],
      },
      { Sid: "WriteDeliveryErrors", Effect: "Allow", Action: ["logs:PutLogEvents"], Resource: [LOG_STREAM] },
    ]);
    expect(run.named("keep-delivery").dependsOn).to.include("keep-delivery-policy");
  });

  it("reads the table's stream by a function that may deliver lines and park the oversized", async () => {
    const run = await record(() => new TableArchive("keep", args), here);
    expect(run.named("keep-consumer-function").inputs).to.deep.include({
      description: "Turns the changes of a table into JSON lines for its archive.",
      environment: {
        variables: {
          DELIVERY_STREAM_NAME: "keep-delivery-1a2b3c4",
          ARCHIVE_BUCKET: "keep-bucket-1a2b3c4",
          OVERSIZED_PREFIX: "parked/",
          REMOVE_POLICY: "skip",
          METRICS_NAMESPACE: "Tributary",
        },
      },
    });
    const statements = statementsOf(run.named("keep-consumer-function-policy").inputs["policy"]);
    expect(statements.map(({ Sid, Action, Resource }) => [Sid, Action, Resource])).to.deep.equal([
      [
        "WriteOwnLogs",
        ["logs:CreateLogStream", "logs:PutLogEvents"],
        ["arn:aws:logs:us-east-1:222222222222:log-group:keep-consumer-function-logs-1a2b3c4:*"],
      ],
      [
        "ReadStream",
        ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListShards"],
        [TABLE_STREAM],
      ],
      ["ListStreams", ["dynamodb:ListStreams"], ["*"]],
      ["PutFailedBatches", ["s3:PutObject"], [`${BUCKET}/*`]],
      ["FindFailureBucket", ["s3:ListBucket"], [BUCKET]],
      [
        "DeliverLines",
        ["firehose:PutRecordBatch"],
        ["arn:aws:firehose:us-east-1:222222222222:deliverystream/keep-delivery-1a2b3c4"],
      ],
      ["ParkOversizedLines", ["s3:PutObject"], [`${BUCKET}/parked/*`]],
    ]);
    expect(run.named("keep-consumer-mapping").inputs).to.deep.include({
      eventSourceArn: TABLE_STREAM,
      startingPosition: "TRIM_HORIZON",
      maximumRetryAttempts: -1,
      maximumRecordAgeInSeconds: 69_120,
      destinationConfig: { onFailure: { destinationArn: BUCKET } },
    });
  });

  it("passes on delivery, retention and reading", async () => {
    const run = await record(
      () =>
        new TableArchive("keep", {
          ...args,
          delivery: {
            bufferMiB: 64,
            bufferSeconds: 60,
            compression: "GZIP",
            prefix: "prod-kinesis-data/",
            errorPrefix: "bad/!{firehose:error-output-type}/",
          },
          removePolicy: "tombstone",
          retentionDays: 365,
          versioning: false,
          removalPolicy: "destroy",
          batchSize: 1000,
          enabled: false,
          logRetentionDays: 1,
          memoryMiB: 256,
        }),
      here,
    );
    expect(run.named("keep-delivery").inputs["extendedS3Configuration"]).to.deep.equal({
      ...delivery,
      bufferingSize: 64,
      bufferingInterval: 60,
      compressionFormat: "GZIP",
      prefix: "prod-kinesis-data/",
      errorOutputPrefix: "bad/!{firehose:error-output-type}/",
    });
    expect(run.named("keep-consumer-function").inputs).to.have.nested.property(
      "environment.variables.REMOVE_POLICY",
      "tombstone",
    );
    expect(run.named("keep-consumer-function").inputs["memorySize"]).to.equal(256);
    expect(run.named("keep-consumer-mapping").inputs).to.include({ batchSize: 1000, enabled: false });
    expect(run.named("keep-bucket").inputs).to.deep.equal({ forceDestroy: true });
    expect(run.named("keep-bucket-lifecycle").inputs["rules"]).to.have.deep.nested.property("[0].expiration", {
      days: 365,
    });
    expect(run.named("keep-delivery-logs").inputs).to.deep.equal({ retentionInDays: 1 });
    expect(run.named("keep-consumer-function-logs").inputs).to.deep.equal({ retentionInDays: 1 });
  });

  it("stands beside another one in the same stack", async () => {
    const run = await record(() => {
      new TableArchive("one", args);
      new TableArchive("two", args);
    }, here);
    expect(new Set(run.resources.map((each) => each.name)).size).to.equal(34);
  });

  it("hands every child to its transform, however deep", async () => {
    const seen: string[] = [];
    const see = (_args: object, _opts: object, name: string) => void seen.push(name);
    const run = await record(
      () =>
        new TableArchive("keep", args, {
          transform: {
            bucket: {
              bucket: see,
              publicAccessBlock: see,
              ownershipControls: see,
              encryption: see,
              versioning: see,
              lifecycle: see,
              policy: see,
            },
            deliveryLogGroup: see,
            deliveryLogStream: see,
            deliveryRole: see,
            deliveryPolicy: see,
            deliveryStream: see,
            consumer: { function: { logGroup: see, role: see, policy: see, function: see }, mapping: see },
          },
        }),
      here,
    );
    expect(seen).to.have.members(run.resources.map((each) => each.name));
  });

  it("refuses all bad args at once, before anything is made", async () => {
    const { lines, resources } = await refusal(
      () =>
        new TableArchive("keep", {
          ...args,
          delivery: { bufferMiB: 0, bufferSeconds: 901, compression: "gzip", errorPrefix: "bad/" },
          removePolicy: "drop",
          removalPolicy: "drop",
          retentionDays: -5,
        }),
      here,
    );
    expect(lines).to.deep.equal([
      '"keep" has args that cannot work:',
      "- delivery.bufferMiB is 0; allowed is a whole number from 1 to 128: write delivery.bufferMiB: 1",
      "- delivery.bufferSeconds is 901; allowed is a whole number from 0 to 900: write delivery.bufferSeconds: 900",
      '- delivery.compression is "gzip"; allowed is "UNCOMPRESSED" or "GZIP" or "ZIP" or "Snappy" or "HADOOP_SNAPPY": write delivery.compression: "UNCOMPRESSED"',
      '- delivery.errorPrefix is "bad/"; Firehose wants !{firehose:error-output-type} in it: write errorPrefix: "failed/!{firehose:error-output-type}/"',
      '- removePolicy is "drop"; allowed is "skip" or "tombstone": write removePolicy: "skip"',
      '- removalPolicy is "drop"; allowed is "retain" or "destroy": write removalPolicy: "retain"',
      "- retentionDays is -5; allowed is a whole number from 0 to 36500: write retentionDays: 0",
    ]);
    expect(resources).to.deep.equal([]);
  });
});
