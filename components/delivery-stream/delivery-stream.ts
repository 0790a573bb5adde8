import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarm } from "../alarms.ts";
import { refuse } from "../checks.ts";
import { alarmDefaults } from "../defaults/alarms.ts";
import { deliveryDefaults } from "../defaults/firehose.ts";
import { RemovalPolicy } from "../defaults/removal.ts";
import { createRole } from "../iam/create-role.ts";
import { bucketKeyStatements } from "../iam/key-use.ts";
import type { PolicyStatement } from "../iam/policy.ts";
import { ServiceRole, serviceTrustJson } from "../iam/service-trust.ts";
import { createLogGroup } from "../log-group.ts";
import { child, type Scope } from "../scope.ts";
import type { DeliveryStreamArgs, DeliveryStreamNodes, DeliveryStreamOptions } from "./args.ts";
import { problems } from "./checks.ts";
import { literalStart } from "./prefixes.ts";

/**
 * A Firehose delivery stream into a bucket: encrypted, its errors logged, with a role that writes below two prefixes.
 *
 * @example
 * ```ts
 * import { DeliveryStream } from "../components/delivery-stream/delivery-stream.ts";
 * import { PrivateBucket } from "../components/private-bucket/private-bucket.ts";
 *
 * const bucket = new PrivateBucket("orders-lines");
 * const delivery = new DeliveryStream("orders-delivery", {
 *   bucketArn: bucket.bucketArn,
 *   bufferMiB: 64,
 *   compression: "GZIP",
 *   prefix: "orders/",
 * });
 * export const deliveryStreamName = delivery.deliveryStreamName;
 * ```
 */
export class DeliveryStream extends pulumi.ComponentResource {
  public readonly deliveryStreamName: pulumi.Output<string>;
  public readonly deliveryStreamArn: pulumi.Output<string>;
  public readonly nodes: DeliveryStreamNodes;

  constructor(name: string, args: DeliveryStreamArgs, opts: DeliveryStreamOptions = {}) {
    const { transform = {}, ...componentOptions } = opts;
    super("tributary:delivery:DeliveryStream", name, {}, componentOptions);
    refuse(this, name, problems(args));

    // Until this was a component, its parent made these children itself.
    const scope: Scope = { component: this, name, formerParent: componentOptions.parent };
    const logGroup = createLogGroup(scope, transform.logGroup, "logs", args.logs, args.removalPolicy);
    const logStream = child(
      scope,
      transform.logStream,
      "log",
      aws.cloudwatch.LogStream,
      { logGroupName: logGroup.name },
      { retainOnDelete: args.removalPolicy !== RemovalPolicy.Destroy },
    );
    const { role, policy } = createRole(
      scope,
      { role: transform.role, policy: transform.policy },
      {
        suffixes: { role: "role", policy: "policy" },
        trustPolicy: serviceTrustJson(ServiceRole.Delivery, this),
        statements: statements(args, logStream),
        permissionsBoundaryArn: args.permissionsBoundaryArn,
      },
    );
    const stream = child(
      scope,
      transform.stream,
      "",
      aws.kinesis.FirehoseDeliveryStream,
      streamArgs(args, role, logStream),
      { dependsOn: [policy] },
    );
    const freshnessAlarm = createAlarm(scope, args.alarms, transform.freshnessAlarm, "late", {
      ...alarmDefaults.delivery,
      description: "Lines wait too long to be written to the bucket; Firehose gives them up after a day.",
      namespace: "AWS/Firehose",
      metricName: "DeliveryToS3.DataFreshness",
      dimensions: { DeliveryStreamName: stream.name },
      statistic: "Maximum",
      atLeast: bufferSeconds(args) + alarmDefaults.delivery.secondsOverBuffer,
    });

    this.deliveryStreamName = stream.name;
    this.deliveryStreamArn = stream.arn;
    this.nodes = { logGroup: logGroup.node, logStream, role, policy, stream, freshnessAlarm };
    this.registerOutputs({
      deliveryStreamName: this.deliveryStreamName,
      deliveryStreamArn: this.deliveryStreamArn,
    });
  }
}

function bufferSeconds(args: DeliveryStreamArgs): number {
  return args.bufferSeconds ?? deliveryDefaults.bufferingInterval;
}

function statements(args: DeliveryStreamArgs, logStream: aws.cloudwatch.LogStream): PolicyStatement[] {
  // Firehose makes the keys of prefix, time and a UUID.
  const write = (sid: string, prefix: string): PolicyStatement => ({
    sid,
    actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
    resources: [pulumi.interpolate`${args.bucketArn}/${literalStart(prefix)}*`],
  });
  return [
    {
      sid: "FindArchive",
      actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      resources: [args.bucketArn],
    },
    write("WriteArchive", args.prefix ?? deliveryDefaults.prefix),
    write("WriteUndeliverable", args.errorPrefix ?? deliveryDefaults.errorOutputPrefix),
    ...bucketKeyStatements("deliveryStream", "EncryptArchive", args.bucketKmsKeyArn, args.bucketArn),
    { sid: "WriteDeliveryErrors", actions: ["logs:PutLogEvents"], resources: [logStream.arn] },
  ];
}

function streamArgs(
  args: DeliveryStreamArgs,
  role: aws.iam.Role,
  logStream: aws.cloudwatch.LogStream,
): aws.kinesis.FirehoseDeliveryStreamArgs {
  return {
    destination: "extended_s3",
    extendedS3Configuration: {
      bucketArn: args.bucketArn,
      roleArn: role.arn,
      bufferingSize: args.bufferMiB ?? deliveryDefaults.bufferingSize,
      bufferingInterval: bufferSeconds(args),
      compressionFormat: args.compression ?? deliveryDefaults.compressionFormat,
      prefix: args.prefix ?? deliveryDefaults.prefix,
      errorOutputPrefix: args.errorPrefix ?? deliveryDefaults.errorOutputPrefix,
      cloudwatchLoggingOptions: { enabled: true, logGroupName: logStream.logGroupName, logStreamName: logStream.name },
    },
    serverSideEncryption:
      args.kmsKeyArn === undefined
        ? { enabled: true, keyType: "AWS_OWNED_CMK" }
        : { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: args.kmsKeyArn },
  };
}
