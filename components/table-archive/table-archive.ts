import * as pulumi from "@pulumi/pulumi";
import { createAlarm } from "../alarms.ts";
import { refuse } from "../checks.ts";
import { alarmDefaults } from "../defaults/alarms.ts";
import { deliveryDefaults } from "../defaults/firehose.ts";
import { METRICS_NAMESPACE } from "../defaults/lambda.ts";
import { objectPrefixes } from "../defaults/s3.ts";
import { DeliveryStream } from "../delivery-stream/delivery-stream.ts";
import { literalStart } from "../delivery-stream/prefixes.ts";
import type { PrefixRetentionArgs } from "../private-bucket/args.ts";
import { PrivateBucket } from "../private-bucket/private-bucket.ts";
import { childComponent, type Scope } from "../scope.ts";
import { StreamConsumer } from "../stream-consumer/stream-consumer.ts";
import type { TableArchiveArgs, TableArchiveNodes, TableArchiveOptions } from "./args.ts";
import { problems } from "./checks.ts";
import { consumerArgs } from "./consumer-args.ts";
import { ownRetentionPrefixes } from "./prefixes.ts";

/**
 * Keeps every image of a table's items as JSON lines in a bucket.
 *
 * @example
 * ```ts
 * import { ReplicationTarget } from "../components/replication-target/replication-target.ts";
 * import { TableArchive } from "../components/table-archive/table-archive.ts";
 *
 * const target = new ReplicationTarget("orders-target", {
 *   trustedRole: { accountId: "111111111111", name: "orders-replicator" },
 *   externalId: "a-long-random-word",
 * });
 * new TableArchive("orders-archive", {
 *   tableStreamArn: target.tableStreamArn,
 *   delivery: { bufferMiB: 64, bufferSeconds: 600, compression: "GZIP", prefix: "orders/" },
 * });
 * ```
 */
export class TableArchive extends pulumi.ComponentResource {
  public readonly bucketName: pulumi.Output<string>;
  /** Name of the bucket that Lambda puts failed batches into. */
  public readonly failedBatchesBucketName: pulumi.Output<string>;
  public readonly deliveryStreamName: pulumi.Output<string>;
  public readonly functionName: pulumi.Output<string>;
  public readonly nodes: TableArchiveNodes;

  constructor(name: string, args: TableArchiveArgs, opts: TableArchiveOptions = {}) {
    const { transform = {}, ...componentOptions } = opts;
    super("tributary:archive:TableArchive", name, {}, componentOptions);
    refuse(this, name, problems(args));

    const { alarms, permissionsBoundaryArn, removalPolicy } = args;
    const scope: Scope = { component: this, name };
    const bucket = childComponent(scope, transform.bucket, "bucket", PrivateBucket, {
      ...args.bucket,
      retentionByPrefix: retentionByPrefix(args),
      removalPolicy,
    });
    // A bucket of its own: for failed batches Lambda demands that the function may write to the whole bucket.
    const failedBatches = childComponent(scope, transform.failedBatches, "failed-batches", PrivateBucket, {
      ...args.failedBatches,
      retentionDays: args.parkedRetentionDays,
      removalPolicy,
    });
    const delivery = childComponent(scope, transform.delivery, "delivery", DeliveryStream, {
      ...args.delivery,
      bucketArn: bucket.bucketArn,
      bucketKmsKeyArn: bucket.kmsKeyArn,
      alarms,
      permissionsBoundaryArn,
      removalPolicy,
    });
    const consumer = childComponent(
      scope,
      transform.consumer,
      "consumer",
      StreamConsumer,
      consumerArgs(args, { bucket, failedBatches, delivery }),
    );
    const parkedAlarm = createAlarm(scope, alarms, transform.parkedAlarm, "lines-parked", {
      ...alarmDefaults.parked,
      description:
        "Within the last 24 hours lines were parked that cannot be delivered: " +
        `see below ${objectPrefixes.parked} in the archive's bucket.`,
      namespace: METRICS_NAMESPACE,
      metricName: "Parked",
      dimensions: { FunctionName: consumer.functionName },
      statistic: "Sum",
    });

    this.bucketName = bucket.bucketName;
    this.failedBatchesBucketName = failedBatches.bucketName;
    this.deliveryStreamName = delivery.deliveryStreamName;
    this.functionName = consumer.functionName;
    this.nodes = { bucket, failedBatches, delivery, consumer, parkedAlarm };
    this.registerOutputs({
      bucketName: this.bucketName,
      failedBatchesBucketName: this.failedBatchesBucketName,
      deliveryStreamName: this.deliveryStreamName,
    });
  }
}

/** Retention by prefix: parked lines and delivery errors expire by their own retention, never with the archive. */
function retentionByPrefix({
  delivery = {},
  retentionDays = 0,
  parkedRetentionDays = 0,
}: TableArchiveArgs): PrefixRetentionArgs[] {
  const own = ownRetentionPrefixes(delivery.errorPrefix ?? deliveryDefaults.errorOutputPrefix);
  return [
    { prefix: literalStart(delivery.prefix ?? deliveryDefaults.prefix), days: retentionDays },
    ...own.map((prefix) => ({ prefix, days: parkedRetentionDays })),
  ];
}
