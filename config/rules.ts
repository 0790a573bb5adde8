import { parseArn } from "../aws/arn.ts";
import { partitionOf } from "../aws/partitions.ts";
import { environmentBytes } from "../components/bundled-function/checks.ts";
import { BillingMode, tableDefaults } from "../components/defaults/dynamodb.ts";
import { deliveryDefaults } from "../components/defaults/firehose.ts";
import { GatewayAuthorization, PartitionKeySource } from "../components/defaults/gateway.ts";
import { StreamMode, streamDefaults } from "../components/defaults/kinesis.ts";
import { MAX_ENVIRONMENT_BYTES } from "../components/defaults/lambda.ts";
import { expressionProblem } from "../components/delivery-stream/prefixes.ts";
import { roleArn } from "../components/iam/arn.ts";
import type { IndexedAttribute } from "../components/replication-target/args.ts";
import { indexProblems } from "../components/replication-target/checks.ts";
import { indexedAttributes } from "../components/replication-target/indexed-attributes.ts";
import { replicatorEnvironment } from "../components/replicator/environment.ts";
import { mixedWith } from "../components/table-archive/prefixes.ts";
import { type Mistake, NAMESPACE, setCommand } from "./mistakes.ts";
import { INDEXES_EXAMPLE, type PocValues, type ProdValues } from "./stack-keys.ts";

const SECONDS_PER_HOUR = 3600;

/** Rules between keys. A rule is skipped if a key that it reads is wrong by itself. */
export function prodRules(values: Partial<ProdValues>): Mistake[] {
  return [
    ...streamRules(values),
    ...waitRules("replicator", values.replicatorMaxRecordAgeSeconds, values.replicatorBatchWindowSeconds),
    ...gatewayRules(values),
    ...targetRules(values),
    ...environmentRules(
      "targetIndexedAttributes",
      values.targetIndexedAttributes,
      values,
      values.targetIndexedAttributes,
    ),
  ];
}

/** Like `prodRules`, for the POC account. */
export function pocRules(values: Partial<PocValues>): Mistake[] {
  return [
    ...capacityRules(values),
    ...indexRules(values),
    ...environmentRules("tableIndexes", values.tableIndexes, values, indexedAttributes(values.tableIndexes ?? [])),
    ...archiveRules(values),
    ...waitRules("archiver", values.archiverMaxRecordAgeSeconds, values.archiverBatchWindowSeconds),
  ];
}

/** The values that make up the replicator's environment, from either stack. */
type EnvironmentValues = Partial<
  Pick<
    ProdValues,
    "externalId" | "namePrefix" | "sourceMaps" | "targetRoleArn" | "targetTableName" | "targetTtlAttribute"
  >
>;

/** Stands for the random suffix of a name that Pulumi makes. */
const MADE = "-1234567";

/** A region with a name of common length, for when the real one is unknown. */
const REGION_FOR_LENGTH = "ap-southeast-1";
const ARN_START = `arn:${partitionOf(REGION_FOR_LENGTH)}`;

/**
 * Lambda's limit for the replicator's environment, which holds the attributes that indexes need. A name that is not
 * known yet counts with the length that it will have.
 */
function environmentRules(
  name: "targetIndexedAttributes" | "tableIndexes",
  value: unknown,
  values: EnvironmentValues,
  attributes: IndexedAttribute[] = [],
): Mistake[] {
  if (attributes.length === 0) return [];
  const { externalId = "", namePrefix = "", targetRoleArn, targetTableName, targetTtlAttribute } = values;
  const bytes = environmentBytes({
    sourceMaps: values.sourceMaps,
    environment: replicatorEnvironment(
      {
        target: {
          roleArn: targetRoleArn ?? `${ARN_START}:iam::111111111111:role/${namePrefix}-target-writer${MADE}`,
          externalId,
          region: REGION_FOR_LENGTH,
          tableName: targetTableName ?? `${namePrefix}-target-table${MADE}`,
          indexedAttributes: attributes,
          ttl: { attribute: targetTtlAttribute ?? tableDefaults.ttlAttribute, seconds: 0 },
        },
        streamArn: `${ARN_START}:kinesis:${REGION_FOR_LENGTH}:111111111111:stream/${namePrefix}-events-stream${MADE}`,
      },
      `${namePrefix}-replicator-parked${MADE}`,
    ),
  });
  if (bytes <= MAX_ENVIRONMENT_BYTES) return [];
  return [
    mistake(
      name,
      JSON.stringify(value),
      `with it the replicator's environment takes some ${bytes} bytes, and Lambda allows ${MAX_ENVIRONMENT_BYTES}; ` +
        `allowed are fewer attributes, or shorter names and paths`,
      setCommand(`${NAMESPACE}:${name}`, name === "tableIndexes" ? INDEXES_EXAMPLE : "[]"),
    ),
  ];
}

function capacityRules(values: Partial<PocValues>): Mistake[] {
  const isProvisioned = values.tableBillingMode === BillingMode.Provisioned;
  return (["tableReadCapacity", "tableWriteCapacity"] as const).flatMap((name) =>
    values.tableBillingMode === undefined
      ? []
      : togetherOrNot(name, values[name], isProvisioned, `tableBillingMode ${BillingMode.Provisioned}`, "20"),
  );
}

/** The component's own rules between the indexes. */
function indexRules({ tableIndexes }: Partial<PocValues>): Mistake[] {
  return indexProblems(tableIndexes ?? [])
    .filter((problem) => problem !== undefined)
    .map((problem) =>
      mistake(
        "tableIndexes",
        JSON.stringify(tableIndexes),
        problem,
        setCommand(`${NAMESPACE}:tableIndexes`, INDEXES_EXAMPLE),
      ),
    );
}

function archiveRules(values: Partial<PocValues>): Mistake[] {
  return [
    ...prefixRules("archivePrefix", values.archivePrefix, false),
    ...prefixRules("archiveErrorPrefix", values.archiveErrorPrefix, true),
    ...ownRetentionRules(values),
  ];
}

/** Prefixes that Firehose refuses, or expands in an unexpected way. */
function prefixRules(
  name: "archivePrefix" | "archiveErrorPrefix",
  prefix: string | undefined,
  isError: boolean,
): Mistake[] {
  const problem = prefix === undefined ? undefined : expressionProblem(prefix, { isError });
  if (problem === undefined) return [];
  const fallback = isError ? deliveryDefaults.errorOutputPrefix : deliveryDefaults.prefix;
  return [mistake(name, prefix, problem, setCommand(`${NAMESPACE}:${name}`, fallback))];
}

function ownRetentionRules({ archivePrefix, archiveErrorPrefix }: Partial<PocValues>): Mistake[] {
  if (archivePrefix === undefined || archiveErrorPrefix === undefined) return [];
  const mixed = mixedWith(archivePrefix, archiveErrorPrefix);
  if (mixed === undefined) return [];
  return [
    mistake(
      "archivePrefix",
      archivePrefix,
      `below "${mixed}" are parked lines and delivery errors, which have a retention of their own; ` +
        `allowed is a prefix apart from it`,
      setCommand(`${NAMESPACE}:archivePrefix`, deliveryDefaults.prefix),
    ),
  ];
}

function mistake(name: string, value: unknown, problem: string, command: string): Mistake {
  return {
    key: `${NAMESPACE}:${name}`,
    ...(value === undefined ? {} : { value: String(value) }),
    problem,
    command,
  };
}

/** A key that is required with another one, and refused without it. */
function togetherOrNot(name: string, value: unknown, isWanted: boolean, other: string, example: string): Mistake[] {
  const key = `${NAMESPACE}:${name}`;
  if (isWanted && value === undefined)
    return [mistake(name, value, `is missing; it is required with ${other}`, setCommand(key, example))];
  if (!isWanted && value !== undefined) return [mistake(name, value, `it is allowed with ${other} only`, `rm ${key}`)];
  return [];
}

function streamRules(values: Partial<ProdValues>): Mistake[] {
  const { streamMode, streamRetentionHours, replicatorMaxRecordAgeSeconds: age } = values;
  const found =
    streamMode === undefined
      ? []
      : togetherOrNot(
          "shardCount",
          values.shardCount,
          streamMode === StreamMode.Provisioned,
          `streamMode ${StreamMode.Provisioned}`,
          "1",
        );
  const retention = (streamRetentionHours ?? streamDefaults.retentionHours) * SECONDS_PER_HOUR;
  if (age !== undefined && age >= retention)
    found.push(
      mistake(
        "replicatorMaxRecordAgeSeconds",
        age,
        `the stream keeps records for ${retention} s (streamRetentionHours ${retention / SECONDS_PER_HOUR}), ` +
          `so older ones would be lost silently; allowed is less than that`,
        setCommand(`${NAMESPACE}:replicatorMaxRecordAgeSeconds`, String(Math.floor(retention * 0.8))),
      ),
    );
  return found;
}

/** Lambda checks a record's age before the first attempt too, which may come at the window's end. */
function waitRules(prefix: "archiver" | "replicator", age: number | undefined, wait: number | undefined): Mistake[] {
  if (age === undefined || wait === undefined || age > wait) return [];
  return [
    mistake(
      `${prefix}MaxRecordAgeSeconds`,
      age,
      `records wait up to ${wait} s for a full batch (${prefix}BatchWindowSeconds), so they could be given up before ` +
        `they are tried; allowed is more than that`,
      setCommand(`${NAMESPACE}:${prefix}MaxRecordAgeSeconds`, String(2 * wait)),
    ),
  ];
}

function gatewayRules(values: Partial<ProdValues>): Mistake[] {
  const { gatewayPartitionKey: source } = values;
  const quota = values.gatewayQuotaLimit !== undefined;
  const stageRate = values.gatewayStageRatePerSecond !== undefined;
  const isMetered = (values.gatewayAuthorization ?? GatewayAuthorization.ApiKey) === GatewayAuthorization.ApiKey;
  const metering = ["gatewayRatePerSecond", "gatewayBurst", "gatewayQuotaLimit"] as const;
  return [
    ...(isMetered
      ? []
      : metering.flatMap((name) =>
          togetherOrNot(name, values[name], false, `gatewayAuthorization ${GatewayAuthorization.ApiKey}`, "1"),
        )),
    ...(source === undefined
      ? []
      : togetherOrNot(
          "gatewayPartitionKeyPath",
          values.gatewayPartitionKeyPath,
          source === PartitionKeySource.BodyPath,
          `gatewayPartitionKey ${PartitionKeySource.BodyPath}`,
          "user.id",
        )),
    ...(source === undefined || source === PartitionKeySource.Header
      ? []
      : togetherOrNot(
          "gatewayPartitionKeyHeader",
          values.gatewayPartitionKeyHeader,
          false,
          `gatewayPartitionKey ${PartitionKeySource.Header}`,
          "X-Partition-Key",
        )),
    ...togetherOrNot("gatewayQuotaPeriod", values.gatewayQuotaPeriod, quota, "gatewayQuotaLimit", "DAY"),
    ...togetherOrNot("gatewayStageBurst", values.gatewayStageBurst, stageRate, "gatewayStageRatePerSecond", "2000"),
    ...(values.gatewayCorsOrigin === undefined
      ? togetherOrNot("gatewayCorsHeaders", values.gatewayCorsHeaders, false, "gatewayCorsOrigin", "[]")
      : []),
  ];
}

function targetRules(values: Partial<ProdValues>): Mistake[] {
  const { targetRoleArn, targetRegion } = values;
  const isExplicit = targetRoleArn !== undefined;
  const found = [
    ...togetherOrNot("targetTableName", values.targetTableName, isExplicit, "targetRoleArn", "the-table"),
    ...togetherOrNot("targetRegion", targetRegion, isExplicit, "targetRoleArn", "us-east-1"),
    ...(isExplicit
      ? []
      : [
          ...togetherOrNot("targetIndexedAttributes", values.targetIndexedAttributes, false, "targetRoleArn", "[]"),
          ...togetherOrNot("targetTtlAttribute", values.targetTtlAttribute, false, "targetRoleArn", "expiresAt"),
        ]),
    ...togetherOrNot(
      "targetTtlSeconds",
      values.targetTtlSeconds,
      values.targetTtlAttribute !== undefined,
      "targetTtlAttribute",
      "2592000",
    ),
  ];
  const role = isExplicit ? parseArn(targetRoleArn) : undefined;
  if (role !== undefined && values.pocAccountId !== undefined && role.accountId !== values.pocAccountId)
    found.push(
      mistake(
        "targetRoleArn",
        targetRoleArn,
        `it is a role of another account than pocAccountId ${values.pocAccountId}; allowed is one of that account`,
        setCommand(`${NAMESPACE}:targetRoleArn`, roleArn(role.partition, values.pocAccountId, "/", "the-writer")),
      ),
    );
  return found;
}
