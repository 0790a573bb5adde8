import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { createAlarm } from "../alarms.ts";
import { functionProblems } from "../bundled-function/checks.ts";
import { matches, oneOf, type Problem, refuse, wholeNumber } from "../checks.ts";
import { alarmDefaults } from "../defaults/alarms.ts";
import { arnRules } from "../defaults/arns.ts";
import { METRICS_NAMESPACE, StreamSource } from "../defaults/lambda.ts";
import { HashKeyScope, HashKeySeparator, NumberPolicy } from "../defaults/replication.ts";
import { MAX_RETENTION_DAYS, objectPrefixes } from "../defaults/s3.ts";
import { placeRules } from "../defaults/text-rules.ts";
import type { PolicyStatement } from "../iam/policy.ts";
import { PrivateBucket } from "../private-bucket/private-bucket.ts";
import { childComponent, type Scope } from "../scope.ts";
import { OWN_BUCKET, readingProblems } from "../stream-consumer/checks.ts";
import { StreamConsumer } from "../stream-consumer/stream-consumer.ts";
import type { ReplicatorArgs, ReplicatorNodes, ReplicatorOptions, TargetArgs } from "./args.ts";
import { replicatorEnvironment } from "./environment.ts";

const DEFAULT_ENTRY = fileURLToPath(new URL("../../functions/replicator/handler.ts", import.meta.url));

/** Carries the records of a stream into a table of another account, and parks those that can never be stored. */
export class Replicator extends pulumi.ComponentResource {
  public readonly functionName: pulumi.Output<string>;
  public readonly roleArn: pulumi.Output<string>;
  /** Where parked records and failed batches are. */
  public readonly parkedBucketName: pulumi.Output<string>;
  public readonly nodes: ReplicatorNodes;

  constructor(name: string, args: ReplicatorArgs, opts: ReplicatorOptions = {}) {
    const { transform = {}, ...componentOptions } = opts;
    super("tributary:replication:Replicator", name, {}, componentOptions);
    refuse(this, name, problems(args));

    const scope: Scope = { component: this, name };
    const parked = childComponent(scope, transform.parked, "parked", PrivateBucket, {
      versioning: args.parkedVersioning,
      retentionDays: args.parkedRetentionDays,
      removalPolicy: args.removalPolicy,
    });
    const consumer = childComponent(scope, transform.consumer, "consumer", StreamConsumer, {
      ...reading(args),
      onFailure: { bucketArn: parked.bucketArn },
      function: {
        ...functionArgs(args),
        description: "Carries records of a stream into a table of another account.",
        environment: replicatorEnvironment(args, parked.bucketName),
        statements: statements(args.target, parked),
      },
    });
    const parkedAlarm = createAlarm(scope, args, transform.parkedAlarm, "records-parked", {
      ...alarmDefaults.parked,
      description: `Within the last 24 hours records were set aside that can never be stored: see below ${objectPrefixes.parked} in the bucket of parked records.`,
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

function problems(args: ReplicatorArgs): Problem[] {
  return [
    oneOf("hashKeyScope", args.hashKeyScope, HashKeyScope),
    oneOf("hashKeySeparator", args.hashKeySeparator, HashKeySeparator),
    oneOf("numberPolicy", args.numberPolicy, NumberPolicy),
    wholeNumber("parkedRetentionDays", args.parkedRetentionDays, 0, MAX_RETENTION_DAYS),
    matches("target.roleArn", args.target.roleArn, arnRules.role),
    matches("target.region", args.target.region, placeRules.region),
    // Its bucket is made before its consumer, so the consumer's own check would come too late.
    ...readingProblems({ ...reading(args), onFailure: OWN_BUCKET }),
    ...functionProblems({ ...functionArgs(args), environment: replicatorEnvironment(args, "") }),
  ];
}

function reading(args: ReplicatorArgs) {
  return {
    source: StreamSource.Kinesis,
    streamArn: args.streamArn,
    streamKmsKeyArn: args.streamKmsKeyArn,
    streamRetentionSeconds: args.streamRetentionSeconds,
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

function functionArgs(args: ReplicatorArgs) {
  return {
    entry: args.entry ?? DEFAULT_ENTRY,
    roleName: args.roleName,
    rolePath: args.rolePath,
    memoryMiB: args.memoryMiB,
    timeoutSeconds: args.timeoutSeconds,
    logRetentionDays: args.logRetentionDays,
    tracingMode: args.tracingMode,
    permissionsBoundaryArn: args.permissionsBoundaryArn,
    sourceMaps: args.sourceMaps,
    network: args.network,
    removalPolicy: args.removalPolicy,
  };
}

function statements(target: TargetArgs, parked: PrivateBucket): PolicyStatement[] {
  return [
    { sid: "AssumeWriter", actions: ["sts:AssumeRole"], resources: [target.roleArn] },
    {
      sid: "ParkRecords",
      actions: ["s3:PutObject"],
      // The key is made of the record's date, shard and sequence number.
      resources: [pulumi.interpolate`${parked.bucketArn}/${objectPrefixes.parked}*`],
    },
  ];
}
