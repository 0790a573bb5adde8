import { z } from "zod";
import { NotSupportedError } from "../../../kernel/errors.ts";
import { asSet } from "../../../resource-types/canonical.ts";
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
import {
  allTags,
  arnOf,
  defineGatewayType,
  regionInput,
  tagOutputs,
  tagsInput,
  timeText,
  unlessEmpty,
} from "./define.ts";

const MANAGED_BY = "Managed by Pulumi";

const apiKeyInputs = z.strictObject({
  ...regionInput,
  ...tagsInput,
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
  make(inputs, place) {
    const { tags, value } = inputs;
    const settings = keySettings(inputs);
    return createApiKey(place.store, { place, settings, tags: allTags(tags, place), now: place.now, value });
  },
  change(id, inputs, place) {
    changeApiKey(place.store, { place, id, settings: keySettings(inputs), now: place.now });
    place.store.keys.require(id, place).tags = allTags(inputs.tags, place);
  },
  find(id, state, place) {
    const key = place.store.keys.require(id, place);
    const { name, description, isEnabled } = key.settings;
    return {
      name,
      description,
      enabled: isEnabled,
      value: key.value,
      arn: arnOf(place, `/apikeys/${id}`),
      createdDate: timeText(key.createdAt),
      lastUpdatedDate: timeText(key.lastUpdatedAt),
      ...tagOutputs(key.tags, state, place),
    };
  },
  remove: (id, _state, place) => deleteApiKey(place.store, place, id),
});

const usagePlanInputs = z.strictObject({
  ...regionInput,
  ...tagsInput,
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
  make: (inputs, place) =>
    createUsagePlan(place.store, { place, settings: planSettings(inputs), tags: allTags(inputs.tags, place) }),
  change(id, inputs, place) {
    changeUsagePlan(place.store, { place, id, settings: planSettings(inputs) });
    place.store.plans.require(id, place).tags = allTags(inputs.tags, place);
  },
  find(id, state, place) {
    const plan = place.store.plans.require(id, place);
    const { name, description, stages, throttle, quota } = plan.settings;
    return {
      name,
      description,
      apiStages: stages.map((one) => ({ apiId: one.split(":")[0], stage: one.split(":")[1] })),
      throttleSettings: throttle,
      quotaSettings: quota && { ...quota, offset: 0 },
      arn: arnOf(place, `/usageplans/${id}`),
      ...tagOutputs(plan.tags, state, place),
    };
  },
  remove(id, _state, place) {
    // API Gateway deletes no plan that has stages; the real provider takes them out first.
    const { settings } = place.store.plans.require(id, place);
    changeUsagePlan(place.store, { place, id, settings: { ...settings, stages: [] } });
    deleteUsagePlan(place.store, place, id);
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
  make({ usagePlanId, keyId }, place) {
    addKeyToPlan(place.store, place, usagePlanId, keyId);
    return keyId;
  },
  change() {
    // Every argument makes a new one.
  },
  find(_id, { usagePlanId, keyId }, place) {
    const isIn = place.store.plans.require(usagePlanId, place).keyIds.has(keyId);
    const key = found(isIn ? place.store.keys.find(keyId) : undefined, "Invalid Usage Plan Key identifier specified");
    return { usagePlanId, keyId, keyType: "API_KEY", name: key.settings.name, value: key.value };
  },
  remove: (_id, { usagePlanId, keyId }, place) => removeKeyFromPlan(place.store, place, usagePlanId, keyId),
});
