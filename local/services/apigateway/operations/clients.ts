import { z } from "zod";
import type { Call, Operation } from "../../../kernel/service.ts";
import type { KeySettings, PlanSettings } from "../client.ts";
import {
  addKeyToPlan,
  changeApiKey,
  changeUsagePlan,
  deleteApiKey,
  deleteUsagePlan,
  removeKeyFromPlan,
} from "../control/client.ts";
import { describeKey, describePlan, describePlanKey } from "../describe.ts";
import { badRequest, found } from "../errors.ts";
import { checkedPath, flag, numeral, type PatchPath, type PatchPaths, readValue, textPath } from "../patch.ts";
import type { ApiGatewayStore } from "../store.ts";
import { page } from "./apis.ts";
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
export function clientOperations(store: ApiGatewayStore): Readonly<Record<string, Operation>> {
  const plan = (params: { usagePlanId: string }, call: Call) => store.plans.require(params.usagePlanId, call);
  const ofPlan = z.strictObject({ usagePlanId: z.string() });
  const ofPlanKey = ofPlan.extend({ keyId: z.string() });
  const planKey = (params: z.output<typeof ofPlanKey>, call: Call) => {
    const isIn = plan(params, call).keyIds.has(params.keyId);
    return found(isIn ? store.keys.find(params.keyId) : undefined, "Invalid Usage Plan Key identifier specified");
  };
  return {
    GetApiKeys: gatewayOperation({
      verb: "GET",
      path: () => "/apikeys",
      input: z.strictObject({ ...page, name: z.string().optional(), includeValues: includes }),
      run: (params, call) => ({
        item: store.keys
          .list(call)
          .filter((key) => key.settings.name.startsWith(params.name ?? ""))
          .map((key) => describeKey(key, store.plans.list(), params.includeValues ?? false)),
      }),
    }),
    ...operationsOf({
      name: "ApiKey",
      input: z.strictObject({ apiKey: z.string() }),
      path: ({ apiKey }) => `/apikeys/${apiKey}`,
      find: ({ apiKey }, call) => store.keys.require(apiKey, call),
      describe: (key) => describeKey(key, store.plans.list(), false),
      patch: {
        paths: keyPaths,
        settings: (key) => key.settings,
        change: ({ apiKey: id }, settings, call) =>
          changeApiKey(store, { place: call, id, settings, now: store.ports.clock.now() }),
      },
      remove: ({ apiKey }, call) => deleteApiKey(store, call, apiKey),
    }),
    GetApiKey: gatewayOperation({
      verb: "GET",
      path: ({ apiKey }) => `/apikeys/${apiKey}`,
      input: z.strictObject({ apiKey: z.string(), includeValue: includes }),
      run: ({ apiKey, includeValue }, call) =>
        describeKey(store.keys.require(apiKey, call), store.plans.list(), includeValue ?? false),
    }),
    GetUsagePlans: gatewayOperation({
      verb: "GET",
      path: () => "/usageplans",
      input: z.strictObject({ ...page, keyId: z.string().optional() }),
      run: ({ keyId }, call) => ({
        item: store.plans
          .list(call)
          .filter((one) => keyId === undefined || one.keyIds.has(keyId))
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
        change: ({ usagePlanId: id }, settings, call) => changeUsagePlan(store, { place: call, id, settings }),
      },
      remove: ({ usagePlanId }, call) => deleteUsagePlan(store, call, usagePlanId),
    }),
    GetUsagePlanKeys: gatewayOperation({
      verb: "GET",
      path: ({ usagePlanId }) => `/usageplans/${usagePlanId}/keys`,
      input: ofPlan.extend(page),
      run: (params, call) => ({
        item: [...plan(params, call).keyIds].flatMap((id) => {
          const key = store.keys.find(id);
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
      remove: ({ usagePlanId, keyId }, call) => removeKeyFromPlan(store, call, usagePlanId, keyId),
    }),
    CreateUsagePlanKey: gatewayOperation({
      verb: "POST",
      path: ({ usagePlanId }) => `/usageplans/${usagePlanId}/keys`,
      input: ofPlanKey.extend({ keyType: z.literal("API_KEY") }),
      run(params, call) {
        addKeyToPlan(store, call, params.usagePlanId, params.keyId);
        return describePlanKey(planKey(params, call));
      },
    }),
  };
}
