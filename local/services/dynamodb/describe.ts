import { AwsError } from "../../errors.ts";
import { type Call, defineOperation, type Operation } from "../../service.ts";
import type { IndexSettings } from "./index-entries.ts";
import type { KeySchema } from "./keys.ts";
import { keyAttributes } from "./keys.ts";
import { listTablesInput, listTagsInput, tableInput } from "./schema.ts";
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
        const table = service.find(service.arnOf(params.TableName, call));
        if (table) return { Table: describeTable(table) };
        const name = params.TableName.split("/").at(-1);
        throw new AwsError("ResourceNotFoundException", `Requested resource not found: Table: ${name} not found`);
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
      run(params, call) {
        const days = service.require(params.TableName, call).settings.recoveryDays;
        return {
          ContinuousBackupsDescription: {
            ContinuousBackupsStatus: "ENABLED",
            PointInTimeRecoveryDescription:
              days === undefined
                ? { PointInTimeRecoveryStatus: "DISABLED" }
                : { PointInTimeRecoveryStatus: "ENABLED", RecoveryPeriodInDays: days },
          },
        };
      },
    }),
    ListTagsOfResource: defineOperation({
      input: listTagsInput,
      authorize: (params, call) => service.authorize("dynamodb:ListTagsOfResource", params.ResourceArn, call),
      run(params, call) {
        const { tags } = service.require(params.ResourceArn, call).settings;
        return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
      },
    }),
  };
}

function describeTable(table: Table) {
  const { settings, stream } = table;
  const isProvisioned = settings.billingMode === "PROVISIONED";
  const indexes = [...table.indexes.values()];
  const schemas = [table.schema, ...indexes.map((index) => index.settings.schema)];
  const attributes = new Map(schemas.flatMap(keyAttributes).map(({ name, type }) => [name, type]));
  const latest = stream ?? table.latestStream;
  return {
    TableName: table.name,
    TableArn: table.arn,
    TableId: table.tableId,
    TableStatus: "ACTIVE",
    CreationDateTime: table.createdAt / 1000,
    AttributeDefinitions: [...attributes].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
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
