import { z } from "zod";
import { NotSupportedError } from "../../../kernel/errors.ts";
import { asSet } from "../../../resource-types/canonical.ts";
import { regionInput, taggedInput } from "../../../resource-types/define.ts";
import type { KeySettings, PlanSettings } from "../client.ts";
import {
  addKeyToPlan,
  changeApiKey,
  changeUsagePlan,
  createApiKey,
  createUsagePlan,
  deleteApiKey,
  deleteUsagePlan,
  removeKeyFromPlan,
} from "../control/client.ts";
import { found } from "../errors.ts";
import { arnOf, defineGatewayType, timeText, unlessEmpty } from "./define.ts";

const MANAGED_BY = "Managed by Pulumi";

const apiKeyInputs = z.strictObject({
  ...taggedInput,
  name: z.string().min(1),
  description: z.string().default(MANAGED_BY),
  enabled: z.boolean().default(true),
  value: z
    .string()
    .min(20, "API Key value should be at least 20 characters")
    .max(128, "API Key value should be at most 128 characters")
    .optional(),
});

const keySettings = ({ name, description, enabled }: z.output<typeof apiKeyInputs>): KeySettings => ({
  name,
  description,
  isEnabled: enabled,
});

/** A client's key; its value is made when none is given. */
export const apiKeyType = defineGatewayType({
  token: "aws:apigateway/apiKey:ApiKey",
  inputs: apiKeyInputs,
  autoName: { property: "name", maxLength: 255 },
  replaceOn: ["value"],
  computed: ["arn", "createdDate", "lastUpdatedDate"],
  optionalComputed: ["value"],
  recomputed: { lastUpdatedDate: ["*"] },
  secretOutputs: ["value"],
  make(inputs, context) {
    const { tags = {}, value } = inputs;
    const settings = keySettings(inputs);
    return createApiKey(context.store, { place: context, settings, tags, now: context.now, value });
  },
  change(id, inputs, context) {
    changeApiKey(context.store, { place: context, id, settings: keySettings(inputs), now: context.now });
    context.store.keys.require(id, context).tags = inputs.tags ?? {};
  },
  find(id, _state, context) {
    const key = context.store.keys.require(id, context);
    const { name, description, isEnabled } = key.settings;
    return {
      name,
      description,
      enabled: isEnabled,
      value: key.value,
      arn: arnOf(context, `/apikeys/${id}`),
      createdDate: timeText(key.createdAt),
      lastUpdatedDate: timeText(key.lastUpdatedAt),
      tags: key.tags,
    };
  },
  remove: (id, context) => deleteApiKey(context.store, context, id),
});

const usagePlanInputs = z.strictObject({
  ...taggedInput,
  name: z.string().min(1),
  description: z.string().optional(),
  apiStages: z.array(z.strictObject({ apiId: z.string(), stage: z.string() })).default([]),
  throttleSettings: z
    .strictObject({ rateLimit: z.number().min(0).default(0), burstLimit: z.int().min(0).default(0) })
    .optional(),
  quotaSettings: z
    .strictObject({
      limit: z.int().min(1),
      offset: z.int().min(0).default(0),
      period: z.enum(["DAY", "WEEK", "MONTH"]),
    })
    .optional(),
});

function planSettings(inputs: z.output<typeof usagePlanInputs>): PlanSettings {
  const { quotaSettings: quota } = inputs;
  return {
    name: inputs.name,
    description: inputs.description,
    stages: inputs.apiStages.map(({ apiId, stage }) => `${apiId}:${stage}`),
    throttle: inputs.throttleSettings,
    quota: quota && { limit: quota.limit, period: quota.period },
  };
}

/** What clients may send to which stages. */
export const usagePlanType = defineGatewayType({
  token: "aws:apigateway/usagePlan:UsagePlan",
  inputs: usagePlanInputs,
  autoName: { property: "name", maxLength: 255 },
  replaceOn: [],
  computed: ["arn"],
  canonical: { apiStages: asSet, description: unlessEmpty },
  mistakes: ({ quotaSettings }) =>
    (quotaSettings?.offset ?? 0) > 0
      ? [
          {
            path: ["quotaSettings", "offset"],
            error: new NotSupportedError("an offset of a usage plan's quota", "offset 0"),
          },
        ]
      : [],
  make: (inputs, context) =>
    createUsagePlan(context.store, { place: context, settings: planSettings(inputs), tags: inputs.tags ?? {} }),
  change(id, inputs, context) {
    changeUsagePlan(context.store, { place: context, id, settings: planSettings(inputs) });
    context.store.plans.require(id, context).tags = inputs.tags ?? {};
  },
  find(id, _state, context) {
    const plan = context.store.plans.require(id, context);
    const { name, description, stages, throttle, quota } = plan.settings;
    return {
      name,
      description,
      apiStages: stages.map((one) => ({ apiId: one.split(":")[0], stage: one.split(":")[1] })),
      throttleSettings: throttle,
      quotaSettings: quota && { ...quota, offset: 0 },
      arn: arnOf(context, `/usageplans/${id}`),
      tags: plan.tags,
    };
  },
  remove(id, context) {
    // API Gateway deletes no plan that has stages; the real provider takes them out first.
    const { settings } = context.store.plans.require(id, context);
    changeUsagePlan(context.store, { place: context, id, settings: { ...settings, stages: [] } });
    deleteUsagePlan(context.store, context, id);
  },
});

/** A key in a plan. */
export const usagePlanKeyType = defineGatewayType({
  token: "aws:apigateway/usagePlanKey:UsagePlanKey",
  inputs: z.strictObject({
    ...regionInput,
    keyId: z.string(),
    keyType: z.literal("API_KEY"),
    usagePlanId: z.string(),
  }),
  replaceOn: ["keyId", "keyType", "usagePlanId"],
  computed: ["name", "value"],
  secretOutputs: ["value"],
  importName: { format: "USAGE-PLAN-ID/USAGE-PLAN-KEY-ID", parts: ["usagePlanId", "keyId"] },
  make({ usagePlanId, keyId }, context) {
    addKeyToPlan(context.store, context, usagePlanId, keyId);
    return keyId;
  },
  find(_id, { usagePlanId, keyId }, context) {
    const isIn = context.store.plans.require(usagePlanId, context).keyIds.has(keyId);
    const key = found(isIn ? context.store.keys.find(keyId) : undefined, "Invalid Usage Plan Key identifier specified");
    return { usagePlanId, keyId, keyType: "API_KEY", name: key.settings.name, value: key.value };
  },
  remove: (_id, context, { usagePlanId, keyId }) => removeKeyFromPlan(context.store, context, usagePlanId, keyId),
});
