import { z } from "zod";
import { AwsError } from "../../errors.ts";
import {
  defineResourceType,
  type Properties,
  type ProviderFunction,
  type ResourceContext,
  type ResourceType,
} from "../../provider/resource-type.ts";
import { tagsAll } from "../../provider/tags.ts";
import type { LogGroup, LogGroupSettings } from "./log-group.ts";
import { logGroupName, logStreamName } from "./schema.ts";

/** Days that a log group may keep its events; 0 is for ever. */
const RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const groupInputs = z.strictObject({
  name: logGroupName,
  retentionInDays: z
    .number()
    .default(0)
    .refine((days) => RETENTION_DAYS.includes(days), `must be one of ${RETENTION_DAYS.join(", ")}`),
  skipDestroy: z.boolean().default(false),
  deletionProtectionEnabled: z.boolean().default(false),
  kmsKeyId: z.string().startsWith("arn:", "must be the ARN of a key").optional(),
  logGroupClass: z.enum(["STANDARD", "INFREQUENT_ACCESS"]).default("STANDARD"),
  tags: z.record(z.string(), z.string()).optional(),
});
type GroupInputs = z.infer<typeof groupInputs>;

function settingsOf(inputs: GroupInputs, context: ResourceContext): LogGroupSettings {
  return {
    retentionInDays: inputs.retentionInDays || undefined,
    kmsKeyId: inputs.kmsKeyId,
    logGroupClass: inputs.logGroupClass,
    isDeletionProtected: inputs.deletionProtectionEnabled,
    tags: tagsAll(inputs.tags, context),
  };
}

function groupOutputs(group: LogGroup, inputs: Properties, context: ResourceContext): Properties {
  return {
    ...inputs,
    arn: group.arn,
    deletionProtectionEnabled: group.settings.isDeletionProtected,
    logGroupClass: group.settings.logGroupClass,
    name: group.name,
    namePrefix: "",
    region: context.region,
    retentionInDays: group.settings.retentionInDays ?? 0,
    tagsAll: group.settings.tags,
  };
}

const groupType = defineResourceType<GroupInputs>({
  token: "aws:cloudwatch/logGroup:LogGroup",
  inputs: groupInputs,
  autoName: { property: "name", maxLength: 512 },
  replaceOn: ["name", "logGroupClass"],
  create(inputs, context) {
    const { logs } = context.cloud.services;
    const group = logs.createGroup(context, context.partition, inputs.name, settingsOf(inputs, context));
    return { id: inputs.name, outputs: groupOutputs(group, inputs, context) };
  },
  read(id, state, context) {
    const group = context.cloud.services.logs.find(context, id);
    return group && groupOutputs(group, state, context);
  },
  update(id, inputs, _olds, context) {
    const group = requireGroup(id, context);
    group.settings = settingsOf(inputs, context);
    return groupOutputs(group, inputs, context);
  },
  delete(id, state, context) {
    const group = context.cloud.services.logs.find(context, id);
    if (!group || state["skipDestroy"] === true) return;
    if (group.settings.isDeletionProtected) {
      throw new AwsError("OperationAbortedException", `The log group ${id} has deletion protection enabled.`);
    }
    context.cloud.services.logs.deleteGroup(context, id);
  },
});

const streamInputs = z.strictObject({ name: logStreamName, logGroupName });

const streamType = defineResourceType<z.infer<typeof streamInputs>>({
  token: "aws:cloudwatch/logStream:LogStream",
  inputs: streamInputs,
  autoName: { property: "name", maxLength: 512 },
  replaceOn: ["*"],
  create(inputs, context) {
    const group = requireGroup(inputs.logGroupName, context);
    if (group.streams.has(inputs.name)) {
      throw new AwsError("ResourceAlreadyExistsException", "The specified log stream already exists");
    }
    const stream = group.addStream(inputs.name, context.cloud.clock.now());
    return { id: inputs.name, outputs: { ...inputs, arn: stream.arn, region: context.region } };
  },
  read(id, state, context) {
    const stream = context.cloud.services.logs.find(context, String(state["logGroupName"]))?.streams.get(id);
    return stream && { ...state, name: id, arn: stream.arn, region: context.region };
  },
  update: (_id, inputs) => inputs,
  delete(id, state, context) {
    context.cloud.services.logs.find(context, String(state["logGroupName"]))?.streams.delete(id);
  },
});

function requireGroup(name: string, context: ResourceContext): LogGroup {
  const group = context.cloud.services.logs.find(context, name);
  if (group) return group;
  throw new AwsError(
    "ResourceNotFoundException",
    `The log group ${name} is not in the local cloud, which keeps nothing when it ends; run \`pulumi up --refresh\` to build it again.`,
  );
}

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType[] = [groupType, streamType];

/** The functions (invokes) of this service. */
export const providerFunctions: readonly ProviderFunction[] = [];
