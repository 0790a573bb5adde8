import { fileURLToPath } from "node:url";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { oneOf, refuse, wholeNumber } from "../checks.ts";
import { Compression, deliveryDefaults, deliveryLimits } from "../defaults/firehose.ts";
import { logGroupDefaults } from "../defaults/logs.ts";
import { RemovalPolicy } from "../defaults/removal.ts";
import { type PolicyStatement, policyJson, serviceTrustJson } from "../iam/policy.ts";
import { PrivateBucket } from "../private-bucket/private-bucket.ts";
import { StreamSource } from "../stream-consumer/args.ts";
import { StreamConsumer } from "../stream-consumer/stream-consumer.ts";
import { transformed } from "../transform.ts";
import { RemovePolicy, type TableArchiveArgs, type TableArchiveNodes, type TableArchiveOptions } from "./args.ts";

const DEFAULT_ENTRY = fileURLToPath(new URL("../../functions/archiver/handler.ts", import.meta.url));

/** Keys of lines that are too large for Firehose begin with this. */
const OVERSIZED_PREFIX = "parked/";
const METRICS_NAMESPACE = "Tributary";
/** What an error prefix has to say, by Firehose's rule. */
const ERROR_TYPE = "!{firehose:error-output-type}";

/** Keeps every image of a table's items as JSON lines in a bucket. */
export class TableArchive extends pulumi.ComponentResource {
  public readonly bucketName: pulumi.Output<string>;
  public readonly deliveryStreamName: pulumi.Output<string>;
  public readonly functionName: pulumi.Output<string>;
  public readonly nodes: TableArchiveNodes;

  constructor(name: string, args: TableArchiveArgs, opts: TableArchiveOptions = {}) {
    const { transform = {}, ...componentOptions } = opts;
    super("tributary:archive:TableArchive", name, {}, componentOptions);
    refuse(this, name, problems(args));

    const parent = { parent: this };
    const bucket = new PrivateBucket(
      `${name}-bucket`,
      { versioning: args.versioning, retentionDays: args.retentionDays, removalPolicy: args.removalPolicy },
      { ...parent, transform: transform.bucket },
    );
    const deliveryLogGroup = new aws.cloudwatch.LogGroup(
      ...transformed(
        transform.deliveryLogGroup,
        `${name}-delivery-logs`,
        { retentionInDays: args.logRetentionDays ?? logGroupDefaults.retentionInDays },
        parent,
      ),
    );
    const deliveryLogStream = new aws.cloudwatch.LogStream(
      ...transformed(
        transform.deliveryLogStream,
        `${name}-delivery-log`,
        { logGroupName: deliveryLogGroup.name },
        parent,
      ),
    );
    const deliveryRole = new aws.iam.Role(
      ...transformed(
        transform.deliveryRole,
        `${name}-delivery-role`,
        { assumeRolePolicy: serviceTrustJson("firehose.amazonaws.com") },
        parent,
      ),
    );
    const deliveryPolicy = new aws.iam.RolePolicy(
      ...transformed(
        transform.deliveryPolicy,
        `${name}-delivery-policy`,
        { role: deliveryRole.name, policy: policyJson(deliveryStatements(bucket, deliveryLogStream)) },
        parent,
      ),
    );
    const deliveryStream = new aws.kinesis.FirehoseDeliveryStream(
      ...transformed(
        transform.deliveryStream,
        `${name}-delivery`,
        deliveryStreamArgs(args, bucket, deliveryRole, deliveryLogStream),
        { ...parent, dependsOn: [deliveryPolicy] },
      ),
    );
    const consumer = new StreamConsumer(`${name}-consumer`, consumerArgs(args, bucket, deliveryStream), {
      ...parent,
      transform: transform.consumer,
    });

    this.bucketName = bucket.bucketName;
    this.deliveryStreamName = deliveryStream.name;
    this.functionName = consumer.functionName;
    this.nodes = {
      bucket,
      deliveryLogGroup,
      deliveryLogStream,
      deliveryRole,
      deliveryPolicy,
      deliveryStream,
      consumer,
    };
    this.registerOutputs({ bucketName: this.bucketName, deliveryStreamName: this.deliveryStreamName });
  }
}

function problems(args: TableArchiveArgs) {
  const { bufferMiB, bufferSeconds } = deliveryLimits;
  const { errorPrefix } = args.delivery ?? {};
  return [
    wholeNumber("delivery.bufferMiB", args.delivery?.bufferMiB, bufferMiB.min, bufferMiB.max),
    wholeNumber("delivery.bufferSeconds", args.delivery?.bufferSeconds, bufferSeconds.min, bufferSeconds.max),
    oneOf("delivery.compression", args.delivery?.compression, Compression),
    errorPrefix !== undefined && !errorPrefix.includes(ERROR_TYPE)
      ? `delivery.errorPrefix is ${JSON.stringify(errorPrefix)}; Firehose wants ${ERROR_TYPE} in it: write errorPrefix: "failed/${ERROR_TYPE}/"`
      : undefined,
    oneOf("removePolicy", args.removePolicy, RemovePolicy),
    oneOf("removalPolicy", args.removalPolicy, RemovalPolicy),
    wholeNumber("retentionDays", args.retentionDays, 0, 36_500),
  ];
}

function deliveryStatements(bucket: PrivateBucket, logStream: aws.cloudwatch.LogStream): PolicyStatement[] {
  return [
    {
      sid: "FindArchive",
      actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      resources: [bucket.bucketArn],
    },
    {
      sid: "WriteArchive",
      actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
      // Firehose makes the keys of prefix, time and a UUID.
      resources: [pulumi.interpolate`${bucket.bucketArn}/*`],
    },
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
      bufferingInterval: delivery.bufferSeconds ?? deliveryDefaults.bufferingInterval,
      compressionFormat: delivery.compression ?? deliveryDefaults.compressionFormat,
      prefix: delivery.prefix ?? deliveryDefaults.prefix,
      errorOutputPrefix: delivery.errorPrefix ?? deliveryDefaults.errorOutputPrefix,
      cloudwatchLoggingOptions: { enabled: true, logGroupName: logStream.logGroupName, logStreamName: logStream.name },
    },
    serverSideEncryption: { enabled: true, keyType: "AWS_OWNED_CMK" },
  };
}

function consumerArgs(
  args: TableArchiveArgs,
  bucket: PrivateBucket,
  deliveryStream: aws.kinesis.FirehoseDeliveryStream,
) {
  return {
    source: StreamSource.DynamoDb,
    streamArn: args.tableStreamArn,
    batchSize: args.batchSize,
    batchWindowSeconds: args.batchWindowSeconds,
    parallelization: args.parallelization,
    retryAttempts: args.retryAttempts,
    maximumRecordAgeSeconds: args.maximumRecordAgeSeconds,
    startingPosition: args.startingPosition,
    enabled: args.enabled,
    onFailure: { bucketArn: bucket.bucketArn },
    function: {
      entry: args.entry ?? DEFAULT_ENTRY,
      description: "Turns the changes of a table into JSON lines for its archive.",
      memoryMiB: args.memoryMiB,
      timeoutSeconds: args.timeoutSeconds,
      logRetentionDays: args.logRetentionDays,
      tracingMode: args.tracingMode,
      environment: {
        DELIVERY_STREAM_NAME: deliveryStream.name,
        ARCHIVE_BUCKET: bucket.bucketName,
        OVERSIZED_PREFIX,
        REMOVE_POLICY: args.removePolicy ?? RemovePolicy.Skip,
        METRICS_NAMESPACE,
      },
      statements: [
        { sid: "DeliverLines", actions: ["firehose:PutRecordBatch"], resources: [deliveryStream.arn] },
        {
          sid: "ParkOversizedLines",
          actions: ["s3:PutObject"],
          // The key is made of the record's date and ids.
          resources: [pulumi.interpolate`${bucket.bucketArn}/${OVERSIZED_PREFIX}*`],
        },
      ],
    },
  };
}
