import type * as pulumi from "@pulumi/pulumi";
import type { IndexedAttribute } from "../components/replication-target/args.ts";
import { ReplicationTarget } from "../components/replication-target/replication-target.ts";
import { TableArchive } from "../components/table-archive/table-archive.ts";
import type { PocSettings } from "../config.ts";

/** Outputs of the POC account's stack, which the production stack and users read. None is secret. */
export interface PocOutputs {
  readonly accountId: string;
  readonly region: string;
  readonly tableName: pulumi.Output<string>;
  readonly tableArn: pulumi.Output<string>;
  readonly tableStreamArn: pulumi.Output<string>;
  readonly writerRoleArn: pulumi.Output<string>;
  readonly indexedAttributes: readonly IndexedAttribute[];
  /** "" when items do not expire. */
  readonly ttlAttribute: string;
  /** 0 when items do not expire. */
  readonly ttlSeconds: number;
  readonly archiveBucketName: pulumi.Output<string>;
  /** Name of the bucket of changes that the archiver could not pass on until they were too old. */
  readonly failedBatchesBucketName: pulumi.Output<string>;
  readonly deliveryStreamName: pulumi.Output<string>;
  readonly archiverFunctionName: pulumi.Output<string>;
}

const SECONDS_PER_DAY = 86_400;

/** The POC account, which receives the events: table, writer role, archive. */
export function deployPoc(settings: PocSettings): PocOutputs {
  const ttlSeconds = settings.ttlDays * SECONDS_PER_DAY;
  const target = new ReplicationTarget(`${settings.namePrefix}-target`, {
    trustedRole: {
      accountId: settings.prodAccountId,
      name: settings.replicatorRoleName,
      path: settings.replicatorRolePath,
    },
    externalId: settings.externalId,
    billingMode: settings.tableBillingMode,
    readCapacity: settings.tableReadCapacity,
    writeCapacity: settings.tableWriteCapacity,
    indexes: settings.tableIndexes,
    ttlSeconds,
    kmsKeyArn: settings.tableKmsKeyArn,
    pointInTimeRecovery: settings.tablePointInTimeRecovery,
    permissionsBoundaryArn: settings.permissionsBoundaryArn,
    removalPolicy: settings.removalPolicy,
  });

  const logs = { retentionDays: settings.logRetentionDays, kmsKeyArn: settings.logKmsKeyArn };
  const bucket = { kmsKeyArn: settings.bucketKmsKeyArn, versioning: settings.bucketVersioning };
  const archive = new TableArchive(`${settings.namePrefix}-archive`, {
    tableStreamArn: target.tableStreamArn,
    tableKmsKeyArn: settings.tableKmsKeyArn,
    delivery: {
      bufferMiB: settings.firehoseBufferMiB,
      bufferSeconds: settings.firehoseBufferSeconds,
      compression: settings.archiveCompression,
      prefix: settings.archivePrefix,
      errorPrefix: settings.archiveErrorPrefix,
      kmsKeyArn: settings.firehoseKmsKeyArn,
      logs,
    },
    bucket,
    failedBatches: bucket,
    removePolicy: settings.archiveRemovePolicy,
    retentionDays: settings.archiveRetentionDays,
    parkedRetentionDays: settings.parkedRetentionDays,
    reading: {
      batchSize: settings.archiverBatchSize,
      batchWindowSeconds: settings.archiverBatchWindowSeconds,
      parallelization: settings.archiverParallelization,
      retryAttempts: settings.archiverRetryAttempts,
      maximumRecordAgeSeconds: settings.archiverMaxRecordAgeSeconds,
      startingPosition: settings.archiverStartingPosition,
      enabled: settings.archiverEnabled,
    },
    function: {
      memoryMiB: settings.archiverMemoryMiB,
      timeoutSeconds: settings.archiverTimeoutSeconds,
      logs,
      tracingMode: settings.tracing,
      sourceMaps: settings.sourceMaps,
    },
    alarms: { enabled: settings.alarms, actionArns: settings.alarmActionArns },
    permissionsBoundaryArn: settings.permissionsBoundaryArn,
    removalPolicy: settings.removalPolicy,
  });

  return {
    accountId: settings.pocAccountId,
    region: settings.region,
    tableName: target.tableName,
    tableArn: target.tableArn,
    tableStreamArn: target.tableStreamArn,
    writerRoleArn: target.writerRoleArn,
    indexedAttributes: target.indexedAttributes,
    ttlAttribute: target.ttlAttribute ?? "",
    ttlSeconds,
    archiveBucketName: archive.bucketName,
    failedBatchesBucketName: archive.failedBatchesBucketName,
    deliveryStreamName: archive.deliveryStreamName,
    archiverFunctionName: archive.functionName,
  };
}
