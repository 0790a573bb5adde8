import { z } from "zod";
import { MAX_ALARM_ACTIONS } from "../components/defaults/alarms.ts";
import { archiveReadingDefaults, RemovePolicy } from "../components/defaults/archive.ts";
import { arnRules } from "../components/defaults/arns.ts";
import { BillingMode, KeyType, Projection, tableDefaults, tableLimits } from "../components/defaults/dynamodb.ts";
import { Compression, deliveryDefaults, deliveryLimits } from "../components/defaults/firehose.ts";
import {
  GatewayAccount,
  GatewayAuthorization,
  PartitionKeySource,
  QuotaPeriod,
} from "../components/defaults/gateway.ts";
import { StreamMode, streamDefaults, streamLimits } from "../components/defaults/kinesis.ts";
import {
  functionDefaults,
  functionLimits,
  mappingDefaults,
  mappingLimits,
  StartingPosition,
  TracingMode,
} from "../components/defaults/lambda.ts";
import { LOG_RETENTION_DAYS, logGroupDefaults } from "../components/defaults/logs.ts";
import { RemovalPolicy } from "../components/defaults/removal.ts";
import { HashKeyScope, HashKeySeparator, NumberPolicy, TableWriter } from "../components/defaults/replication.ts";
import { bucketDefaults, MAX_RETENTION_DAYS } from "../components/defaults/s3.ts";
import { deliveryRules, gatewayRules, iamRules, placeRules, tableRules } from "../components/defaults/text-rules.ts";
import { accountId, flag, json, oneOf, oneOrMore, part, text, whole } from "./keys.ts";

/** An example of `tableIndexes`. */
export const INDEXES_EXAMPLE = '[{"name":"by-user","hashKey":{"attribute":"userId","type":"S","path":"user.id"}}]';

/** The account of a stack. */
export const Account = { Prod: "prod", Poc: "poc" } as const;
export type Account = (typeof Account)[keyof typeof Account];

const { batchSize, batchWindowSeconds, parallelization, retryAttempts, recordAgeSeconds, forever } = mappingLimits;
const { memoryMiB, timeoutSeconds } = functionLimits;
/** A table's stream retains records for one day. */
const TABLE_STREAM_MAX_AGE_SECONDS = 86_399;

const KEPT_FOR_EVER = { besides: { value: 0, meaning: "(for ever)" } } as const;
const retries = () =>
  whole(retryAttempts.min, retryAttempts.max, { besides: { value: forever, meaning: "(for ever)" } });
const regionName = () => text(placeRules.region);
const fieldPath = part(tableRules.eventPath);

/** The keys of both stacks. Those with a default are in Pulumi.yaml too. */
export const commonKeys = {
  prodAccountId: accountId("111111111111"),
  pocAccountId: accountId("222222222222"),
  externalId: text({ ...iamRules.externalId, allowed: `${iamRules.externalId.allowed}, the same in both stacks` }),
  namePrefix: text({
    pattern: /^[a-z][a-z0-9-]{0,19}$/,
    allowed: "1 to 20 of a-z, 0-9 and -, a letter first",
    example: "tributary",
  }).default("tributary"),
  replicatorRoleName: text({
    ...iamRules.roleName,
    allowed: `an exact role name: ${iamRules.roleName.allowed}, no wildcards`,
  }).default("tributary-replicator"),
  replicatorRolePath: text({
    ...iamRules.rolePath,
    allowed: 'an exact role path that begins and ends with "/", no wildcards',
  }).default("/tributary/"),
  removalPolicy: oneOf(RemovalPolicy).default(RemovalPolicy.Retain),
  logRetentionDays: whole(1, 3653, { only: LOG_RETENTION_DAYS }).default(logGroupDefaults.retentionInDays),
  logKmsKeyArn: text(arnRules.kmsKey).optional(),
  bucketKmsKeyArn: text(arnRules.kmsKey).optional(),
  bucketVersioning: flag().default(bucketDefaults.versioning),
  parkedRetentionDays: whole(1, MAX_RETENTION_DAYS, KEPT_FOR_EVER).default(0),
  permissionsBoundaryArn: text(arnRules.policy).optional(),
  tracing: oneOf(TracingMode).default(functionDefaults.tracingMode),
  sourceMaps: flag().default(false),
  alarms: flag().default(true),
  alarmActionArns: json(
    z.array(part(arnRules.alarmAction)).max(MAX_ALARM_ACTIONS),
    `a list of up to ${MAX_ALARM_ACTIONS} ARNs`,
    `["${arnRules.alarmAction.example}"]`,
  ).default([]),
} as const;

/** The keys of the production account's stack. */
export const prodKeys = {
  streamMode: oneOf(StreamMode).default(streamDefaults.streamMode),
  shardCount: whole(streamLimits.shards.min, streamLimits.shards.max).optional(),
  streamRetentionHours: whole(streamLimits.retentionHours.min, streamLimits.retentionHours.max).default(
    streamDefaults.retentionHours,
  ),
  streamKmsKeyArn: text(arnRules.kmsKey).optional(),
  streamMaxRecordSizeKiB: whole(streamLimits.recordSizeKiB.min, streamLimits.recordSizeKiBWithLambda).default(
    streamDefaults.recordSizeKiB,
  ),

  replicatorBatchSize: whole(batchSize.min, batchSize.max).default(mappingDefaults.batchSize),
  replicatorBatchWindowSeconds: whole(batchWindowSeconds.min, batchWindowSeconds.max).default(1),
  replicatorParallelization: whole(parallelization.min, parallelization.max).default(1),
  replicatorRetryAttempts: retries().default(mappingDefaults.maximumRetryAttempts),
  /** Default: 80 % of the stream's retention. */
  replicatorMaxRecordAgeSeconds: whole(recordAgeSeconds.min, recordAgeSeconds.max).optional(),
  replicatorStartingPosition: oneOf(StartingPosition).default(mappingDefaults.startingPosition),
  replicatorEnabled: flag().default(true),
  replicatorMemoryMiB: whole(memoryMiB.min, memoryMiB.max).default(functionDefaults.memorySize),
  replicatorTimeoutSeconds: whole(timeoutSeconds.min, timeoutSeconds.max).default(functionDefaults.timeout),
  replicatorNetwork: flag().default(false),
  hashKeyScope: oneOf(HashKeyScope).default(HashKeyScope.Shard),
  hashKeySeparator: oneOf(HashKeySeparator).default(HashKeySeparator.Underscore),
  numberPolicy: oneOf(NumberPolicy).default(NumberPolicy.Park),
  tableWriter: oneOf(TableWriter).default(TableWriter.Direct),

  /** The stack whose outputs describe the target, unless `targetRoleArn` is given. */
  pocStack: text({
    pattern: /^[\w.-]{1,100}$/,
    allowed: "the name of the POC account's stack",
    example: "poc",
  }).default("poc"),
  targetRoleArn: text(arnRules.role).optional(),
  targetTableName: text({
    pattern: /^[\w.-]{3,255}$/,
    allowed: "the name of a table",
    example: "the-table",
  }).optional(),
  targetRegion: regionName().optional(),
  targetIndexedAttributes: json(
    z.array(z.strictObject({ attribute: part(tableRules.attributeName), path: fieldPath })),
    "a list of attributes, each with attribute and path",
    '[{"attribute":"userId","path":"user.id"}]',
  ).optional(),
  targetTtlAttribute: text({
    pattern: /^.{1,255}$/,
    allowed: "the name of an attribute",
    example: tableDefaults.ttlAttribute,
  }).optional(),
  targetTtlSeconds: whole(1, MAX_RETENTION_DAYS * 86_400).optional(),

  gatewayAuthorization: oneOf(GatewayAuthorization).default(GatewayAuthorization.ApiKey),
  /** Default: 1,000 requests a second, burst 2,000. */
  gatewayRatePerSecond: whole(1, 10_000).optional(),
  gatewayBurst: whole(1, 5000).optional(),
  gatewayQuotaLimit: whole(1, 1_000_000_000).optional(),
  gatewayQuotaPeriod: oneOf(QuotaPeriod).optional(),
  gatewayStageRatePerSecond: whole(1, 10_000).optional(),
  gatewayStageBurst: whole(1, 5000).optional(),
  gatewayPartitionKey: oneOf(PartitionKeySource).default(PartitionKeySource.RequestId),
  gatewayPartitionKeyHeader: text(gatewayRules.headerName).optional(),
  gatewayPartitionKeyPath: text(gatewayRules.bodyPath).optional(),
  gatewayCorsOrigin: oneOrMore(
    gatewayRules.origin,
    `${gatewayRules.origin.allowed}, or a list of origins without *`,
    "*",
  ).optional(),
  gatewayCorsHeaders: json(z.array(part(gatewayRules.headerName)), "a list of headers", '["x-trace-id"]').optional(),
  gatewayStageName: text(gatewayRules.stageName).default("v1"),
  apiGatewayAccount: oneOf(GatewayAccount).default(GatewayAccount.Manage),
} as const;

const indexKey = z.strictObject({
  attribute: part(tableRules.attributeName),
  type: z.enum(Object.values(KeyType)).optional(),
  path: fieldPath,
});

/** The keys of the POC account's stack. */
export const pocKeys = {
  tableBillingMode: oneOf(BillingMode).default(tableDefaults.billingMode),
  tableReadCapacity: whole(1, tableLimits.capacityUnits).optional(),
  tableWriteCapacity: whole(1, tableLimits.capacityUnits).optional(),
  tableIndexes: json(
    z.array(
      z.strictObject({
        name: part(tableRules.indexName),
        hashKey: indexKey,
        rangeKey: indexKey.optional(),
        projection: z.enum(Object.values(Projection)).optional(),
        nonKeyAttributes: z.array(z.string()).optional(),
      }),
    ),
    "a list of indexes, each with name and hashKey (attribute, type, path), " +
      "and perhaps rangeKey, projection, nonKeyAttributes",
    INDEXES_EXAMPLE,
  ).default([]),
  tableKmsKeyArn: text(arnRules.kmsKey).optional(),
  tablePointInTimeRecovery: flag().default(tableDefaults.pointInTimeRecovery),
  ttlDays: whole(1, MAX_RETENTION_DAYS, KEPT_FOR_EVER).default(0),

  archiverBatchSize: whole(batchSize.min, batchSize.max).default(archiveReadingDefaults.batchSize),
  archiverBatchWindowSeconds: whole(batchWindowSeconds.min, batchWindowSeconds.max).default(
    archiveReadingDefaults.batchWindowSeconds,
  ),
  archiverParallelization: whole(parallelization.min, parallelization.max).default(1),
  archiverRetryAttempts: retries().default(mappingDefaults.maximumRetryAttempts),
  /** Default: 80 % of the one-day retention of a table's stream. */
  archiverMaxRecordAgeSeconds: whole(recordAgeSeconds.min, TABLE_STREAM_MAX_AGE_SECONDS).optional(),
  archiverStartingPosition: oneOf(StartingPosition).default(mappingDefaults.startingPosition),
  archiverEnabled: flag().default(true),
  archiverMemoryMiB: whole(memoryMiB.min, memoryMiB.max).default(functionDefaults.memorySize),
  archiverTimeoutSeconds: whole(timeoutSeconds.min, timeoutSeconds.max).default(functionDefaults.timeout),

  firehoseBufferMiB: whole(deliveryLimits.bufferMiB.min, deliveryLimits.bufferMiB.max).default(
    deliveryDefaults.bufferingSize,
  ),
  firehoseBufferSeconds: whole(deliveryLimits.bufferSeconds.min, deliveryLimits.bufferSeconds.max).default(
    deliveryDefaults.bufferingInterval,
  ),
  firehoseKmsKeyArn: text(arnRules.kmsKey).optional(),
  archiveCompression: oneOf(Compression).default(deliveryDefaults.compressionFormat),
  archivePrefix: text(deliveryRules.prefix).default(deliveryDefaults.prefix),
  archiveErrorPrefix: text(deliveryRules.errorPrefix).default(deliveryDefaults.errorOutputPrefix),
  archiveRemovePolicy: oneOf(RemovePolicy).default(RemovePolicy.Skip),
  archiveRetentionDays: whole(1, MAX_RETENTION_DAYS, KEPT_FOR_EVER).default(0),
} as const;

/** All keys of a production account's stack, and of a POC account's. */
export const prodShape = { ...commonKeys, ...prodKeys } as const;
export const pocShape = { ...commonKeys, ...pocKeys } as const;
/** The schemas of both stacks' keys, which refuse any other. */
export const prodSchema = z.strictObject(prodShape);
export const pocSchema = z.strictObject(pocShape);

/** The keys of a production account's stack, read. */
export type ProdValues = z.output<typeof prodSchema>;
/** The keys of a POC account's stack, read. */
export type PocValues = z.output<typeof pocSchema>;
