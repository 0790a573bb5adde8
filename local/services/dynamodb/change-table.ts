import { AwsError } from "../../kernel/errors.ts";
import { assertOneOfEach, changedIndexes, type IndexUpdate } from "./change-indexes.ts";
import { invalid } from "./errors.ts";
import type { KeyAttribute } from "./keys.ts";
import { DEFAULT_RECOVERY_DAYS, MAX_CAPACITY_UNITS } from "./limits.ts";
import type { Table } from "./table.ts";
import type { TableSettings } from "./table-settings.ts";
import type { StreamViewType } from "./table-stream.ts";
import { type Throughput, unchangedThroughput } from "./throughput.ts";

/** A change by UpdateTable; what is left out keeps its value. */
export interface TableChange {
  readonly billingMode?: TableSettings["billingMode"] | undefined;
  readonly throughput?: Throughput | undefined;
  readonly stream?: { readonly isEnabled: boolean; readonly viewType?: StreamViewType | undefined } | undefined;
  readonly indexUpdates?: readonly IndexUpdate[] | undefined;
  /** Types of the key attributes of new indexes. */
  readonly attributes?: readonly KeyAttribute[] | undefined;
  /** Without a key ARN, the AWS managed key. */
  readonly encryption?: { readonly isEnabled: boolean; readonly kmsKeyArn?: string | undefined } | undefined;
  readonly isDeletionProtected?: boolean | undefined;
  readonly tableClass?: TableSettings["tableClass"] | undefined;
}

/**
 * Changes a table as UpdateTable does; the resource type calls it too. AWS's limits on calls per day are not simulated.
 * @throws AwsError before anything is changed: AWS allows one kind of change at a time, and none that changes nothing.
 */
export function changeTable(table: Table, change: TableChange): void {
  checkChange(change);
  const billingMode = change.billingMode ?? table.settings.billingMode;
  checkStream(table, change);
  checkThroughput(table, change, billingMode);
  checkEncryption(table, change);
  const indexes = changedIndexes(table, change.indexUpdates ?? [], billingMode, change.attributes ?? []);

  const { settings } = table;
  if (change.billingMode ?? change.throughput ?? change.indexUpdates) {
    table.setBillingMode(billingMode);
    const { read, write } = throughputOf(table, change, billingMode);
    settings.readCapacity = read;
    settings.writeCapacity = write;
    table.setIndexes(indexes);
  }
  if (change.stream) table.setStream(change.stream.isEnabled ? change.stream.viewType : undefined);
  if (change.encryption) {
    settings.isEncryptedByKms = change.encryption.isEnabled;
    settings.kmsKeyArn = change.encryption.isEnabled ? change.encryption.kmsKeyArn : undefined;
  }
  if (change.tableClass) settings.tableClass = change.tableClass;
  if (change.isDeletionProtected !== undefined) settings.isDeletionProtected = change.isDeletionProtected;
}

/**
 * UpdateTimeToLive.
 * @throws AwsError ValidationException if TTL already has this state, or is enabled on another attribute.
 */
export function setTimeToLive(table: Table, attributeName: string, isEnabled: boolean): void {
  if (attributeName === "") {
    throw new AwsError(
      "ValidationException",
      "1 validation error detected: Value '' at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  }
  const current = table.settings.ttlAttribute;
  if (current === undefined && !isEnabled) throw new AwsError("ValidationException", "TimeToLive is already disabled");
  if (current !== undefined && current !== attributeName) {
    throw new AwsError(
      "ValidationException",
      `TimeToLive is active on a different AttributeName: current AttributeName is ${current}`,
    );
  }
  if (current === attributeName && isEnabled) {
    throw new AwsError("ValidationException", "TimeToLive is already enabled");
  }
  table.setTtl(isEnabled ? attributeName : undefined);
}

/**
 * UpdateContinuousBackups.
 * @param days the recovery period; undefined keeps the current one, and is 35 for a table without.
 * @param now cloud time, milliseconds since the epoch.
 */
export function setRecovery(table: Table, isEnabled: boolean, days: number | undefined, now: number): void {
  checkRecovery(isEnabled, days);
  const { settings } = table;
  const { recovery } = settings;
  settings.recovery = isEnabled
    ? { days: days ?? recovery?.days ?? DEFAULT_RECOVERY_DAYS, since: recovery?.since ?? now }
    : undefined;
}

/** @throws AwsError ValidationException for a recovery period with disabled recovery. */
export function checkRecovery(isEnabled: boolean, days: number | undefined): void {
  if (!isEnabled && days !== undefined) {
    throw new AwsError(
      "ValidationException",
      "Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery.",
    );
  }
}

/**
 * The checks of AWS before it looks for the table: number and combination of changes, bounds of capacity units.
 * @throws AwsError.
 */
export function checkChange(change: TableChange): void {
  assertSingle(change);
  const { stream, throughput } = change;
  if (stream?.isEnabled === true && !stream.viewType) {
    throw invalid("If stream is being enabled then UpdateViewType is required");
  }
  if (stream?.isEnabled === false && stream.viewType) {
    throw invalid("If stream is being disabled, then UpdateViewType must not be specified");
  }
  for (const [name, value] of [
    ["ReadCapacityUnits", throughput?.read],
    ["WriteCapacityUnits", throughput?.write],
  ] as const) {
    if ((value ?? 0) <= MAX_CAPACITY_UNITS) continue;
    throw new AwsError("ValidationException", `Given value ${value} for ${name} is out of bounds`);
  }
  assertOneOfEach(change.indexUpdates ?? []);
}

function assertSingle(change: TableChange): void {
  const given = Object.entries(change).filter(([name, value]) => name !== "attributes" && value !== undefined);
  if (given.length === 0) {
    throw new AwsError(
      "ValidationException",
      "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required",
    );
  }
  if (given.length > 1) {
    const only = (what: string) => invalid(`${what} modification must be the only operation in the request`);
    if (change.encryption) throw only("Server-Side Encryption");
    if (change.tableClass) throw only("TableClass");
    if (change.isDeletionProtected !== undefined) throw only("DeletionProtection");
  }
  const changesCapacity = change.throughput !== undefined || change.billingMode === "PROVISIONED";
  const changesIndexes = change.indexUpdates?.some((update) => !("update" in update));
  if (change.stream && changesCapacity) throw invalid("You cannot modify stream status while updating table IOPS");
  if (changesIndexes && change.throughput) {
    throw invalid("You cannot create or delete index while updating table IOPS");
  }
  if (changesIndexes && change.stream) {
    throw invalid("You cannot create or delete index while changing stream status");
  }
}

function checkStream(table: Table, { stream }: TableChange): void {
  if (!stream) return;
  if (stream.isEnabled && table.stream) {
    throw new AwsError("ValidationException", `Table already has an enabled stream: TableName: ${table.name}`);
  }
  if (!stream.isEnabled && !table.stream) {
    throw new AwsError("ValidationException", `Table has no stream to disable: TableName: ${table.name}`);
  }
}

function checkThroughput(table: Table, change: TableChange, billingMode: TableSettings["billingMode"]): void {
  const { settings } = table;
  if (billingMode === "PAY_PER_REQUEST") {
    if (!change.throughput) return;
    throw invalid(
      "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
    );
  }
  if (settings.billingMode !== billingMode && !change.throughput) {
    throw invalid("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
  }
  const { read, write } = change.throughput ?? {};
  const isSame = read === settings.readCapacity && write === settings.writeCapacity;
  if (change.throughput && isSame && settings.billingMode === billingMode) {
    throw unchangedThroughput("table", "table", change.throughput);
  }
}

function throughputOf(table: Table, change: TableChange, billingMode: TableSettings["billingMode"]): Throughput {
  if (billingMode === "PAY_PER_REQUEST") return { read: 0, write: 0 };
  return change.throughput ?? { read: table.settings.readCapacity, write: table.settings.writeCapacity };
}

function checkEncryption({ settings }: Table, { encryption }: TableChange): void {
  if (!encryption) return;
  if (!encryption.isEnabled && encryption.kmsKeyArn !== undefined) {
    throw invalid("KMSMasterKeyId can not be specified if Enabled is false");
  }
  if (!encryption.isEnabled && !settings.isEncryptedByKms) throw invalid("Table is already encrypted by default");
  if (encryption.kmsKeyArn !== undefined && encryption.kmsKeyArn === settings.kmsKeyArn) {
    throw invalid(
      "Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change Master Key",
    );
  }
}
