import type * as pulumi from "@pulumi/pulumi";
import { Replicator } from "../components/replicator/replicator.ts";
import { StreamPipeline } from "../components/stream-pipeline/stream-pipeline.ts";
import type { ProdSettings } from "../config.ts";
import { resolveTarget } from "./target.ts";

/** What a user of the production account looks for. */
export interface ProdOutputs {
  readonly accountId: string;
  readonly region: string;
  readonly streamName: pulumi.Output<string>;
  readonly streamArn: pulumi.Output<string>;
  readonly parkedBucketName: pulumi.Output<string>;
  readonly replicatorFunctionName: pulumi.Output<string>;
  readonly replicatorRoleArn: pulumi.Output<string>;
}

const SECONDS_PER_HOUR = 3600;

/** The account that events come from: gateway, stream, replicator. */
export async function deployProd(settings: ProdSettings): Promise<ProdOutputs> {
  const target = await resolveTarget(settings);

  const pipeline = new StreamPipeline(`${settings.namePrefix}-events`, {
    streamMode: settings.streamMode,
    shardCount: settings.shardCount,
    retentionHours: settings.streamRetentionHours,
    alarmActionArns: settings.alarmActionArns,
    removalPolicy: settings.removalPolicy,
  });

  const replicator = new Replicator(`${settings.namePrefix}-replicator`, {
    streamArn: pipeline.streamArn,
    streamRetentionSeconds: pipeline.retentionHours * SECONDS_PER_HOUR,
    target,
    roleName: settings.replicatorRoleName,
    rolePath: settings.replicatorRolePath,
    hashKeyScope: settings.hashKeyScope,
    numberPolicy: settings.numberPolicy,
    parkedRetentionDays: settings.parkedRetentionDays,
    parkedVersioning: settings.bucketVersioning,
    removalPolicy: settings.removalPolicy,
    batchSize: settings.replicatorBatchSize,
    batchWindowSeconds: settings.replicatorBatchWindowSeconds,
    parallelization: settings.replicatorParallelization,
    retryAttempts: settings.replicatorRetryAttempts,
    maximumRecordAgeSeconds: settings.replicatorMaxRecordAgeSeconds,
    startingPosition: settings.replicatorStartingPosition,
    enabled: settings.replicatorEnabled,
    memoryMiB: settings.replicatorMemoryMiB,
    timeoutSeconds: settings.replicatorTimeoutSeconds,
    logRetentionDays: settings.logRetentionDays,
    tracingMode: settings.tracing,
  });

  return {
    accountId: settings.prodAccountId,
    region: settings.region,
    streamName: pipeline.streamName,
    streamArn: pipeline.streamArn,
    parkedBucketName: replicator.parkedBucketName,
    replicatorFunctionName: replicator.functionName,
    replicatorRoleArn: replicator.roleArn,
  };
}
