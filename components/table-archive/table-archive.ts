import { fileURLToPath } from "node:url";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarm } from "../alarms.ts";
import { functionProblems } from "../bundled-function/checks.ts";
import { matches, oneOf, type Problem, refuse, wholeNumber } from "../checks.ts";
import { alarmDefaults } from "../defaults/alarms.ts";
import { RemovePolicy } from "../defaults/archive.ts";
import { Compression, deliveryDefaults, deliveryLimits } from "../defaults/firehose.ts";
import { METRICS_NAMESPACE, StreamSource } from "../defaults/lambda.ts";
import { RemovalPolicy } from "../defaults/removal.ts";
import { MAX_RETENTION_DAYS, objectPrefixes } from "../defaults/s3.ts";
import { deliveryRules } from "../defaults/text-rules.ts";
import { createRole } from "../iam/create-role.ts";
import type { PolicyStatement } from "../iam/policy.ts";
import { ServiceRole, serviceTrustJson } from "../iam/service-trust.ts";
import { createLogGroup } from "../log-group.ts";
import { PrivateBucket } from "../private-bucket/private-bucket.ts";
import { child, childComponent, type Scope } from "../scope.ts";
import type { StreamConsumerArgs } from "../stream-consumer/args.ts";
import { OWN_BUCKET, readingProblems } from "../stream-consumer/checks.ts";
import { StreamConsumer } from "../stream-consumer/stream-consumer.ts";
import type { TableArchiveArgs, TableArchiveNodes, TableArchiveOptions } from "./args.ts";
import { asidePrefixes, expressionProblem, literalStart, mixedWith } from "./prefixes.ts";

const DEFAULT_ENTRY = fileURLToPath(new URL("../../functions/archiver/handler.ts", import.meta.url));

/** Keeps every image of a table's items as JSON lines in a bucket. */
export class TableArchive extends pulumi.ComponentResource {
  public readonly bucketName: pulumi.Output<string>;
  /** Where Lambda puts the batches that are given up. */
  public readonly failedBatchesBucketName: pulumi.Output<string>;
  public readonly deliveryStreamName: pulumi.Output<string>;
  public readonly functionName: pulumi.Output<string>;
  public readonly nodes: TableArchiveNodes;

  constructor(name: string, args: TableArchiveArgs, opts: TableArchiveOptions = {}) {
    const { transform = {}, ...componentOptions } = opts;
    super("tributary:archive:TableArchive", name, {}, componentOptions);
    refuse(this, name, problems(args));

    const scope: Scope = { component: this, name };
    const bucket = childComponent(scope, transform.bucket, "bucket", PrivateBucket, {
      versioning: args.versioning,
      retentionByPrefix: retentionByPrefix(args),
      removalPolicy: args.removalPolicy,
    });
    // Apart from the archive: for its failed batches Lambda asks that the function may write the whole bucket.
    const failedBatches = childComponent(scope, transform.failedBatches, "failed-batches", PrivateBucket, {
      versioning: args.versioning,
      retentionDays: args.parkedRetentionDays,
      removalPolicy: args.removalPolicy,
    });
    const deliveryLogGroup = createLogGroup(scope, transform.deliveryLogGroup, "delivery-logs", {
      retentionDays: args.logRetentionDays,
      removalPolicy: args.removalPolicy,
    });
    const deliveryLogStream = child(
      scope,
      transform.deliveryLogStream,
      "delivery-log",
      aws.cloudwatch.LogStream,
      { logGroupName: deliveryLogGroup.name },
      { retainOnDelete: args.removalPolicy !== RemovalPolicy.Destroy },
    );
    const { role: deliveryRole, policy: deliveryPolicy } = createRole(
      scope,
      { role: transform.deliveryRole, policy: transform.deliveryPolicy },
      {
        suffixes: { role: "delivery-role", policy: "delivery-policy" },
        trustPolicy: serviceTrustJson(ServiceRole.Delivery, this),
        statements: deliveryStatements(args, bucket, deliveryLogStream),
        permissionsBoundaryArn: args.permissionsBoundaryArn,
      },
    );
    const deliveryStream = child(
      scope,
      transform.deliveryStream,
      "delivery",
      aws.kinesis.FirehoseDeliveryStream,
      deliveryStreamArgs(args, bucket, deliveryRole, deliveryLogStream),
      { dependsOn: [deliveryPolicy] },
    );
    const deliveryAlarm = createAlarm(scope, args, transform.deliveryAlarm, "delivery-late", {
      ...alarmDefaults.delivery,
      description: "Lines wait too long to be written to the bucket; Firehose gives them up after a day.",
      namespace: "AWS/Firehose",
      metricName: "DeliveryToS3.DataFreshness",
      dimensions: { DeliveryStreamName: deliveryStream.name },
      statistic: "Maximum",
      atLeast: bufferSeconds(args) + alarmDefaults.delivery.secondsOverBuffer,
    });
    const consumer = childComponent(
      scope,
      transform.consumer,
      "consumer",
      StreamConsumer,
      consumerArgs(args, { bucket, failedBatches, deliveryStream }),
    );
    const parkedAlarm = createAlarm(scope, args, transform.parkedAlarm, "lines-parked", {
      ...alarmDefaults.parked,
      description: `Within the last 24 hours lines were set aside that cannot be delivered: see below ${objectPrefixes.parked} in the archive's bucket.`,
      namespace: METRICS_NAMESPACE,
      metricName: "Parked",
      dimensions: { FunctionName: consumer.functionName },
      statistic: "Sum",
    });

    this.bucketName = bucket.bucketName;
    this.failedBatchesBucketName = failedBatches.bucketName;
    this.deliveryStreamName = deliveryStream.name;
    this.functionName = consumer.functionName;
    this.nodes = {
      bucket,
      failedBatches,
      deliveryLogGroup,
      deliveryLogStream,
      deliveryRole,
      deliveryPolicy,
      deliveryStream,
      deliveryAlarm,
      consumer,
      parkedAlarm,
    };
    this.registerOutputs({
      bucketName: this.bucketName,
      failedBatchesBucketName: this.failedBatchesBucketName,
      deliveryStreamName: this.deliveryStreamName,
    });
  }
}

function prefixProblem(arg: string, value: string | undefined, isError: boolean): Problem {
  const problem = value === undefined ? undefined : expressionProblem(value, { isError });
  return problem === undefined ? undefined : `${arg} is ${JSON.stringify(value)}: ${problem}`;
}

function problems(args: TableArchiveArgs): Problem[] {
  const limits = deliveryLimits;
  const { delivery = {} } = args;
  const prefix = delivery.prefix ?? deliveryDefaults.prefix;
  const mixed = mixedWith(prefix, delivery.errorPrefix ?? deliveryDefaults.errorOutputPrefix);
  return [
    wholeNumber("delivery.bufferMiB", delivery.bufferMiB, limits.bufferMiB.min, limits.bufferMiB.max),
    wholeNumber("delivery.bufferSeconds", delivery.bufferSeconds, limits.bufferSeconds.min, limits.bufferSeconds.max),
    oneOf("delivery.compression", delivery.compression, Compression),
    matches("delivery.prefix", delivery.prefix, deliveryRules.prefix),
    matches("delivery.errorPrefix", delivery.errorPrefix, deliveryRules.errorPrefix),
    prefixProblem("delivery.prefix", delivery.prefix, false),
    prefixProblem("delivery.errorPrefix", delivery.errorPrefix, true),
    mixed === undefined
      ? undefined
      : `delivery.prefix is ${JSON.stringify(prefix)}; below "${mixed}" are things that are kept for another time: write a prefix apart from it, such as delivery.prefix: "${deliveryDefaults.prefix}"`,
    oneOf("removePolicy", args.removePolicy, RemovePolicy),
    wholeNumber("retentionDays", args.retentionDays, 0, MAX_RETENTION_DAYS),
    wholeNumber("parkedRetentionDays", args.parkedRetentionDays, 0, MAX_RETENTION_DAYS),
    // Its buckets are made before its consumer, so the consumer's own check would come too late.
    ...readingProblems(
      { ...reading(args), onFailure: OWN_BUCKET },
      { streamArn: "tableStreamArn", streamKmsKeyArn: "tableKmsKeyArn" },
    ),
    ...functionProblems(functionArgs(args)),
  ];
}

/** What is set aside expires when the caller says so of it, never with the archive. */
function retentionByPrefix({ delivery = {}, retentionDays = 0, parkedRetentionDays = 0 }: TableArchiveArgs) {
  const aside = asidePrefixes(delivery.errorPrefix ?? deliveryDefaults.errorOutputPrefix);
  return [
    { prefix: literalStart(delivery.prefix ?? deliveryDefaults.prefix), days: retentionDays },
    ...aside.map((prefix) => ({ prefix, days: parkedRetentionDays })),
  ];
}

function bufferSeconds({ delivery = {} }: TableArchiveArgs): number {
  return delivery.bufferSeconds ?? deliveryDefaults.bufferingInterval;
}

function deliveryStatements(
  { delivery = {} }: TableArchiveArgs,
  bucket: PrivateBucket,
  logStream: aws.cloudwatch.LogStream,
): PolicyStatement[] {
  // Firehose makes the keys of prefix, time and a UUID.
  const write = (sid: string, prefix: string): PolicyStatement => ({
    sid,
    actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
    resources: [pulumi.interpolate`${bucket.bucketArn}/${literalStart(prefix)}*`],
  });
  return [
    {
      sid: "FindArchive",
      actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      resources: [bucket.bucketArn],
    },
    write("WriteArchive", delivery.prefix ?? deliveryDefaults.prefix),
    write("WriteUndeliverable", delivery.errorPrefix ?? deliveryDefaults.errorOutputPrefix),
    { sid: "WriteDeliveryErrors", actions: ["logs:PutLogEvents"], resources: [logStream.arn] },
  ];
}

function deliveryStreamArgs(
  args: TableArchiveArgs,
  bucket: PrivateBucket,
  role: aws.iam.Role,
  logStream: aws.cloudwatch.LogStream,
): aws.kinesis.FirehoseDeliveryStreamArgs {
  const { delivery = {} } = args;
  return {
    destination: "extended_s3",
    extendedS3Configuration: {
      bucketArn: bucket.bucketArn,
      roleArn: role.arn,
      bufferingSize: delivery.bufferMiB ?? deliveryDefaults.bufferingSize,
      bufferingInterval: bufferSeconds(args),
      compressionFormat: delivery.compression ?? deliveryDefaults.compressionFormat,
      prefix: delivery.prefix ?? deliveryDefaults.prefix,
      errorOutputPrefix: delivery.errorPrefix ?? deliveryDefaults.errorOutputPrefix,
      cloudwatchLoggingOptions: { enabled: true, logGroupName: logStream.logGroupName, logStreamName: logStream.name },
    },
    serverSideEncryption: { enabled: true, keyType: "AWS_OWNED_CMK" },
  };
}

function reading(args: TableArchiveArgs) {
  return {
    source: StreamSource.DynamoDb,
    streamArn: args.tableStreamArn,
    streamKmsKeyArn: args.tableKmsKeyArn,
    batchSize: args.batchSize,
    batchWindowSeconds: args.batchWindowSeconds,
    parallelization: args.parallelization,
    retryAttempts: args.retryAttempts,
    maximumRecordAgeSeconds: args.maximumRecordAgeSeconds,
    startingPosition: args.startingPosition,
    enabled: args.enabled,
    alarms: args.alarms,
    alarmActionArns: args.alarmActionArns,
  };
}

function functionArgs(args: TableArchiveArgs) {
  return {
    entry: args.entry ?? DEFAULT_ENTRY,
    memoryMiB: args.memoryMiB,
    timeoutSeconds: args.timeoutSeconds,
    logRetentionDays: args.logRetentionDays,
    tracingMode: args.tracingMode,
    permissionsBoundaryArn: args.permissionsBoundaryArn,
    sourceMaps: args.sourceMaps,
    removalPolicy: args.removalPolicy,
  };
}

function consumerArgs(
  args: TableArchiveArgs,
  { bucket, failedBatches, deliveryStream }: Pick<TableArchiveNodes, "bucket" | "failedBatches" | "deliveryStream">,
): StreamConsumerArgs {
  return {
    ...reading(args),
    onFailure: { bucketArn: failedBatches.bucketArn },
    function: {
      ...functionArgs(args),
      description: "Turns the changes of a table into JSON lines for its archive.",
      environment: {
        DELIVERY_STREAM_NAME: deliveryStream.name,
        ARCHIVE_BUCKET: bucket.bucketName,
        OVERSIZED_PREFIX: objectPrefixes.parked,
        REMOVE_POLICY: args.removePolicy ?? RemovePolicy.Skip,
        METRICS_NAMESPACE,
      },
      statements: [
        { sid: "DeliverLines", actions: ["firehose:PutRecordBatch"], resources: [deliveryStream.arn] },
        {
          sid: "ParkOversizedLines",
          actions: ["s3:PutObject"],
          // The key is made of the record's date and ids.
          resources: [pulumi.interpolate`${bucket.bucketArn}/${objectPrefixes.parked}*`],
        },
      ],
    },
  };
}
