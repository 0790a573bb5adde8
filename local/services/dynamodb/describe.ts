import { DAY_MS } from "../../kernel/clock.ts";
import { managedKeyArn } from "../../kernel/kms.ts";
import { tableAttributes } from "./change-indexes.ts";
import type { KeySchema } from "./keys.ts";
import { keyAttributes } from "./keys.ts";
import type { Table } from "./table.ts";
import type { IndexSettings } from "./table-index.ts";
import type { TableSettings } from "./table-settings.ts";

/** How far the latest restorable time is behind now. */
const RESTORABLE_DELAY_MS = 5 * 60_000;
/** Warm throughput of a new on-demand table (recorded on AWS, 10-2025). */
const ON_DEMAND_READ_UNITS = 12_000;
const ON_DEMAND_WRITE_UNITS = 4_000;

/** The answer of DescribeContinuousBackups. @param now cloud time, milliseconds since the epoch. */
export function describeBackups({ settings }: Table, now: number) {
  const { recovery } = settings;
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: "ENABLED",
      PointInTimeRecoveryDescription: recovery
        ? {
            PointInTimeRecoveryStatus: "ENABLED",
            RecoveryPeriodInDays: recovery.days,
            ...restorable(recovery, now),
          }
        : { PointInTimeRecoveryStatus: "DISABLED" },
    },
  };
}

/**
 * The restorable times: since recovery is on, up to about five minutes ago (API reference, LatestRestorableDateTime).
 */
function restorable({ days, since }: NonNullable<TableSettings["recovery"]>, now: number) {
  const earliest = Math.max(since, now - days * DAY_MS);
  const latest = Math.max(earliest, now - RESTORABLE_DELAY_MS);
  return { EarliestRestorableDateTime: earliest / 1000, LatestRestorableDateTime: latest / 1000 };
}

/** A table as DeleteTable returns it. */
export function describeDeleted(table: Table) {
  const { TableName, TableArn, TableId, ItemCount, TableSizeBytes, ProvisionedThroughput, DeletionProtectionEnabled } =
    describeTable(table);
  return {
    ...{ TableName, TableArn, TableId, ItemCount, TableSizeBytes, ProvisionedThroughput, DeletionProtectionEnabled },
    TableStatus: "DELETING",
  };
}

/** A table as DescribeTable and the operations that change it return it. */
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
    ...capacity(settings.readCapacity, settings.writeCapacity, isProvisioned),
    ...(table.onDemandSince === undefined
      ? {}
      : {
          BillingModeSummary: {
            BillingMode: "PAY_PER_REQUEST",
            LastUpdateToPayPerRequestDateTime: table.onDemandSince / 1000,
          },
        }),
    ...(indexes.length > 0
      ? {
          GlobalSecondaryIndexes: indexes.map((index) => ({
            ...describeIndex(table, index.settings, isProvisioned),
            ItemCount: index.entries.size,
            IndexSizeBytes: index.bytes(),
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
            KMSMasterKeyArn: settings.kmsKeyArn ?? managedKeyArn("alias/aws/dynamodb", table),
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
    ...capacity(index.readCapacity, index.writeCapacity, isProvisioned),
  };
}

/** A key schema as the API returns it. */
export function describeKey(schema: KeySchema) {
  return keyAttributes(schema).map(({ name }, index) => ({
    AttributeName: name,
    KeyType: index === 0 ? "HASH" : "RANGE",
  }));
}

/** Provisioned and warm throughput of a table or an index. */
function capacity(read: number, write: number, isProvisioned: boolean) {
  return {
    ProvisionedThroughput: {
      NumberOfDecreasesToday: 0,
      ReadCapacityUnits: isProvisioned ? read : 0,
      WriteCapacityUnits: isProvisioned ? write : 0,
    },
    WarmThroughput: {
      ReadUnitsPerSecond: isProvisioned ? read : ON_DEMAND_READ_UNITS,
      WriteUnitsPerSecond: isProvisioned ? write : ON_DEMAND_WRITE_UNITS,
      Status: "ACTIVE",
    },
  };
}
