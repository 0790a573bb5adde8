import { AwsError } from "../../kernel/errors.ts";
import { isAwsManagedKey } from "../../kernel/kms.ts";
import { asSet } from "../../resource-types/canonical.ts";
import { tagsAll } from "../../resource-types/default-tags.ts";
import { defineResourceType, type ResourceContext } from "../../resource-types/resource-type.ts";
import { isRecord } from "../../resource-types/wire-values.ts";
import { invalid } from "./change-errors.ts";
import { type IndexUpdate, tableAttributes } from "./change-indexes.ts";
import { changeTable, setRecovery, setTimeToLive } from "./change-table.ts";
import type { DynamoDbService } from "./service.ts";
import { Table } from "./table.ts";
import { checkTable } from "./table-checks.ts";
import { indexesOf, newIndexOf, schemaOf, settingsOf, type TableInputs, tableInputs } from "./table-inputs.ts";
import { outputsOf } from "./table-outputs.ts";
import type { StreamViewType } from "./table-stream.ts";

/** aws:dynamodb/table:Table. */
export const tableType = defineResourceType<TableInputs, DynamoDbService>({
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
  // As the real provider has it: an attribute is nothing but a part of a key, so it changes with an index, or makes no difference.
  suppressDiffs: (changed) => (changed.includes("globalSecondaryIndexes") ? [] : ["attributes"]),
  check: (inputs, context) => checkTable(inputs, findTable(inputs.name, context)),
  create(inputs, context) {
    if (inputs.billingMode === "PROVISIONED" && !(inputs.readCapacity && inputs.writeCapacity)) {
      // `check` lets a table that is there keep what it has; one that takes its place has nothing to keep.
      throw invalid("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
    }
    const { store, accountId, region, partition } = context;
    const table = new Table({
      ports: store.ports,
      accountId,
      region,
      partition,
      name: inputs.name,
      schema: schemaOf(inputs),
      settings: settingsOf(inputs),
    });
    store.add(table);
    table.setIndexes(indexesOf(inputs));
    applySettings(table, inputs, context);
    return { id: table.name, outputs: outputsOf(table, inputs, context) };
  },
  read(id, state, context) {
    const table = findTable(id, context);
    return table && outputsOf(table, state, context);
  },
  update(id, inputs, olds, context) {
    const table = requireTable(id, context);
    applyIndexesAndCapacity(table, inputs);
    applySettings(table, inputs, context);
    return outputsOf(table, { ...inputs, streamViewType: inputs.streamViewType ?? olds["streamViewType"] }, context);
  },
  delete(id, _state, context) {
    const table = findTable(id, context);
    if (table) context.store.delete(table);
  },
});

function findTable(name: string, context: ResourceContext<DynamoDbService>): Table | undefined {
  const arn = `arn:${context.partition}:dynamodb:${context.region}:${context.accountId}:table/${name}`;
  return context.store.find(arn);
}

function requireTable(id: string, context: ResourceContext<DynamoDbService>): Table {
  const table = findTable(id, context);
  if (table) return table;
  throw new AwsError(
    "ResourceNotFoundException",
    `The table ${id} is not in the local cloud, which keeps nothing when it ends; run \`pulumi up --refresh\` to build it again.`,
  );
}

/**
 * What CreateTable does at once and UpdateTable one by one, in the real provider's order: indexes go, capacity and billing mode change, indexes come.
 * What the program leaves out stays.
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
  // A table that comes from on demand has none to keep: one unit, as the real provider assumes.
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

/** All settings that a new table is made without, or that change one by one: the same after a create and an update. */
function applySettings(table: Table, inputs: TableInputs, context: ResourceContext<DynamoDbService>): void {
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
  settings.tags = tagsAll(inputs.tags, context);
}

/** A stream that is to show something else must be switched off first. */
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

/** `{ enabled: false }` whatever else is said, else the form that is given. */
function offOr(form: (value: Readonly<Record<string, unknown>>) => unknown): (value: unknown) => unknown {
  return (value) => {
    if (!isRecord(value)) return value;
    return value["enabled"] === true ? form(value) : { enabled: false };
  };
}

/** Indexes by name, with one way to say their keys; no capacity is a capacity of 0, no non-key attributes are an empty list of them. */
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
