import { z } from "zod";
import { UserError } from "../../kernel/errors.ts";
import { define } from "../../resource-types/define.ts";
import type { Properties, ResourceType } from "../../resource-types/resource-type.ts";
import { RETENTION_DAYS } from "./limits.ts";
import type { LogGroup, LogGroupSettings } from "./log-group.ts";
import { kmsKeyArn, logGroupName, logStreamName } from "./names.ts";
import type { LogsStore } from "./store.ts";

/** 0: events never expire. */
const retentionInDays = [0, ...RETENTION_DAYS];

const groupInputs = z.strictObject({
  name: logGroupName,
  retentionInDays: z
    .number()
    .default(0)
    .refine((days) => retentionInDays.includes(days), `must be one of ${retentionInDays.join(", ")}`),
  skipDestroy: z.boolean().default(false),
  deletionProtectionEnabled: z.boolean().optional(),
  kmsKeyId: kmsKeyArn.optional(),
  logGroupClass: z
    .enum(["STANDARD", "INFREQUENT_ACCESS"], { error: "must be STANDARD or INFREQUENT_ACCESS in the local cloud" })
    .optional(),
  tags: z.record(z.string(), z.string()).optional(),
});
type GroupInputs = z.infer<typeof groupInputs>;

/** @param now the group's settings, which stay where the inputs leave out what AWS decides. */
function settingsOf(inputs: GroupInputs, now?: LogGroupSettings): LogGroupSettings {
  return {
    retentionInDays: inputs.retentionInDays || undefined,
    kmsKeyId: inputs.kmsKeyId,
    logGroupClass: inputs.logGroupClass ?? now?.logGroupClass ?? "STANDARD",
    isDeletionProtected: inputs.deletionProtectionEnabled ?? now?.isDeletionProtected ?? false,
    tags: inputs.tags ?? {},
  };
}

function groupOutputs(group: LogGroup): Properties {
  const { settings } = group;
  return {
    arn: group.arn,
    deletionProtectionEnabled: settings.isDeletionProtected,
    kmsKeyId: settings.kmsKeyId,
    logGroupClass: settings.logGroupClass,
    name: group.name,
    namePrefix: "",
    retentionInDays: settings.retentionInDays ?? 0,
    tags: settings.tags,
  };
}

const groupType = define<GroupInputs, LogsStore>({
  token: "aws:cloudwatch/logGroup:LogGroup",
  inputs: groupInputs,
  autoName: { property: "name", maxLength: 512 },
  replaceOn: ["name", "logGroupClass"],
  computed: ["arn"],
  optionalComputed: ["deletionProtectionEnabled", "logGroupClass"],
  make: (inputs, context) => context.store.add(context, inputs.name, settingsOf(inputs)).name,
  unstored: { skipDestroy: false },
  find(id, _state, context) {
    const group = context.store.named(context, id);
    return group && groupOutputs(group);
  },
  change(id, inputs, context) {
    const group = context.store.require(context, id);
    group.settings = settingsOf(inputs, group.settings);
  },
  remove(id, context, state) {
    if (state["skipDestroy"] !== true) context.store.remove(context, id);
  },
});

const streamInputs = z.strictObject({ name: logStreamName, logGroupName });

const streamType = define<z.infer<typeof streamInputs>, LogsStore>({
  token: "aws:cloudwatch/logStream:LogStream",
  inputs: streamInputs,
  autoName: { property: "name", maxLength: 512 },
  replaceOn: ["*"],
  computed: ["arn"],
  idOf: (importId) => importId.split(":").at(-1) ?? importId,
  stateOf(importId) {
    const [group, stream] = importId.split(":");
    return stream === undefined ? {} : { logGroupName: group };
  },
  make: (inputs, context) => context.store.addStream(context, inputs.logGroupName, inputs.name).name,
  find(id, state, context) {
    const groupName = state["logGroupName"];
    if (typeof groupName !== "string") {
      throw new UserError(`A log stream is imported as <log group>:<log stream>, got ${id}; give its group too.`);
    }
    const stream = context.store.named(context, groupName)?.streams.get(id);
    return stream && { name: id, logGroupName: groupName, arn: stream.arn };
  },
  remove: (id, context, state) => context.store.removeStream(context, String(state["logGroupName"]), id),
});

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType<Properties, LogsStore>[] = [groupType, streamType];
