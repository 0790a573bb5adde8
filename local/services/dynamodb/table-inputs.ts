import { z } from "zod";
import type { IndexSettings } from "./index-entries.ts";
import type { KeySchema } from "./keys.ts";
import type { TableSettings } from "./table.ts";

const capacity = z.number().int().min(1).optional();

/** Arguments of aws:dynamodb/table:Table that the local cloud has. */
export const tableInputs = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9_.-]{3,255}$/, "must be 3 to 255 of a-z, A-Z, 0-9, _ . -"),
  attributes: z.array(z.strictObject({ name: z.string().min(1), type: z.enum(["S", "N", "B"]) })).min(1),
  hashKey: z.string(),
  rangeKey: z.string().optional(),
  billingMode: z.enum(["PROVISIONED", "PAY_PER_REQUEST"]).default("PROVISIONED"),
  readCapacity: z.number().int().min(0).optional(),
  writeCapacity: z.number().int().min(0).optional(),
  globalSecondaryIndexes: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-zA-Z0-9_.-]{3,255}$/, "must be 3 to 255 of a-z, A-Z, 0-9, _ . -"),
        hashKey: z.string().optional(),
        rangeKey: z.string().optional(),
        /** What `hashKey` and `rangeKey` say too; one of each is supported. */
        keySchemas: z
          .array(z.strictObject({ attributeName: z.string(), keyType: z.enum(["HASH", "RANGE"]) }))
          .max(2)
          .optional(),
        projectionType: z.enum(["ALL", "KEYS_ONLY", "INCLUDE"]),
        nonKeyAttributes: z.array(z.string()).optional(),
        readCapacity: capacity,
        writeCapacity: capacity,
      }),
    )
    .max(20)
    .optional(),
  ttl: z.strictObject({ attributeName: z.string().optional(), enabled: z.boolean().optional() }).optional(),
  pointInTimeRecovery: z
    .strictObject({ enabled: z.boolean(), recoveryPeriodInDays: z.number().int().min(1).max(35).optional() })
    .optional(),
  serverSideEncryption: z.strictObject({ enabled: z.boolean(), kmsKeyArn: z.string().optional() }).optional(),
  streamEnabled: z.boolean().optional(),
  streamViewType: z.enum(["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"]).optional(),
  deletionProtectionEnabled: z.boolean().default(false),
  tableClass: z.enum(["STANDARD", "STANDARD_INFREQUENT_ACCESS"]).default("STANDARD"),
  tags: z.record(z.string(), z.string()).optional(),
});

export type TableInputs = z.infer<typeof tableInputs>;
type IndexInputs = NonNullable<TableInputs["globalSecondaryIndexes"]>[number];

/** A key by the names of its attributes, with the types that `attributes` gives them. */
export function schemaOf(inputs: TableInputs, hashKey: string, rangeKey: string | undefined): KeySchema {
  const attribute = (name: string) => ({
    name,
    type: inputs.attributes.find((candidate) => candidate.name === name)?.type ?? "S",
  });
  return { hash: attribute(hashKey), range: rangeKey === undefined ? undefined : attribute(rangeKey) };
}

/** The indexes that are asked for. */
export function indexesOf(inputs: TableInputs): IndexSettings[] {
  return (inputs.globalSecondaryIndexes ?? []).map((index) => {
    const { hashKey, rangeKey } = indexKeys(index);
    return {
      name: index.name,
      schema: schemaOf(inputs, hashKey ?? "", rangeKey),
      projectionType: index.projectionType,
      nonKeyAttributes: index.nonKeyAttributes ?? [],
      readCapacity: index.readCapacity ?? 0,
      writeCapacity: index.writeCapacity ?? 0,
    };
  });
}

/** The settings that are asked for, with AWS's defaults. */
export function settingsOf(inputs: TableInputs, defaultTags: Readonly<Record<string, string>>): TableSettings {
  const { pointInTimeRecovery: recovery, serverSideEncryption: encryption, ttl } = inputs;
  const isProvisioned = inputs.billingMode === "PROVISIONED";
  return {
    billingMode: inputs.billingMode,
    readCapacity: isProvisioned ? (inputs.readCapacity ?? 0) : 0,
    writeCapacity: isProvisioned ? (inputs.writeCapacity ?? 0) : 0,
    ttlAttribute: ttl?.enabled ? ttl.attributeName : undefined,
    recoveryDays: recovery?.enabled ? (recovery.recoveryPeriodInDays ?? 35) : undefined,
    isEncryptedByKms: encryption?.enabled ?? false,
    kmsKeyArn: encryption?.enabled ? encryption.kmsKeyArn : undefined,
    isDeletionProtected: inputs.deletionProtectionEnabled,
    tableClass: inputs.tableClass,
    tags: { ...defaultTags, ...inputs.tags },
  };
}

/** The mistakes that the schema does not see, one entry each. */
export function checkTable(inputs: TableInputs): { property: string; reason: string }[] {
  const failures: { property: string; reason: string }[] = [];
  const fail = (property: string, reason: string) => failures.push({ property, reason });
  const isProvisioned = inputs.billingMode === "PROVISIONED";
  const used = new Set([inputs.hashKey, ...(inputs.rangeKey === undefined ? [] : [inputs.rangeKey])]);

  const names = new Set<string>();
  for (const index of inputs.globalSecondaryIndexes ?? []) {
    const where = `globalSecondaryIndexes "${index.name}"`;
    if (names.has(index.name)) fail("globalSecondaryIndexes", `Duplicate index name: ${index.name}`);
    names.add(index.name);
    const { hashKey, rangeKey } = indexKeys(index);
    if (hashKey === undefined) fail("globalSecondaryIndexes", `${where} has no hashKey`);
    for (const name of [hashKey, rangeKey]) if (name !== undefined) used.add(name);
    if (isProvisioned && !(index.readCapacity && index.writeCapacity)) {
      fail(
        "globalSecondaryIndexes",
        `${where}: readCapacity and writeCapacity must be at least 1 when billingMode is PROVISIONED`,
      );
    }
    if ((index.projectionType === "INCLUDE") !== (index.nonKeyAttributes ?? []).length > 0) {
      fail("globalSecondaryIndexes", `${where}: nonKeyAttributes goes with projectionType INCLUDE, and only with it`);
    }
  }

  const defined = new Set(inputs.attributes.map(({ name }) => name));
  const missing = [...used].filter((name) => !defined.has(name));
  const unused = [...defined].filter((name) => !used.has(name));
  if (missing.length > 0)
    fail("attributes", `all indexes must match a defined attribute. Unmatched indexes: ${missing.join(", ")}`);
  if (unused.length > 0) fail("attributes", `all attributes must be indexed. Unused attributes: ${unused.join(", ")}`);
  if (inputs.rangeKey === inputs.hashKey) fail("rangeKey", "rangeKey must not be the hashKey");

  for (const property of ["readCapacity", "writeCapacity"] as const) {
    if (isProvisioned && !inputs[property]) {
      fail(property, `${property} must be at least 1 when billingMode is PROVISIONED`);
    }
    if (!isProvisioned && inputs[property])
      fail(property, `${property} must not be set when billingMode is PAY_PER_REQUEST`);
  }
  if (inputs.streamEnabled && inputs.streamViewType === undefined) {
    fail("streamViewType", "streamViewType is required when streamEnabled is true");
  }
  if (inputs.ttl?.enabled && !inputs.ttl.attributeName) {
    fail("ttl", "attributeName is required when ttl is enabled");
  }
  return failures;
}

function indexKeys(index: IndexInputs): { hashKey: string | undefined; rangeKey: string | undefined } {
  const key = (type: "HASH" | "RANGE") =>
    index.keySchemas?.find((candidate) => candidate.keyType === type)?.attributeName;
  return { hashKey: index.hashKey ?? key("HASH"), rangeKey: index.rangeKey ?? key("RANGE") };
}
