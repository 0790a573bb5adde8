import { type Call, defineOperation, type Operation } from "../../service.ts";
import { tableAttributes } from "./change-indexes.ts";
import type { IndexSettings } from "./index-entries.ts";
import type { KeySchema } from "./keys.ts";
import { keyAttributes } from "./keys.ts";
import { listTablesInput, tableInput } from "./schema.ts";
import type { DynamoDbService } from "./service.ts";
import type { Table } from "./table.ts";

const TABLES_PER_LIST = 100;

/** DescribeTable and its like. */
export function describeOperations(service: DynamoDbService): Readonly<Record<string, Operation>> {
  const authorize = (action: string) => (params: { TableName: string }, call: Call) =>
    service.authorize(action, params.TableName, call);
  return {
    DescribeTable: defineOperation({
      input: tableInput,
      authorize: authorize("dynamodb:DescribeTable"),
      run(params, call) {
        return { Table: describeTable(service.requireNamed(params.TableName, call)) };
      },
    }),
    ListTables: defineOperation({
      input: listTablesInput,
      authorize: () => [{ action: "dynamodb:ListTables", resource: "*" }],
      run(params, call) {
        const start = params.ExclusiveStartTableName ?? "";
        const rest = service.list(call.accountId, call.region).filter((table) => table.name > start);
        const page = rest.slice(0, params.Limit ?? TABLES_PER_LIST);
        return {
          TableNames: page.map((table) => table.name),
          ...(page.length < rest.length ? { LastEvaluatedTableName: page.at(-1)?.name } : {}),
        };
      },
    }),
    DescribeTimeToLive: defineOperation({
      input: tableInput,
      authorize: authorize("dynamodb:DescribeTimeToLive"),
      run(params, call) {
        const attribute = service.require(params.TableName, call).settings.ttlAttribute;
        return {
          TimeToLiveDescription:
            attribute === undefined
              ? { TimeToLiveStatus: "DISABLED" }
              : { TimeToLiveStatus: "ENABLED", AttributeName: attribute },
        };
      },
    }),
    DescribeContinuousBackups: defineOperation({
      input: tableInput,
      authorize: authorize("dynamodb:DescribeContinuousBackups"),
      run: (params, call) => describeBackups(service.require(params.TableName, call)),
    }),
  };
}

/** DescribeContinuousBackups' answer. */
export function describeBackups({ settings }: Table) {
  const { recoveryDays: days } = settings;
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: "ENABLED",
      PointInTimeRecoveryDescription:
        days === undefined
          ? { PointInTimeRecoveryStatus: "DISABLED" }
          : { PointInTimeRecoveryStatus: "ENABLED", RecoveryPeriodInDays: days },
    },
  };
}

/** A table as DescribeTable and the operations that change it answer it. */
export function describeTable(table: Table) {
  const { settings, stream } = table;
  const isProvisioned = settings.billingMode === "PROVISIONED";
  const indexes = [...table.indexes.values()];
  const latest = stream ?? table.latestStream;
  return {
    TableName: table.name,
    TableArn: table.arn,
    TableId: table.tableId,
    TableStatus: "ACTIVE",
    CreationDateTime: table.createdAt / 1000,
    AttributeDefinitions: tableAttributes(table).map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: type,
    })),
    KeySchema: describeKey(table.schema),
    ItemCount: table.items.size,
    TableSizeBytes: table.bytes,
    ProvisionedThroughput: throughput(settings.readCapacity, settings.writeCapacity, isProvisioned),
    ...(isProvisioned ? {} : { BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" } }),
    ...(indexes.length > 0
      ? {
          GlobalSecondaryIndexes: indexes.map((index) => ({
            ...describeIndex(table, index.settings, isProvisioned),
            ItemCount: index.entries.size,
          })),
        }
      : {}),
    ...(stream ? { StreamSpecification: { StreamEnabled: true, StreamViewType: stream.viewType } } : {}),
    ...(latest ? { LatestStreamArn: latest.arn, LatestStreamLabel: latest.label } : {}),
    ...(settings.isEncryptedByKms
      ? {
          SSEDescription: {
            Status: "ENABLED",
            SSEType: "KMS",
            ...(settings.kmsKeyArn === undefined ? {} : { KMSMasterKeyArn: settings.kmsKeyArn }),
          },
        }
      : {}),
    TableClassSummary: { TableClass: settings.tableClass },
    DeletionProtectionEnabled: settings.isDeletionProtected,
  };
}

function describeIndex(table: Table, index: IndexSettings, isProvisioned: boolean) {
  return {
    IndexName: index.name,
    IndexArn: `${table.arn}/index/${index.name}`,
    IndexStatus: "ACTIVE",
    KeySchema: describeKey(index.schema),
    Projection: {
      ProjectionType: index.projectionType,
      ...(index.projectionType === "INCLUDE" ? { NonKeyAttributes: index.nonKeyAttributes } : {}),
    },
    ProvisionedThroughput: throughput(index.readCapacity, index.writeCapacity, isProvisioned),
  };
}

/** A key as the API describes it. */
export function describeKey(schema: KeySchema) {
  return keyAttributes(schema).map(({ name }, index) => ({
    AttributeName: name,
    KeyType: index === 0 ? "HASH" : "RANGE",
  }));
}

function throughput(read: number, write: number, isProvisioned: boolean) {
  return {
    NumberOfDecreasesToday: 0,
    ReadCapacityUnits: isProvisioned ? read : 0,
    WriteCapacityUnits: isProvisioned ? write : 0,
  };
}
