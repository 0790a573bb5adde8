import { randomBytes } from "node:crypto";
import { z } from "zod";
import { AwsError, NotSupportedError } from "../../../errors.ts";
import { newId, notFound } from "../state.ts";
import { allTags, defineGatewayType, type Place, regionInput, tagsInput } from "./define.ts";

const MANAGED_BY = "Managed by Pulumi";

/** A client's key; its value is made when none is given. */
export const apiKeyType = defineGatewayType({
  token: "aws:apigateway/apiKey:ApiKey",
  inputs: z.strictObject({
    ...regionInput,
    ...tagsInput,
    name: z.string().min(1),
    description: z.string().default(MANAGED_BY),
    enabled: z.boolean().default(true),
    value: z.string().min(20, "API Key value should be at least 20 characters").max(128).optional(),
  }),
  autoName: { property: "name", maxLength: 255 },
  replaceOn: ["value"],
  make(inputs, place) {
    const { accountId, region, gateway } = place;
    const value = inputs.value ?? randomBytes(30).toString("base64url");
    if ([...gateway.apiKeys.values()].some((key) => key.value === value)) {
      throw new AwsError("ConflictException", "API Key already exists", 409);
    }
    const id = newId(10);
    gateway.apiKeys.set(id, {
      id,
      accountId,
      region,
      value,
      createdAt: place.now,
      name: inputs.name,
      description: inputs.description,
      isEnabled: inputs.enabled,
      tags: allTags(inputs.tags, place),
    });
    return id;
  },
  change(id, inputs, place) {
    const key = place.gateway.apiKeys.get(id);
    if (!key) throw notFound("Invalid API Key identifier specified");
    key.name = inputs.name;
    key.description = inputs.description;
    key.isEnabled = inputs.enabled;
    key.tags = allTags(inputs.tags, place);
  },
  computed(id, inputs, place) {
    const key = place.gateway.apiKeys.get(id);
    const createdDate = new Date(key?.createdAt ?? place.now).toISOString();
    return {
      arn: `arn:${place.partition}:apigateway:${place.region}::/apikeys/${id}`,
      value: key?.value,
      createdDate,
      lastUpdatedDate: createdDate,
      tagsAll: allTags(inputs.tags, place),
    };
  },
  exists: (id, _inputs, place) => place.gateway.apiKeys.has(id),
  remove(id, _inputs, place) {
    place.gateway.apiKeys.delete(id);
    for (const plan of place.gateway.usagePlans.values()) plan.keyIds.delete(id);
  },
});

const limit = z.number().min(0);
const usagePlanInputs = z.strictObject({
  ...regionInput,
  ...tagsInput,
  name: z.string().min(1),
  description: z.string().optional(),
  apiStages: z.array(z.strictObject({ apiId: z.string(), stage: z.string() })).default([]),
  throttleSettings: z.strictObject({ rateLimit: limit, burstLimit: limit.int() }).optional(),
  quotaSettings: z
    .strictObject({
      limit: z.number().int().min(1),
      offset: z.number().int().min(0).default(0),
      period: z.enum(["DAY", "WEEK", "MONTH"]),
    })
    .optional(),
});

function planSettings(inputs: z.infer<typeof usagePlanInputs>, place: Place) {
  for (const { apiId, stage } of inputs.apiStages) {
    if (!place.gateway.api(apiId)?.stages.has(stage)) throw notFound(`API Stage not found: ${apiId}:${stage}`);
  }
  const { quotaSettings: quota } = inputs;
  if (quota && quota.offset > 0) {
    throw new NotSupportedError("an offset of a usage plan's quota", "offset 0");
  }
  return {
    name: inputs.name,
    description: inputs.description,
    stages: inputs.apiStages.map(({ apiId, stage }) => `${apiId}:${stage}`),
    throttle: inputs.throttleSettings,
    quota: quota && { limit: quota.limit, period: quota.period },
    tags: allTags(inputs.tags, place),
  };
}

/** What clients may send to which stages. */
export const usagePlanType = defineGatewayType({
  token: "aws:apigateway/usagePlan:UsagePlan",
  inputs: usagePlanInputs,
  autoName: { property: "name", maxLength: 255 },
  replaceOn: [],
  make(inputs, place) {
    const id = newId(6);
    const { accountId, region } = place;
    place.gateway.usagePlans.set(id, { id, accountId, region, keyIds: new Set(), ...planSettings(inputs, place) });
    return id;
  },
  change(id, inputs, place) {
    const plan = place.gateway.usagePlans.get(id);
    if (!plan) throw notFound("Invalid Usage Plan ID specified");
    Object.assign(plan, planSettings(inputs, place));
  },
  computed: (id, inputs, place) => ({
    arn: `arn:${place.partition}:apigateway:${place.region}::/usageplans/${id}`,
    tagsAll: allTags(inputs.tags, place),
  }),
  exists: (id, _inputs, place) => place.gateway.usagePlans.has(id),
  remove(id, _inputs, place) {
    place.gateway.usagePlans.delete(id);
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
  make(inputs, place) {
    const plan = place.gateway.usagePlans.get(inputs.usagePlanId);
    if (!plan) throw notFound("Invalid Usage Plan ID specified");
    if (!place.gateway.apiKeys.has(inputs.keyId)) throw notFound("Invalid API Key identifier specified");
    const others = [...place.gateway.usagePlans.values()].filter((one) => one !== plan && one.keyIds.has(inputs.keyId));
    const taken = others.flatMap((one) => one.stages).find((stage) => plan.stages.includes(stage));
    if (taken) {
      throw new AwsError("ConflictException", `Usage Plan key cannot be in two plans of one stage: ${taken}`, 409);
    }
    plan.keyIds.add(inputs.keyId);
    return inputs.keyId;
  },
  computed: (_id, inputs, place) => {
    const key = place.gateway.apiKeys.get(inputs.keyId);
    return { name: key?.name, value: key?.value };
  },
  exists: (_id, inputs, place) => place.gateway.usagePlans.get(inputs.usagePlanId)?.keyIds.has(inputs.keyId) ?? false,
  remove(_id, inputs, place) {
    place.gateway.usagePlans.get(inputs.usagePlanId)?.keyIds.delete(inputs.keyId);
  },
});
