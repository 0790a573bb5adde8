import type * as pulumi from "@pulumi/pulumi";
import { GatewayAuthorization } from "../components/defaults/gateway.ts";
import type { IngestGatewayArgs } from "../components/ingest-gateway/args.ts";
import { IngestGateway } from "../components/ingest-gateway/ingest-gateway.ts";
import { Replicator } from "../components/replicator/replicator.ts";
import type { ReplicatorNetwork } from "../components/replicator-network/replicator-network.ts";
import { StreamPipeline } from "../components/stream-pipeline/stream-pipeline.ts";
import type { ProdSettings } from "../config.ts";
import { type ResolvedTarget, resolveTarget } from "./target.ts";

/** Outputs of the production account's stack. */
export interface ProdOutputs {
  readonly accountId: string;
  readonly region: string;
  /** Without a slash at the end; events go to `/events` and `/events/batch` below it. */
  readonly gatewayUrl: pulumi.Output<string>;
  /** Absent when the gateway requires no key. */
  readonly apiKeyId?: pulumi.Output<string>;
  /** A secret. */
  readonly apiKey?: pulumi.Output<string>;
  readonly streamName: pulumi.Output<string>;
  readonly streamArn: pulumi.Output<string>;
  readonly parkedBucketName: pulumi.Output<string>;
  readonly replicatorFunctionName: pulumi.Output<string>;
  readonly replicatorRoleArn: pulumi.Output<string>;
}

const SECONDS_PER_HOUR = 3600;

/** The production account, which sends the events: gateway, stream, replicator. */
export async function deployProd(settings: ProdSettings): Promise<ProdOutputs> {
  const target = await resolveTarget(settings);

  const alarms = { enabled: settings.alarms, actionArns: settings.alarmActionArns };

  const pipeline = new StreamPipeline(`${settings.namePrefix}-events`, {
    streamMode: settings.streamMode,
    shardCount: settings.shardCount,
    retentionHours: settings.streamRetentionHours,
    maxRecordSizeKiB: settings.streamMaxRecordSizeKiB,
    kmsKeyArn: settings.streamKmsKeyArn,
    alarms,
    removalPolicy: settings.removalPolicy,
  });

  const gateway = new IngestGateway(`${settings.namePrefix}-gateway`, gatewayArgs(settings, pipeline));

  const network = settings.replicatorNetwork ? await createNetwork(settings, target) : undefined;
  const replicator = new Replicator(`${settings.namePrefix}-replicator`, {
    streamArn: pipeline.streamArn,
    streamKmsKeyArn: settings.streamKmsKeyArn,
    streamRetentionSeconds: pipeline.retentionHours * SECONDS_PER_HOUR,
    target,
    roleName: settings.replicatorRoleName,
    rolePath: settings.replicatorRolePath,
    hashKeyScope: settings.hashKeyScope,
    hashKeySeparator: settings.hashKeySeparator,
    numberPolicy: settings.numberPolicy,
    tableWriter: settings.tableWriter,
    reading: {
      batchSize: settings.replicatorBatchSize,
      batchWindowSeconds: settings.replicatorBatchWindowSeconds,
      parallelization: settings.replicatorParallelization,
      retryAttempts: settings.replicatorRetryAttempts,
      maximumRecordAgeSeconds: settings.replicatorMaxRecordAgeSeconds,
      startingPosition: settings.replicatorStartingPosition,
      enabled: settings.replicatorEnabled,
    },
    function: {
      memoryMiB: settings.replicatorMemoryMiB,
      timeoutSeconds: settings.replicatorTimeoutSeconds,
      logs: { retentionDays: settings.logRetentionDays, kmsKeyArn: settings.logKmsKeyArn },
      tracingMode: settings.tracing,
      sourceMaps: settings.sourceMaps,
      network,
    },
    alarms,
    parked: { kmsKeyArn: settings.bucketKmsKeyArn, versioning: settings.bucketVersioning },
    parkedRetentionDays: settings.parkedRetentionDays,
    permissionsBoundaryArn: settings.permissionsBoundaryArn,
    removalPolicy: settings.removalPolicy,
  });

  return {
    accountId: settings.prodAccountId,
    region: settings.region,
    gatewayUrl: gateway.url,
    ...(gateway.apiKeyId === undefined ? {} : { apiKeyId: gateway.apiKeyId, apiKey: gateway.apiKeyValue }),
    streamName: pipeline.streamName,
    streamArn: pipeline.streamArn,
    parkedBucketName: replicator.parkedBucketName,
    replicatorFunctionName: replicator.functionName,
    replicatorRoleArn: replicator.roleArn,
  };
}

function gatewayArgs(settings: ProdSettings, pipeline: StreamPipeline): IngestGatewayArgs {
  const {
    gatewayQuotaLimit: quotaLimit,
    gatewayQuotaPeriod: quotaPeriod,
    gatewayStageRatePerSecond: stageRate,
    gatewayStageBurst: stageBurst,
    gatewayCorsOrigin: allowOrigins,
  } = settings;
  return {
    stream: {
      name: pipeline.streamName,
      arn: pipeline.streamArn,
      kmsKeyArn: settings.streamKmsKeyArn,
      maximumRecordSizeKiB: settings.streamMaxRecordSizeKiB,
    },
    authorization: settings.gatewayAuthorization,
    partitionKey: {
      source: settings.gatewayPartitionKey,
      header: settings.gatewayPartitionKeyHeader,
      path: settings.gatewayPartitionKeyPath,
    },
    ...(settings.gatewayAuthorization === GatewayAuthorization.ApiKey
      ? {
          usagePlan: {
            rateLimit: settings.gatewayRatePerSecond,
            burstLimit: settings.gatewayBurst,
            ...(quotaLimit && quotaPeriod ? { quota: { limit: quotaLimit, period: quotaPeriod } } : {}),
          },
        }
      : {}),
    ...(stageRate && stageBurst ? { throttling: { rateLimit: stageRate, burstLimit: stageBurst } } : {}),
    ...(allowOrigins ? { cors: { allowOrigins, allowHeaders: settings.gatewayCorsHeaders } } : {}),
    accessLog: { retentionDays: settings.logRetentionDays, kmsKeyArn: settings.logKmsKeyArn },
    apiGatewayAccount: settings.apiGatewayAccount,
    stageName: settings.gatewayStageName,
    permissionsBoundaryArn: settings.permissionsBoundaryArn,
    removalPolicy: settings.removalPolicy,
  };
}

/** Only here awsx is loaded, because most deployments do not need it. */
async function createNetwork(settings: ProdSettings, target: ResolvedTarget): Promise<ReplicatorNetwork> {
  const component = await import("../components/replicator-network/replicator-network.ts");
  return new component.ReplicatorNetwork(`${settings.namePrefix}-network`, {
    region: settings.region,
    targetRegion: target.region,
  });
}
