import { isAwsManagedKey } from "../../../kernel/kms.ts";
import { asSet } from "../../../resource-types/canonical.ts";
import { define } from "../../../resource-types/define.ts";
import type { ResourceContext } from "../../../resource-types/resource-type.ts";
import { isRecord } from "../../../resource-types/wire-values.ts";
import { type IndexUpdate, tableAttributes } from "../change-indexes.ts";
import { changeTable, setRecovery, setTimeToLive } from "../change-table.ts";
import { invalid } from "../errors.ts";
import type { DynamoDbStore } from "../store.ts";
import { Table } from "../table.ts";
import { tableArn } from "../table-address.ts";
import type { StreamViewType } from "../table-stream.ts";
import { checkTable } from "./table-checks.ts";
import { indexesOf, newIndexOf, schemaOf, settingsOf, type TableInputs, tableInputs } from "./table-inputs.ts";
import { outputsOf } from "./table-outputs.ts";

/** `aws.dynamodb.Table`. */
export const tableType = define<TableInputs, DynamoDbStore>({
  token: "aws:dynamodb/table:Table",
  inputs: tableInputs,
  autoName: { property: "name", maxLength: 255 },
  replaceOn: ["name", "hashKey", "rangeKey"],
  computed: ["arn", "streamArn", "streamLabel"],
  optionalComputed: [
    "attributes",
    "globalSecondaryIndexes",
    "pointInTimeRecovery",
    "pointInTimeRecovery.recoveryPeriodInDays",
    "readCapacity",
    "serverSideEncryption",
    "serverSideEncryption.kmsKeyArn",
    "streamViewType",
    "ttl",
    "writeCapacity",
  ],
  recomputed: {
    streamArn: ["streamEnabled", "streamViewType"],
    streamLabel: ["streamEnabled", "streamViewType"],
    readCapacity: ["billingMode"],
    writeCapacity: ["billingMode"],
  },
  canonical: {
    attributes: asSet,
    globalSecondaryIndexes: indexSet,
    pointInTimeRecovery: offOr((recovery) => recovery),
    serverSideEncryption: offOr(({ kmsKeyArn, ...rest }) =>
      typeof kmsKeyArn === "string" && kmsKeyArn !== "" && !isAwsManagedKey(kmsKeyArn) ? { ...rest, kmsKeyArn } : rest,
    ),
    ttl: offOr((ttl) => ttl),
  },
  // As in the real provider: an attribute is only part of a key, so without a change of the indexes its change is none.
  suppressDiffs: (changed) => (changed.includes("globalSecondaryIndexes") ? [] : ["attributes"]),
  check: (inputs, context) => checkTable(inputs, findTable(inputs.name, context)),
  make(inputs, context) {
    if (inputs.billingMode === "PROVISIONED" && !(inputs.readCapacity && inputs.writeCapacity)) {
      // `check` lets an existing table keep its capacity; a replacement has none to keep.
      throw invalid("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
    }
    const { store } = context;
    const table = new Table({
      ports: store.ports,
      place: context,
      name: inputs.name,
      schema: schemaOf(inputs),
      settings: settingsOf(inputs),
    });
    store.add(table);
    table.setIndexes(indexesOf(inputs));
    applySettings(table, inputs, context);
    return table.name;
  },
  find(id, state, context) {
    const table = findTable(id, context);
    return table && outputsOf(table, state);
  },
  change(id, inputs, context) {
    const table = context.store.requireNamed(id, context);
    applyIndexesAndCapacity(table, inputs);
    applySettings(table, inputs, context);
  },
  remove: (id, context) => context.store.remove(context.store.requireNamed(id, context)),
});

function findTable(name: string, context: ResourceContext<DynamoDbStore>): Table | undefined {
  return context.store.find(tableArn(context, name));
}

/**
 * Brings indexes and capacity in line with the inputs, by one UpdateTable at a time, in the real provider's order:
 * indexes are deleted, capacity and billing mode change, indexes are created. An input that is left out keeps its
 * value.
 */
function applyIndexesAndCapacity(table: Table, inputs: TableInputs): void {
  const { settings } = table;
  const wanted = inputs.globalSecondaryIndexes && indexesOf(inputs, tableAttributes(table));
  const isKept = (name: string) => {
    const index = table.indexes.get(name);
    const same = wanted?.find((candidate) => candidate.name === name);
    return index !== undefined && same !== undefined && index.isSameShape(same);
  };
  if (wanted) {
    for (const name of [...table.indexes.keys()].filter((each) => !isKept(each))) {
      changeTable(table, { indexUpdates: [{ delete: { name } }] });
    }
  }

  const billingMode = inputs.billingMode === settings.billingMode ? undefined : inputs.billingMode;
  const isProvisioned = inputs.billingMode === "PROVISIONED";
  // A table that was on-demand has no capacity to keep: one unit, as in the real provider.
  const read = inputs.readCapacity ?? (settings.readCapacity || 1);
  const write = inputs.writeCapacity ?? (settings.writeCapacity || 1);
  const changesCapacity = billingMode || read !== settings.readCapacity || write !== settings.writeCapacity;
  const indexUpdates: IndexUpdate[] = (wanted ?? []).flatMap((index) => {
    const current = table.indexes.get(index.name)?.settings;
    const isSame = current?.readCapacity === index.readCapacity && current?.writeCapacity === index.writeCapacity;
    if (!isProvisioned || !current || (isSame && !billingMode)) return [];
    return [{ update: { name: index.name, throughput: { read: index.readCapacity, write: index.writeCapacity } } }];
  });
  const throughput = isProvisioned && changesCapacity ? { read, write } : undefined;
  if (billingMode || throughput || indexUpdates.length > 0) {
    changeTable(table, {
      billingMode,
      throughput,
      indexUpdates: indexUpdates.length > 0 ? indexUpdates : undefined,
    });
  }

  for (const index of inputs.globalSecondaryIndexes ?? []) {
    if (table.indexes.has(index.name)) continue;
    changeTable(table, { attributes: inputs.attributes, indexUpdates: [{ create: newIndexOf(inputs, index) }] });
  }
}

/** Applies the settings that CreateTable does not take or that change one by one, after a create or an update. */
function applySettings(table: Table, inputs: TableInputs, context: ResourceContext<DynamoDbStore>): void {
  const { settings } = table;
  const { tableClass, deletionProtectionEnabled, ttl, pointInTimeRecovery: recovery } = inputs;
  if (tableClass !== settings.tableClass) changeTable(table, { tableClass });
  if (deletionProtectionEnabled !== settings.isDeletionProtected) {
    changeTable(table, { isDeletionProtected: deletionProtectionEnabled });
  }
  applyStream(table, inputs);
  applyEncryption(table, inputs);
  if (ttl && (ttl.enabled ? ttl.attributeName : undefined) !== settings.ttlAttribute) {
    setTimeToLive(table, ttl.attributeName ?? "", ttl.enabled ?? false);
  }
  if (recovery)
    setRecovery(
      table,
      recovery.enabled,
      recovery.enabled ? recovery.recoveryPeriodInDays : undefined,
      context.store.ports.clock.now(),
    );
  settings.tags = inputs.tags ?? {};
}

/** A stream must be disabled before its view type can change. */
function applyStream(table: Table, inputs: TableInputs): void {
  const viewType = inputs.streamEnabled ? (inputs.streamViewType as StreamViewType) : undefined;
  if (viewType === table.stream?.viewType) return;
  if (table.stream) changeTable(table, { stream: { isEnabled: false } });
  if (viewType) changeTable(table, { stream: { isEnabled: true, viewType } });
}

function applyEncryption(table: Table, { serverSideEncryption: wanted }: TableInputs): void {
  if (!wanted) return;
  const { isEncryptedByKms, kmsKeyArn } = table.settings;
  const isManaged = wanted.kmsKeyArn === "" || (wanted.kmsKeyArn !== undefined && isAwsManagedKey(wanted.kmsKeyArn));
  const key = wanted.enabled && !isManaged ? (wanted.kmsKeyArn ?? kmsKeyArn) : undefined;
  if (wanted.enabled === isEncryptedByKms && key === kmsKeyArn) return;
  changeTable(table, { encryption: { isEnabled: wanted.enabled, kmsKeyArn: key } });
}

/** `{ enabled: false }` for a setting that is off, else its form by `form`. */
function offOr(form: (value: Readonly<Record<string, unknown>>) => unknown): (value: unknown) => unknown {
  return (value) => {
    if (!isRecord(value)) return value;
    return value["enabled"] === true ? form(value) : { enabled: false };
  };
}

/**
 * Indexes as a set, in one form: keys as hashKey and rangeKey, capacities default to 0, non-key attributes to an empty
 * list.
 */
function indexSet(value: unknown): unknown {
  return Array.isArray(value) ? asSet(value.map(indexForm)) : value;
}

function indexForm(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { keySchemas, hashKey, rangeKey, nonKeyAttributes, readCapacity, writeCapacity, ...rest } = value;
  const keys = Array.isArray(keySchemas) ? keySchemas.filter(isRecord) : [];
  const key = (type: string) => keys.find((each) => each["keyType"] === type)?.["attributeName"];
  return {
    ...rest,
    hashKey: hashKey ?? key("HASH"),
    rangeKey: rangeKey ?? key("RANGE"),
    nonKeyAttributes: asSet(nonKeyAttributes ?? []),
    readCapacity: readCapacity ?? 0,
    writeCapacity: writeCapacity ?? 0,
  };
}
