import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { DeliverySettings } from "../../components/delivery-stream/args.ts";
import type { TableArchiveArgs } from "../../components/table-archive/args.ts";
import { TableArchive } from "../../components/table-archive/table-archive.ts";
import { type Recording, record, refusal, resolved, statementsOf } from "../support/mocks.ts";

const TABLE_STREAM = "arn:aws:dynamodb:us-east-1:222222222222:table/sink/stream/2026-01-01T00:00:00.000";
const entry = fileURLToPath(new URL("../fixtures/components/handler.ts", import.meta.url));
const args: TableArchiveArgs = { entry, tableStreamArn: TABLE_STREAM };
const here = { accountId: "222222222222" };
const BUCKET = "arn:aws:s3:::keep-bucket-1a2b3c4";
const FAILED_BATCHES = "arn:aws:s3:::keep-failed-batches-1a2b3c4";
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
    expect(run.resources).to.have.length(30);
    expect(run.named("keep-delivery").inputs).to.deep.equal({
      destination: "extended_s3",
      extendedS3Configuration: delivery,
      serverSideEncryption: { enabled: true, keyType: "AWS_OWNED_CMK" },
    });
    expect(run.named("keep-delivery-logs").inputs).to.deep.equal({ retentionInDays: 30 });
    expect(run.named("keep-delivery-log").inputs).to.deep.equal({ logGroupName: "keep-delivery-logs-1a2b3c4" });
    expect(run.named("keep-bucket").inputs).to.deep.equal({ forceDestroy: false });
    expect(run.named("keep-failed-batches").inputs).to.deep.equal({ forceDestroy: false });
    expect(await resolved(run.result.bucketName)).to.equal("keep-bucket-1a2b3c4");
    expect(await resolved(run.result.failedBatchesBucketName)).to.equal("keep-failed-batches-1a2b3c4");
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
        Resource: [`${BUCKET}/events/*`],
      },
      {
        Sid: "WriteUndeliverable",
        Effect: "Allow",
        Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
        Resource: [`${BUCKET}/failed/*`],
      },
      { Sid: "WriteDeliveryErrors", Effect: "Allow", Action: ["logs:PutLogEvents"], Resource: [LOG_STREAM] },
    ]);
    expect(run.named("keep-delivery").dependsOn).to.include("keep-delivery-policy");
  });

  it("encrypts by keys of their own: both buckets, what Firehose keeps, and the logs", async () => {
    const key = (name: string) => `arn:aws:kms:us-east-1:222222222222:key/${name}`;
    const logs = { kmsKeyArn: key("logs") };
    const keys = {
      bucket: { kmsKeyArn: key("buckets") },
      failedBatches: { kmsKeyArn: key("failed") },
      function: { logs },
      delivery: { kmsKeyArn: key("delivery"), logs },
    };
    const run = await record(() => new TableArchive("keep", { ...args, ...keys }), here);
    expect(JSON.stringify(run.named("keep-bucket-encryption").inputs["rules"])).to.contain(key("buckets"));
    expect(JSON.stringify(run.named("keep-failed-batches-encryption").inputs["rules"])).to.contain(key("failed"));
    for (const logGroup of ["keep-delivery-logs", "keep-consumer-function-logs"])
      expect(run.named(logGroup).inputs["kmsKeyId"]).to.equal(key("logs"));
    expect(run.named("keep-delivery").inputs["serverSideEncryption"]).to.deep.equal({
      enabled: true,
      keyType: "CUSTOMER_MANAGED_CMK",
      keyArn: key("delivery"),
    });
    const granted = (policy: string) =>
      statementsOf(run.named(policy).inputs["policy"])
        .filter(({ Action }) => String(Action).includes("kms:"))
        .map(({ Sid, Action, Resource, Condition }) => [Sid, Action, Resource, Condition]);
    const forBucket = (arn: string) => ({
      StringLike: { "kms:ViaService": "s3.*", "kms:EncryptionContext:aws:s3:arn": [arn, `${arn}/*`] },
    });
    expect(granted("keep-delivery-policy")).to.deep.equal([
      ["EncryptArchive", ["kms:GenerateDataKey", "kms:Decrypt"], [key("buckets")], forBucket(BUCKET)],
    ]);
    expect(granted("keep-consumer-function-policy")).to.deep.equal([
      [
        "EncryptFailedBatches",
        ["kms:GenerateDataKey"],
        [key("failed")],
        forBucket("arn:aws:s3:::keep-failed-batches-1a2b3c4"),
      ],
      ["EncryptParkedLines", ["kms:GenerateDataKey"], [key("buckets")], forBucket(BUCKET)],
    ]);
  });

  it("lets Firehose write below its own two prefixes only, up to their first expression", async () => {
    const delivery = {
      prefix: "lines/!{timestamp:yyyy}/",
      errorPrefix: "parked/errors/!{firehose:error-output-type}/",
    };
    const run = await record(() => new TableArchive("keep", { ...args, delivery }), here);
    const writes = statementsOf(run.named("keep-delivery-policy").inputs["policy"]).filter(({ Action }) =>
      String(Action).includes("s3:PutObject"),
    );
    expect(writes.map(({ Resource }) => Resource)).to.deep.equal([
      [`${BUCKET}/lines/*`],
      [`${BUCKET}/parked/errors/*`],
    ]);
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
      ["ReadStream", ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], [TABLE_STREAM]],
      ["ListStreams", ["dynamodb:ListStreams"], ["*"]],
      ["PutFailedBatches", ["s3:PutObject"], [`${FAILED_BATCHES}/*`]],
      ["FindFailureBucket", ["s3:ListBucket"], [FAILED_BATCHES]],
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
      batchSize: 1_000,
      maximumBatchingWindowInSeconds: 120,
      destinationConfig: { onFailure: { destinationArn: FAILED_BATCHES } },
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
            logs: { retentionDays: 3 },
          },
          removePolicy: "tombstone",
          retentionDays: 365,
          bucket: { versioning: false },
          failedBatches: { versioning: false },
          removalPolicy: "destroy",
          reading: { batchSize: 500, enabled: false },
          function: { memoryMiB: 256, logs: { retentionDays: 1 } },
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
    expect(run.named("keep-consumer-mapping").inputs).to.include({
      batchSize: 500,
      maximumBatchingWindowInSeconds: 120,
      enabled: false,
    });
    for (const bucket of ["keep-bucket", "keep-failed-batches"]) {
      expect(run.named(bucket).inputs).to.deep.equal({ forceDestroy: true });
      expect(run.resources.map(({ name }) => name)).not.to.include(`${bucket}-versioning`);
    }
    expect(run.named("keep-delivery-logs").inputs).to.deep.equal({ retentionInDays: 3 });
    expect(run.named("keep-consumer-function-logs").inputs).to.deep.equal({ retentionInDays: 1 });
  });

  const expirations = (run: Recording<unknown>, bucket = "keep-bucket") =>
    (run.named(`${bucket}-lifecycle`).inputs["rules"] as { filter: object; expiration?: { days: number } }[])
      .filter(({ expiration }) => expiration !== undefined)
      .map(({ filter, expiration }) => ({ ...filter, ...expiration }));

  it("lets the archive expire without what is set aside, and that without the archive", async () => {
    const archive = await record(() => new TableArchive("keep", { ...args, retentionDays: 365 }), here);
    expect(expirations(archive)).to.deep.equal([{ prefix: "events/", days: 365 }]);
    const both = await record(
      () =>
        new TableArchive("keep", {
          ...args,
          delivery: { prefix: "lines/!{timestamp:yyyy}/", errorPrefix: "bad/!{firehose:error-output-type}/" },
          retentionDays: 30,
          parkedRetentionDays: 90,
        }),
      here,
    );
    expect(expirations(both)).to.deep.equal([
      { prefix: "lines/", days: 30 },
      { prefix: "parked/", days: 90 },
      { prefix: "bad/", days: 90 },
    ]);
    expect(expirations(archive, "keep-failed-batches")).to.deep.equal([]);
    expect(expirations(both, "keep-failed-batches")).to.deep.equal([{ prefix: "", days: 90 }]);
    expect(expirations(await record(() => new TableArchive("keep", args), here))).to.deep.equal([]);
  });

  it("alarms of lines that wait too long, and of those that are parked, unless told otherwise", async () => {
    const actionArns = ["arn:aws:sns:us-east-1:222222222222:a"];
    const delivery = { bufferSeconds: 60 };
    const run = await record(() => new TableArchive("keep", { ...args, delivery, alarms: { actionArns } }), here);
    expect(run.named("keep-delivery-late").inputs).to.deep.equal({
      alarmDescription: "Lines wait too long to be written to the bucket; Firehose gives them up after a day.",
      namespace: "AWS/Firehose",
      metricName: "DeliveryToS3.DataFreshness",
      dimensions: { DeliveryStreamName: "keep-delivery-1a2b3c4" },
      statistic: "Maximum",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      // Seconds: a quarter of an hour more than the buffer's.
      threshold: 960,
      period: 300,
      evaluationPeriods: 3,
      treatMissingData: "notBreaching",
      alarmActions: actionArns,
    });
    expect(run.named("keep-lines-parked").inputs).to.deep.include({
      alarmDescription:
        "Within the last 24 hours lines were parked that cannot be delivered: see below parked/ in the archive's bucket.",
      namespace: "Tributary",
      metricName: "Parked",
      dimensions: { FunctionName: "keep-consumer-function-1a2b3c4" },
      statistic: "Sum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      // One minute of the last day.
      period: 60,
      evaluationPeriods: 1440,
      datapointsToAlarm: 1,
      treatMissingData: "notBreaching",
    });
    // Half of the 80 % of a day after which a change is given up.
    expect(run.named("keep-consumer-iterator-age").inputs["threshold"]).to.equal(34_560_000);
    const alarms = run.of("aws:cloudwatch/metricAlarm:MetricAlarm");
    expect(alarms.map(({ inputs }) => inputs["alarmActions"])).to.deep.equal(alarms.map(() => actionArns));
    const silent = await record(() => new TableArchive("keep", { ...args, alarms: { enabled: false } }), here);
    expect(silent.resources).to.have.length(24);
    expect(silent.of("aws:cloudwatch/metricAlarm:MetricAlarm")).to.have.length(0);
  });

  it("leaves its logs behind when the stack goes, unless told otherwise", async () => {
    const names = ["keep-delivery-logs", "keep-delivery-log", "keep-consumer-function-logs"];
    const kept = await record(() => new TableArchive("keep", args), here);
    expect(names.map((name) => kept.named(name).retainOnDelete)).to.deep.equal([true, true, true]);
    const gone = await record(() => new TableArchive("keep", { ...args, removalPolicy: "destroy" }), here);
    expect(names.map((name) => gone.named(name).retainOnDelete)).to.deep.equal([false, false, false]);
  });

  it("refuses to mix its objects with what is set aside", async () => {
    const refused = async (delivery: DeliverySettings) =>
      (await refusal(() => new TableArchive("keep", { ...args, delivery }), here)).lines.slice(1);
    expect(await refused({ prefix: "parked/" })).to.deep.equal([
      '- delivery.prefix is "parked/"; below "parked/" are parked lines and delivery errors, which have a retention of their own: write a prefix apart from it, such as delivery.prefix: "events/"',
    ]);
    expect(await refused({ prefix: "parked/lines/" })).to.have.length(1);
    expect(await refused({ prefix: "a/", errorPrefix: "a/bad/!{firehose:error-output-type}/" })).to.have.length(1);
    expect(await refused({ prefix: "!{timestamp:yyyy}/" })).to.have.length(2);
    const nested = { errorPrefix: "parked/bad/!{firehose:error-output-type}/" };
    const run = await record(
      () => new TableArchive("keep", { ...args, delivery: nested, parkedRetentionDays: 9 }),
      here,
    );
    expect(expirations(run)).to.deep.equal([{ prefix: "parked/", days: 9 }]);
  });

  it("refuses prefixes that Firehose refuses, or understands otherwise than they look", async () => {
    const refused = async (delivery: DeliverySettings) =>
      (await refusal(() => new TableArchive("keep", { ...args, delivery }), here)).lines.slice(1).join("\n");
    for (const [prefix, reason] of [
      ["e/!{timestamp:YYYY}/", "the year is y: !{timestamp:yyyy}"],
      ["e/!{partitionKeyFromQuery:kind}/", "needs dynamic partitioning"],
      ["e/!{firehose:error-output-type}/", "stands in the error prefix only"],
      ["e/!{firehose:name}/", "!{firehose:random-string}"],
      ["e/!{time:yyyy}/", "has no such namespace"],
      ["e/!{yyyy}/", "can only begin an expression"],
    ] as const)
      expect(await refused({ prefix }), prefix)
        .to.match(/^- delivery\.prefix is /)
        .and.include(reason);
    const errorPrefix = "f/!{timestamp:YYYY}/!{firehose:error-output-type}/";
    expect(await refused({ errorPrefix })).to.match(/^- delivery\.errorPrefix is .*the year is y/);
    const prefix = "e/!{timestamp:'Year='yyyy/MM}/!{firehose:random-string}/";
    await record(() => new TableArchive("keep", { ...args, delivery: { prefix } }), here);
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
          parkedRetentionDays: 40_000,
          reading: { parallelization: 0 },
          function: { timeoutSeconds: 901 },
        }),
      here,
    );
    expect(lines).to.deep.equal([
      '"keep" has args that cannot work:',
      "- delivery.bufferMiB is 0; allowed is a whole number from 1 to 128: write delivery.bufferMiB: 1",
      "- delivery.bufferSeconds is 901; allowed is a whole number from 0 to 900: write delivery.bufferSeconds: 900",
      '- delivery.compression is "gzip"; allowed is "UNCOMPRESSED" or "GZIP" or "ZIP" or "Snappy" or "HADOOP_SNAPPY": write delivery.compression: "UNCOMPRESSED"',
      '- delivery.errorPrefix is "bad/"; allowed is a prefix that begins with a name, has !{firehose:error-output-type} in it and ends with "/": write delivery.errorPrefix: "failed/!{firehose:error-output-type}/"',
      '- removePolicy is "drop"; allowed is "skip" or "tombstone": write removePolicy: "skip"',
      "- retentionDays is -5; allowed is a whole number from 0 to 36500: write retentionDays: 0",
      "- parkedRetentionDays is 40000; allowed is a whole number from 0 to 36500: write parkedRetentionDays: 36500",
      "- reading.parallelization is 0; allowed is a whole number from 1 to 10: write reading.parallelization: 1",
      "- function.timeoutSeconds is 901; allowed is a whole number from 1 to 900: write function.timeoutSeconds: 900",
      '- removalPolicy is "drop"; allowed is "retain" or "destroy": write removalPolicy: "retain"',
    ]);
    expect(resources).to.deep.equal([]);
  });
});
