import { randomBytes } from "node:crypto";
import type { Place } from "../../../kernel/place.ts";
import type { Tags } from "../../../resource-types/default-tags.ts";
import type { KeySettings, PlanSettings, UsagePlan } from "../client.ts";
import { badRequest, conflict, notFound } from "../errors.ts";
import { newId } from "../new-id.ts";
import type { ApiGatewayStore } from "../store.ts";

// Creates and changes API keys and usage plans, for the resource types and the operations. Every function throws AWS's
// own errors, and then has changed nothing. No error contains a key's value.

/** Creates an API key; returns its id. @param value default: a random one. */
export function createApiKey(
  store: ApiGatewayStore,
  {
    place,
    settings,
    tags,
    now,
    value = randomBytes(30).toString("base64url"),
  }: {
    place: Place;
    settings: KeySettings;
    tags: Tags;
    now: number;
    value: string | undefined;
  },
): string {
  const { accountId, region } = place;
  const isTaken = store.keys
    .list()
    .some((key) => key.value === value && key.accountId === accountId && key.region === region);
  if (isTaken) throw conflict("API Key already exists");
  const id = newId(10);
  const times = { createdAt: now, lastUpdatedAt: now };
  store.keys.add({ id, accountId, region, value, ...times, settings, tags });
  return id;
}

/** Changes an API key, at once. */
export function changeApiKey(
  store: ApiGatewayStore,
  { place, id, settings, now }: { place: Place; id: string; settings: KeySettings; now: number },
): void {
  const key = store.keys.require(id, place);
  key.settings = settings;
  key.lastUpdatedAt = now;
}

/** Deletes an API key, and removes it from its usage plans. */
export function deleteApiKey(store: ApiGatewayStore, place: Place, id: string): void {
  store.keys.remove(store.keys.require(id, place));
  for (const plan of store.plans.list()) plan.keyIds.delete(id);
}

/** Creates a usage plan; returns its id. */
export function createUsagePlan(
  store: ApiGatewayStore,
  { place, settings, tags }: { place: Place; settings: PlanSettings; tags: Tags },
): string {
  const id = newId(6);
  const { accountId, region } = place;
  const plan: UsagePlan = { id, accountId, region, settings, keyIds: new Set(), tags };
  checkStages(store, plan, settings.stages);
  store.plans.add(plan);
  return id;
}

/** Changes a usage plan, at once. */
export function changeUsagePlan(
  store: ApiGatewayStore,
  { place, id, settings }: { place: Place; id: string; settings: PlanSettings },
): void {
  const plan = store.plans.require(id, place);
  checkStages(
    store,
    plan,
    settings.stages.filter((stage) => !plan.settings.stages.includes(stage)),
  );
  plan.settings = settings;
}

function checkStages(store: ApiGatewayStore, plan: UsagePlan, stages: readonly string[]): void {
  for (const each of stages) {
    const [apiId = "", stage = ""] = each.split(":");
    const api = store.apis.find(apiId);
    const isThere = api?.stages.has(stage) && api.accountId === plan.accountId && api.region === plan.region;
    if (!isThere)
      throw notFound(`Invalid API Stage {api: ${apiId}, stage: ${stage}} specified for usageplan ${plan.id}`);
    for (const keyId of plan.keyIds) checkKeyOfStage(store, plan, keyId, each);
  }
}

/** Deletes a usage plan, which must have no stages. */
export function deleteUsagePlan(store: ApiGatewayStore, place: Place, id: string): void {
  const plan = store.plans.require(id, place);
  const [stage] = plan.settings.stages;
  if (stage !== undefined) {
    throw badRequest(
      `Cannot delete Usage Plan ${id} because there are API Stages associated with it, including ${stage}`,
    );
  }
  store.plans.remove(plan);
}

/** Adds an API key to a usage plan. */
export function addKeyToPlan(store: ApiGatewayStore, place: Place, planId: string, keyId: string): void {
  const plan = store.plans.require(planId, place);
  store.keys.require(keyId, place);
  if (plan.keyIds.has(keyId)) throw conflict(`Usage Plan ${planId} already has the API Key ${keyId}`);
  for (const stage of plan.settings.stages) checkKeyOfStage(store, plan, keyId, stage);
  plan.keyIds.add(keyId);
}

/** A key has at most one plan for each stage; with two, the limits would be ambiguous. */
function checkKeyOfStage(store: ApiGatewayStore, plan: UsagePlan, keyId: string, stage: string): void {
  const other = store.plans
    .list()
    .find((one) => one !== plan && one.keyIds.has(keyId) && one.settings.stages.includes(stage));
  if (other)
    throw conflict(`The API Key ${keyId} is in the Usage Plan ${other.id} of the same API Stage ${stage} already`);
}

/** Removes an API key from a usage plan. */
export function removeKeyFromPlan(store: ApiGatewayStore, place: Place, planId: string, keyId: string): void {
  if (!store.plans.require(planId, place).keyIds.delete(keyId))
    throw notFound("Invalid Usage Plan Key identifier specified");
}
