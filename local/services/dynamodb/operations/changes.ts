import { NotSupportedError } from "../../../kernel/errors.ts";
import { isAwsManagedKey, keyArn } from "../../../kernel/kms.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type {
  GlobalSecondaryIndexUpdate,
  Inputs,
  SSESpecification,
  UpdateTableInput,
} from "../../../wire/models/dynamodb.ts";
import type { IndexUpdate } from "../change-indexes.ts";
import {
  changeTable,
  checkChange,
  checkRecovery,
  setRecovery,
  setTimeToLive,
  type TableChange,
} from "../change-table.ts";
import { describeBackups, describeDeleted, describeTable } from "../describe.ts";
import { invalid } from "../errors.ts";
import type { DynamoDbStore } from "../store.ts";
import type { Throughput } from "../throughput.ts";

/** Changing and deleting tables. */
export function changeOperations(store: DynamoDbStore): Readonly<Record<string, Operation>> {
  const authorize =
    (action: string) =>
    <P extends { TableName: string }>(params: P, call: Call) =>
      store.authorize(`dynamodb:${action}`, params.TableName, call);
  return defineOperations<Inputs>({
    UpdateTable: {
      authorize: authorize("UpdateTable"),
      run(params, call) {
        const change = changeOf(params, call);
        checkChange(change);
        const table = store.requireNamed(params.TableName, call);
        changeTable(table, change);
        return { TableDescription: describeTable(table) };
      },
    },
    UpdateTimeToLive: {
      authorize: authorize("UpdateTimeToLive"),
      run(params, call) {
        const { AttributeName, Enabled } = params.TimeToLiveSpecification;
        setTimeToLive(store.requireNamed(params.TableName, call), AttributeName, Enabled);
        return { TimeToLiveSpecification: params.TimeToLiveSpecification };
      },
    },
    UpdateContinuousBackups: {
      authorize: authorize("UpdateContinuousBackups"),
      run(params, call) {
        const { PointInTimeRecoveryEnabled, RecoveryPeriodInDays } = params.PointInTimeRecoverySpecification;
        checkRecovery(PointInTimeRecoveryEnabled, RecoveryPeriodInDays);
        const table = store.requireNamed(params.TableName, call);
        const now = call.clock.now();
        setRecovery(table, PointInTimeRecoveryEnabled, RecoveryPeriodInDays, now);
        return describeBackups(table, now);
      },
    },
    DeleteTable: {
      authorize: authorize("DeleteTable"),
      run(params, call) {
        const table = store.requireNamed(params.TableName, call);
        const description = describeDeleted(table);
        store.remove(table);
        return { TableDescription: description };
      },
    },
  });
}

function changeOf(params: UpdateTableInput, call: Call): TableChange {
  const { StreamSpecification: stream, SSESpecification: encryption } = params;
  if (params.GlobalSecondaryIndexUpdates?.length === 0) throw invalid("List of GlobalSecondaryIndexUpdates is empty");
  return {
    billingMode: params.BillingMode,
    throughput: throughputOf(params.ProvisionedThroughput),
    stream: stream && { isEnabled: stream.StreamEnabled, viewType: stream.StreamViewType },
    indexUpdates: params.GlobalSecondaryIndexUpdates?.map(indexUpdateOf),
    attributes: params.AttributeDefinitions?.map(({ AttributeName, AttributeType }) => ({
      name: AttributeName,
      type: AttributeType,
    })),
    encryption: encryption && encryptionOf(encryption, call),
    isDeletionProtected: params.DeletionProtectionEnabled,
    tableClass: params.TableClass,
  };
}

function throughputOf(
  units: { readonly ReadCapacityUnits: number; readonly WriteCapacityUnits: number } | undefined,
): Throughput | undefined {
  return units && { read: units.ReadCapacityUnits, write: units.WriteCapacityUnits };
}

function indexUpdateOf({ Create, Update, Delete }: GlobalSecondaryIndexUpdate): IndexUpdate {
  if ([Create, Update, Delete].filter(Boolean).length > 1) {
    throw invalid("Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object");
  }
  if (Create) {
    const [hash, range] = keysOf(Create.KeySchema);
    const { ProjectionType: projectionType } = Create.Projection;
    if (projectionType === undefined) throw invalid("Unknown ProjectionType: null");
    return {
      create: {
        name: Create.IndexName,
        hashKey: hash,
        rangeKey: range,
        projectionType,
        nonKeyAttributes: Create.Projection.NonKeyAttributes ?? [],
        throughput: throughputOf(Create.ProvisionedThroughput),
      },
    };
  }
  if (Update) {
    // The wire requires it: nothing else of an index can be changed.
    const { ReadCapacityUnits: read, WriteCapacityUnits: write } = Update.ProvisionedThroughput!;
    return { update: { name: Update.IndexName, throughput: { read, write } } };
  }
  if (Delete) return { delete: { name: Delete.IndexName } };
  throw invalid(
    "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null",
  );
}

function keysOf(
  schema: readonly { readonly AttributeName: string; readonly KeyType: "HASH" | "RANGE" }[],
): readonly [string, string | undefined] {
  const [hash, range] = schema;
  if (hash?.KeyType !== "HASH") throw invalid("The first KeySchemaElement is not a HASH key type");
  if (range && range.KeyType !== "RANGE") {
    throw new NotSupportedError("an index with more than one HASH key attribute", "one HASH and one RANGE key");
  }
  return [hash.AttributeName, range?.AttributeName];
}

function encryptionOf(
  { Enabled, SSEType, KMSMasterKeyId: key }: SSESpecification,
  call: Call,
): NonNullable<TableChange["encryption"]> {
  if (Enabled === false && SSEType !== undefined) throw invalid("SSEType can not be specified if Enabled is false");
  if (key !== undefined && Enabled !== false && SSEType === undefined) {
    throw invalid("SSEType KMS is required if KMSMasterKeyId is specified");
  }
  const isEnabled = Enabled ?? SSEType !== undefined;
  if (key === undefined || isAwsManagedKey(key)) return { isEnabled };
  if (key.includes("alias/")) {
    throw new NotSupportedError(
      `the alias of a customer managed key (${key})`,
      "alias/aws/dynamodb, key ids and key ARNs",
    );
  }
  return {
    isEnabled,
    kmsKeyArn: keyArn(key, call),
  };
}
