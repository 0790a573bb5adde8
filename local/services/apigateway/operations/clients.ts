import { z } from "zod";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Inputs } from "../../../wire/models/apigateway.ts";
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
import { gatewayOperation, operationsOf } from "./define.ts";

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

/** API keys and usage plans. Changes are effective at once. */
export function clientOperations(store: ApiGatewayStore): Readonly<Record<string, Operation>> {
  const plan = (params: { usagePlanId: string }, call: Call) => store.plans.require(params.usagePlanId, call);
  const planKey = (params: { usagePlanId: string; keyId: string }, call: Call) => {
    const isIn = plan(params, call).keyIds.has(params.keyId);
    return found(isIn ? store.keys.find(params.keyId) : undefined, "Invalid Usage Plan Key identifier specified");
  };
  return defineOperations<Inputs>({
    GetApiKeys: gatewayOperation({
      verb: "GET",
      path: () => "/apikeys",
      run: (params, call) => ({
        item: store.keys
          .list(call)
          .filter((key) => key.settings.name.startsWith(params.nameQuery ?? ""))
          .map((key) => describeKey(key, store.plans.list(), params.includeValues ?? false)),
      }),
    }),
    ...operationsOf({
      name: "ApiKey",
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
      run: ({ apiKey, includeValue }, call) =>
        describeKey(store.keys.require(apiKey, call), store.plans.list(), includeValue ?? false),
    }),
    GetUsagePlans: gatewayOperation({
      verb: "GET",
      path: () => "/usageplans",
      run: ({ keyId }, call) => ({
        item: store.plans
          .list(call)
          .filter((one) => keyId === undefined || one.keyIds.has(keyId))
          .map(describePlan),
      }),
    }),
    ...operationsOf({
      name: "UsagePlan",
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
      run: (params, call) => ({
        item: [...plan(params, call).keyIds].flatMap((id) => {
          const key = store.keys.find(id);
          return key ? [describePlanKey(key)] : [];
        }),
      }),
    }),
    ...operationsOf({
      name: "UsagePlanKey",
      path: ({ usagePlanId, keyId }) => `/usageplans/${usagePlanId}/keys/${keyId}`,
      find: planKey,
      describe: describePlanKey,
      remove: ({ usagePlanId, keyId }, call) => removeKeyFromPlan(store, call, usagePlanId, keyId),
    }),
    CreateUsagePlanKey: gatewayOperation({
      verb: "POST",
      path: ({ usagePlanId }) => `/usageplans/${usagePlanId}/keys`,
      run(params, call) {
        if (params.keyType !== "API_KEY") throw badRequest("Invalid key type specified. Must be API_KEY");
        addKeyToPlan(store, call, params.usagePlanId, params.keyId);
        return describePlanKey(planKey(params, call));
      },
    }),
  });
}
