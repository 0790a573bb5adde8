import { z } from "zod";
import type { Call, Operation } from "../../../kernel/service.ts";
import {
  addKeyToPlan,
  changeApiKey,
  changeUsagePlan,
  deleteApiKey,
  deleteUsagePlan,
  removeKeyFromPlan,
} from "../control/client.ts";
import { describeKey, describePlan, describePlanKey } from "../describe.ts";
import { checkedPath, flag, numeral, type PatchPath, type PatchPaths, readValue, textPath } from "../patch.ts";
import { type ApiGatewayService, inPlace } from "../service.ts";
import { badRequest, found, type KeySettings, type PlanSettings } from "../state.ts";
import { page } from "./api-operations.ts";
import { gatewayOperation, operationsOf } from "./define.ts";

/** Query parameters are text. */
const includes = z.union([z.boolean(), flag]).optional();
const text = z.string().min(1, "must be non-empty");

const keyPaths: PatchPaths<KeySettings> = {
  "/name": checkedPath("name", text),
  "/description": textPath("description"),
  "/enabled": checkedPath("isEnabled", flag),
};

const limit = numeral.pipe(z.number().min(0));

function throttlePath(name: "rateLimit" | "burstLimit"): PatchPath<PlanSettings> {
  return {
    ops: ["add", "replace"],
    apply: (plan, value) => ({
      ...plan,
      throttle: { rateLimit: 0, burstLimit: 0, ...plan.throttle, [name]: readValue(name, limit, value) },
    }),
  };
}

function quotaPath<T>(name: "limit" | "period", read: z.ZodType<T>): PatchPath<PlanSettings> {
  return {
    ops: ["add", "replace"],
    apply: (plan, value) => ({
      ...plan,
      quota: { limit: 1, period: "DAY", ...plan.quota, [name]: readValue(name, read, value) },
    }),
  };
}

const planPaths: PatchPaths<PlanSettings> = {
  "/name": checkedPath("name", text),
  "/description": textPath("description"),
  "/apiStages": {
    ops: ["add", "remove"],
    apply(plan, value = "", _names, op) {
      const others = plan.stages.filter((stage) => stage !== value);
      const isThere = others.length < plan.stages.length;
      if (!/^[^:]+:[^:]+$/.test(value) || (op === "remove" && !isThere))
        throw badRequest("Invalid API Stage specified");
      return { ...plan, stages: op === "remove" ? others : [...others, value] };
    },
  },
  "/throttle": { ops: ["remove"], apply: (plan) => ({ ...plan, throttle: undefined }) },
  "/throttle/rateLimit": throttlePath("rateLimit"),
  "/throttle/burstLimit": throttlePath("burstLimit"),
  "/quota": { ops: ["remove"], apply: (plan) => ({ ...plan, quota: undefined }) },
  "/quota/limit": quotaPath("limit", numeral.pipe(z.int().min(1))),
  "/quota/period": quotaPath("period", z.enum(["DAY", "WEEK", "MONTH"])),
};

/** Keys and usage plans. A change counts at once. */
export function clientOperations(gateway: ApiGatewayService): Readonly<Record<string, Operation>> {
  const plan = (params: { usagePlanId: string }, call: Call) => gateway.planIn(call, params.usagePlanId);
  const ofPlan = z.strictObject({ usagePlanId: z.string() });
  const ofPlanKey = ofPlan.extend({ keyId: z.string() });
  const planKey = (params: z.output<typeof ofPlanKey>, call: Call) => {
    const isIn = plan(params, call).keyIds.has(params.keyId);
    return found(isIn ? gateway.apiKeys.get(params.keyId) : undefined, "Invalid Usage Plan Key identifier specified");
  };
  return {
    GetApiKeys: gatewayOperation({
      verb: "GET",
      path: () => "/apikeys",
      input: z.strictObject({ ...page, name: z.string().optional(), includeValues: includes }),
      run: (params, call) => ({
        item: [...gateway.apiKeys.values()]
          .filter((key) => inPlace(key, call) && key.settings.name.startsWith(params.name ?? ""))
          .map((key) => describeKey(key, gateway.usagePlans.values(), params.includeValues ?? false)),
      }),
    }),
    ...operationsOf({
      name: "ApiKey",
      input: z.strictObject({ apiKey: z.string() }),
      path: ({ apiKey }) => `/apikeys/${apiKey}`,
      find: ({ apiKey }, call) => gateway.keyIn(call, apiKey),
      describe: (key) => describeKey(key, gateway.usagePlans.values(), false),
      patch: {
        paths: keyPaths,
        settings: (key) => key.settings,
        change: ({ apiKey: id }, settings, call) =>
          changeApiKey(gateway, { place: call, id, settings, now: gateway.ports.clock.now() }),
      },
      remove: ({ apiKey }, call) => deleteApiKey(gateway, call, apiKey),
    }),
    GetApiKey: gatewayOperation({
      verb: "GET",
      path: ({ apiKey }) => `/apikeys/${apiKey}`,
      input: z.strictObject({ apiKey: z.string(), includeValue: includes }),
      run: ({ apiKey, includeValue }, call) =>
        describeKey(gateway.keyIn(call, apiKey), gateway.usagePlans.values(), includeValue ?? false),
    }),
    GetUsagePlans: gatewayOperation({
      verb: "GET",
      path: () => "/usageplans",
      input: z.strictObject({ ...page, keyId: z.string().optional() }),
      run: ({ keyId }, call) => ({
        item: [...gateway.usagePlans.values()]
          .filter((one) => inPlace(one, call) && (keyId === undefined || one.keyIds.has(keyId)))
          .map(describePlan),
      }),
    }),
    ...operationsOf({
      name: "UsagePlan",
      input: ofPlan,
      path: ({ usagePlanId }) => `/usageplans/${usagePlanId}`,
      find: plan,
      describe: describePlan,
      patch: {
        paths: planPaths,
        settings: (one) => one.settings,
        change: ({ usagePlanId: id }, settings, call) => changeUsagePlan(gateway, { place: call, id, settings }),
      },
      remove: ({ usagePlanId }, call) => deleteUsagePlan(gateway, call, usagePlanId),
    }),
    GetUsagePlanKeys: gatewayOperation({
      verb: "GET",
      path: ({ usagePlanId }) => `/usageplans/${usagePlanId}/keys`,
      input: ofPlan.extend(page),
      run: (params, call) => ({
        item: [...plan(params, call).keyIds].flatMap((id) => {
          const key = gateway.apiKeys.get(id);
          return key ? [describePlanKey(key)] : [];
        }),
      }),
    }),
    ...operationsOf({
      name: "UsagePlanKey",
      input: ofPlanKey,
      path: ({ usagePlanId, keyId }) => `/usageplans/${usagePlanId}/keys/${keyId}`,
      find: planKey,
      describe: describePlanKey,
      remove: ({ usagePlanId, keyId }, call) => removeKeyFromPlan(gateway, call, usagePlanId, keyId),
    }),
    CreateUsagePlanKey: gatewayOperation({
      verb: "POST",
      path: ({ usagePlanId }) => `/usageplans/${usagePlanId}/keys`,
      input: ofPlanKey.extend({ keyType: z.literal("API_KEY") }),
      run(params, call) {
        addKeyToPlan(gateway, call, params.usagePlanId, params.keyId);
        return describePlanKey(planKey(params, call));
      },
    }),
  };
}
