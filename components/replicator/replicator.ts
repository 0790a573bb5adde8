import * as pulumi from "@pulumi/pulumi";
import { createAlarm } from "../alarms.ts";
import { refuse } from "../checks.ts";
import { alarmDefaults } from "../defaults/alarms.ts";
import { METRICS_NAMESPACE } from "../defaults/lambda.ts";
import { objectPrefixes } from "../defaults/s3.ts";
import { PrivateBucket } from "../private-bucket/private-bucket.ts";
import { childComponent, type Scope } from "../scope.ts";
import { StreamConsumer } from "../stream-consumer/stream-consumer.ts";
import type { ReplicatorArgs, ReplicatorNodes, ReplicatorOptions } from "./args.ts";
import { problems } from "./checks.ts";
import { consumerArgs } from "./consumer-args.ts";

/**
 * Carries the records of a stream into a table of another account, and parks those that can never be stored.
 *
 * @example
 * ```ts
 * import { Replicator } from "../components/replicator/replicator.ts";
 * import { StreamPipeline } from "../components/stream-pipeline/stream-pipeline.ts";
 *
 * const pipeline = new StreamPipeline("orders");
 * new Replicator("orders-replicator", {
 *   streamArn: pipeline.streamArn,
 *   streamRetentionSeconds: pipeline.retentionHours * 3600,
 *   roleName: "orders-replicator",
 *   rolePath: "/tributary/",
 *   target: {
 *     roleArn: "arn:aws:iam::222222222222:role/orders-target-writer",
 *     externalId: "a-long-random-word",
 *     region: "us-east-1",
 *     tableName: "orders-target-table",
 *   },
 * });
 * ```
 */
export class Replicator extends pulumi.ComponentResource {
  public readonly functionName: pulumi.Output<string>;
  public readonly roleArn: pulumi.Output<string>;
  /** Name of the bucket of parked records and failed batches. */
  public readonly parkedBucketName: pulumi.Output<string>;
  public readonly nodes: ReplicatorNodes;

  constructor(name: string, args: ReplicatorArgs, opts: ReplicatorOptions = {}) {
    const { transform = {}, ...componentOptions } = opts;
    super("tributary:replication:Replicator", name, {}, componentOptions);
    refuse(this, name, problems(args));

    const scope: Scope = { component: this, name };
    const parked = childComponent(scope, transform.parked, "parked", PrivateBucket, {
      ...args.parked,
      retentionDays: args.parkedRetentionDays,
      removalPolicy: args.removalPolicy,
    });
    const consumer = childComponent(scope, transform.consumer, "consumer", StreamConsumer, consumerArgs(args, parked));
    const parkedAlarm = createAlarm(scope, args.alarms, transform.parkedAlarm, "records-parked", {
      ...alarmDefaults.parked,
      description:
        `Within the last 24 hours records were parked that can never be stored: ` +
        `see below ${objectPrefixes.parked} in the bucket of parked records.`,
      namespace: METRICS_NAMESPACE,
      metricName: "Parked",
      dimensions: { FunctionName: consumer.functionName },
      statistic: "Sum",
    });

    this.functionName = consumer.functionName;
    this.roleArn = consumer.roleArn;
    this.parkedBucketName = parked.bucketName;
    this.nodes = { parked, consumer, parkedAlarm };
    this.registerOutputs({
      functionName: this.functionName,
      roleArn: this.roleArn,
      parkedBucketName: this.parkedBucketName,
    });
  }
}
