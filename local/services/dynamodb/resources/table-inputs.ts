import { z } from "zod";
import { tagMap } from "../../../resource-types/tags.ts";
import type { NewIndex } from "../change-indexes.ts";
import type { KeyAttribute, KeySchema } from "../keys.ts";
import { MAX_INDEXES, MAX_RECOVERY_DAYS } from "../limits.ts";
import type { IndexSettings } from "../table-index.ts";
import type { TableSettings } from "../table-settings.ts";
import { StreamViewType } from "../table-stream.ts";

const capacity = z.number().int().min(0).optional();
const NAME_RULE = "must be 3 to 255 of a-z, A-Z, 0-9, _ . -";
const name = z.string().regex(/^[a-zA-Z0-9_.-]{3,255}$/, NAME_RULE);

/** Inputs of `aws.dynamodb.Table` that the local cloud supports. */
export const tableInputs = z.strictObject({
  name,
  attributes: z.array(z.strictObject({ name: z.string().min(1).max(255), type: z.enum(["S", "N", "B"]) })).optional(),
  hashKey: z.string().min(1),
  rangeKey: z.string().min(1).optional(),
  billingMode: z.enum(["PROVISIONED", "PAY_PER_REQUEST"]).default("PROVISIONED"),
  readCapacity: capacity,
  writeCapacity: capacity,
  globalSecondaryIndexes: z
    .array(
      z.strictObject({
        name,
        hashKey: z.string().min(1).optional(),
        rangeKey: z.string().min(1).optional(),
        /** Another form of `hashKey` and `rangeKey`; the local cloud supports one of each. */
        keySchemas: z
          .array(z.strictObject({ attributeName: z.string().min(1), keyType: z.enum(["HASH", "RANGE"]) }))
          .max(2, "The local cloud supports one HASH and one RANGE key")
          .optional(),
        projectionType: z.enum(["ALL", "KEYS_ONLY", "INCLUDE"]),
        nonKeyAttributes: z.array(z.string().min(1).max(255)).optional(),
        readCapacity: capacity,
        writeCapacity: capacity,
      }),
    )
    .max(MAX_INDEXES)
    .optional(),
  ttl: z.strictObject({ attributeName: z.string().max(255).optional(), enabled: z.boolean().optional() }).optional(),
  pointInTimeRecovery: z
    .strictObject({
      enabled: z.boolean(),
      recoveryPeriodInDays: z.number().int().min(1).max(MAX_RECOVERY_DAYS).optional(),
    })
    .optional(),
  serverSideEncryption: z.strictObject({ enabled: z.boolean(), kmsKeyArn: z.string().optional() }).optional(),
  streamEnabled: z.boolean().default(false),
  streamViewType: z.enum([...Object.values(StreamViewType), ""]).optional(),
  deletionProtectionEnabled: z.boolean().default(false),
  tableClass: z.enum(["STANDARD", "STANDARD_INFREQUENT_ACCESS"]).default("STANDARD"),
  tags: tagMap.optional(),
});

export type TableInputs = z.infer<typeof tableInputs>;
export type IndexInputs = NonNullable<TableInputs["globalSecondaryIndexes"]>[number];

/** The key schema of the table, with types from `attributes`. */
export function schemaOf(inputs: TableInputs): KeySchema {
  return keySchemaOf(inputs.attributes ?? [], inputs.hashKey, inputs.rangeKey);
}

function keySchemaOf(attributes: readonly KeyAttribute[], hashKey: string, rangeKey: string | undefined): KeySchema {
  const attribute = (wanted: string): KeyAttribute => ({
    name: wanted,
    type: attributes.find((candidate) => candidate.name === wanted)?.type ?? "S",
  });
  return { hash: attribute(hashKey), range: rangeKey === undefined ? undefined : attribute(rangeKey) };
}

/**
 * The wanted indexes.
 * @param known attributes of the table, which keep their types whatever the inputs say.
 */
export function indexesOf(inputs: TableInputs, known: readonly KeyAttribute[] = []): IndexSettings[] {
  const attributes = [...known, ...(inputs.attributes ?? [])];
  return (inputs.globalSecondaryIndexes ?? []).map((index) => {
    const { throughput, hashKey, rangeKey, ...rest } = newIndexOf(inputs, index);
    return {
      ...rest,
      schema: keySchemaOf(attributes, hashKey, rangeKey),
      readCapacity: throughput?.read ?? 0,
      writeCapacity: throughput?.write ?? 0,
    };
  });
}

/** One index as UpdateTable creates it; without throughput when the table is on-demand. */
export function newIndexOf({ billingMode }: TableInputs, index: IndexInputs): NewIndex {
  const { hashKey, rangeKey } = indexKeys(index);
  const throughput = { read: index.readCapacity ?? 0, write: index.writeCapacity ?? 0 };
  return {
    name: index.name,
    hashKey: hashKey ?? "",
    rangeKey,
    projectionType: index.projectionType,
    nonKeyAttributes: [...(index.nonKeyAttributes ?? [])].sort(),
    throughput: billingMode === "PROVISIONED" ? throughput : undefined,
  };
}

/** The settings of a new table, with AWS's defaults. TTL, recovery and encryption are applied later. */
export function settingsOf(inputs: TableInputs): TableSettings {
  const isProvisioned = inputs.billingMode === "PROVISIONED";
  return {
    billingMode: inputs.billingMode,
    readCapacity: isProvisioned ? (inputs.readCapacity ?? 0) : 0,
    writeCapacity: isProvisioned ? (inputs.writeCapacity ?? 0) : 0,
    ttlAttribute: undefined,
    recovery: undefined,
    isEncryptedByKms: false,
    kmsKeyArn: undefined,
    isDeletionProtected: inputs.deletionProtectionEnabled,
    tableClass: inputs.tableClass,
    tags: {},
  };
}

/** The key attributes of an index, from either form of the inputs. */
export function indexKeys(index: IndexInputs): { hashKey: string | undefined; rangeKey: string | undefined } {
  const key = (type: "HASH" | "RANGE") =>
    index.keySchemas?.find((candidate) => candidate.keyType === type)?.attributeName;
  return { hashKey: index.hashKey ?? key("HASH"), rangeKey: index.rangeKey ?? key("RANGE") };
}
