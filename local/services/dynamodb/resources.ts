import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { PolicyDocument } from "../../accounts/policy.ts";
import { AwsError } from "../../errors.ts";
import {
  defineResourceType,
  type Properties,
  type ProviderFunction,
  type ResourceContext,
  type ResourceType,
} from "../../provider/resource-type.ts";
import { isAwsManagedKey } from "../kinesis/kms.ts";
import { parsePolicy } from "../resource-policy.ts";
import { Table } from "./table.ts";
import { checkTable, indexesOf, schemaOf, settingsOf, type TableInputs, tableInputs } from "./table-inputs.ts";
import type { StreamViewType } from "./table-stream.ts";

function viewTypeOf(inputs: TableInputs): StreamViewType | undefined {
  return inputs.streamEnabled ? inputs.streamViewType : undefined;
}

function outputsOf(table: Table, inputs: Properties): Properties {
  const { settings } = table;
  const latest = table.stream ?? table.latestStream;
  return {
    ...inputs,
    name: table.name,
    arn: table.arn,
    region: table.region,
    billingMode: settings.billingMode,
    readCapacity: settings.readCapacity,
    writeCapacity: settings.writeCapacity,
    streamEnabled: table.stream !== undefined,
    streamArn: latest?.arn ?? "",
    streamLabel: latest?.label ?? "",
    streamViewType: table.stream?.viewType ?? "",
    ttl: { attributeName: settings.ttlAttribute ?? "", enabled: settings.ttlAttribute !== undefined },
    pointInTimeRecovery: {
      enabled: settings.recoveryDays !== undefined,
      recoveryPeriodInDays: settings.recoveryDays ?? 0,
    },
    serverSideEncryption: { enabled: settings.isEncryptedByKms, kmsKeyArn: settings.kmsKeyArn ?? "" },
    deletionProtectionEnabled: settings.isDeletionProtected,
    tableClass: settings.tableClass,
    tagsAll: settings.tags,
  };
}

function find(id: string, context: ResourceContext): Table | undefined {
  const arn = `arn:${context.partition}:dynamodb:${context.region}:${context.accountId}:table/${id}`;
  return context.cloud.services.dynamodb.find(arn);
}

const tableType = defineResourceType<TableInputs>({
  token: "aws:dynamodb/table:Table",
  inputs: tableInputs,
  autoName: { property: "name", maxLength: 255 },
  replaceOn: ["name", "hashKey", "rangeKey"],
  check(inputs) {
    const failures = checkTable(inputs);
    const key = inputs.serverSideEncryption?.kmsKeyArn;
    if (key?.includes("alias/") && !isAwsManagedKey(key)) {
      const reason = `KeyARN must be a key's ARN, not an alias (${key})`;
      failures.push({ property: "serverSideEncryption", reason });
    }
    return failures;
  },
  create(inputs, context) {
    const settings = settingsOf(inputs, context.defaultTags);
    const { cloud, accountId, region, partition } = context;
    const table = new Table({
      cloud,
      accountId,
      region,
      partition,
      name: inputs.name,
      schema: schemaOf(inputs, inputs.hashKey, inputs.rangeKey),
      settings,
    });
    cloud.services.dynamodb.add(table);
    table.setIndexes(indexesOf(inputs));
    table.setStream(viewTypeOf(inputs));
    return { id: table.name, outputs: outputsOf(table, inputs) };
  },
  read(id, state, context) {
    const table = find(id, context);
    return table && outputsOf(table, state);
  },
  update(id, inputs, _olds, context) {
    const table = find(id, context);
    if (!table) {
      throw new AwsError(
        "ResourceNotFoundException",
        `The table ${id} is not in the local cloud, which keeps nothing when it ends; run \`pulumi up --refresh\` to build it again.`,
      );
    }
    const { ttlAttribute, ...settings } = settingsOf(inputs, context.defaultTags);
    Object.assign(table.settings, settings);
    table.setTtl(ttlAttribute);
    table.setIndexes(indexesOf(inputs));
    table.setStream(viewTypeOf(inputs));
    return outputsOf(table, inputs);
  },
  delete(id, _state, context) {
    const table = find(id, context);
    if (!table) return;
    if (table.settings.isDeletionProtected) {
      throw new AwsError(
        "ValidationException",
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
      );
    }
    context.cloud.services.dynamodb.remove(table);
  },
});

const policyInputs = z.strictObject({
  resourceArn: z
    .string()
    .regex(/:table\/[^/]+$/, "must be a table's ARN; the local cloud does not support policies of streams"),
  policy: z.string(),
  confirmRemoveSelfResourceAccess: z.boolean().optional(),
});

const resourcePolicyType = defineResourceType<z.infer<typeof policyInputs>>({
  token: "aws:dynamodb/resourcePolicy:ResourcePolicy",
  inputs: policyInputs,
  replaceOn: ["resourceArn"],
  create(inputs, context) {
    setPolicy(inputs.resourceArn, parsePolicy(inputs.policy), context);
    return { id: inputs.resourceArn, outputs: { ...inputs, revisionId: randomUUID() } };
  },
  read: (id, state, context) => (context.cloud.services.dynamodb.find(id)?.resourcePolicy ? state : undefined),
  update(id, inputs, _olds, context) {
    setPolicy(id, parsePolicy(inputs.policy), context);
    return { ...inputs, revisionId: randomUUID() };
  },
  delete(id, _state, context) {
    if (context.cloud.services.dynamodb.find(id)) setPolicy(id, undefined, context);
  },
});

function setPolicy(tableArn: string, policy: PolicyDocument | undefined, context: ResourceContext): void {
  const table = context.cloud.services.dynamodb.find(tableArn);
  if (!table)
    throw new AwsError("ResourceNotFoundException", `Requested resource not found: Table: ${tableArn} not found`);
  table.resourcePolicy = policy;
}

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType[] = [tableType, resourcePolicyType];

/** The functions (invokes) of this service. */
export const providerFunctions: readonly ProviderFunction[] = [];
