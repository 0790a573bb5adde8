import { randomBytes } from "node:crypto";
import type { Tags } from "../../../resource-types/default-tags.ts";
import type { ApiGatewayService } from "../service.ts";
import {
  badRequest,
  conflict,
  type KeySettings,
  newId,
  notFound,
  type PlanSettings,
  type UsagePlan,
  type Whereabouts,
} from "../state.ts";

// What makes and changes keys and usage plans, for the resource types and for the operations alike. Everything here throws AWS's own refusals, and has
// changed nothing then. No error says a key's value.

/** A new key; its id. @param value made when none is given. */
export function createApiKey(
  gateway: ApiGatewayService,
  {
    place,
    settings,
    tags,
    now,
    value = randomBytes(30).toString("base64url"),
  }: {
    place: Whereabouts;
    settings: KeySettings;
    tags: Tags;
    now: number;
    value: string | undefined;
  },
): string {
  const { accountId, region } = place;
  const isTaken = [...gateway.apiKeys.values()].some(
    (key) => key.value === value && key.accountId === accountId && key.region === region,
  );
  if (isTaken) throw conflict("API Key already exists");
  const id = newId(10);
  const times = { createdAt: now, lastUpdatedAt: now };
  gateway.apiKeys.set(id, { id, accountId, region, value, ...times, settings, tags });
  return id;
}

/** Changes a key, at once. */
export function changeApiKey(
  gateway: ApiGatewayService,
  { place, id, settings, now }: { place: Whereabouts; id: string; settings: KeySettings; now: number },
): void {
  const key = gateway.keyIn(place, id);
  key.settings = settings;
  key.lastUpdatedAt = now;
}

/** Takes a key away, and out of the plans that have it. */
export function deleteApiKey(gateway: ApiGatewayService, place: Whereabouts, id: string): void {
  gateway.keyIn(place, id);
  gateway.apiKeys.delete(id);
  for (const plan of gateway.usagePlans.values()) plan.keyIds.delete(id);
}

/** A new usage plan; its id. */
export function createUsagePlan(
  gateway: ApiGatewayService,
  { place, settings, tags }: { place: Whereabouts; settings: PlanSettings; tags: Tags },
): string {
  const id = newId(6);
  const { accountId, region } = place;
  const plan: UsagePlan = { id, accountId, region, settings, keyIds: new Set(), tags };
  checkStages(gateway, plan, settings.stages);
  gateway.usagePlans.set(id, plan);
  return id;
}

/** Changes a usage plan, at once. */
export function changeUsagePlan(
  gateway: ApiGatewayService,
  { place, id, settings }: { place: Whereabouts; id: string; settings: PlanSettings },
): void {
  const plan = gateway.planIn(place, id);
  checkStages(
    gateway,
    plan,
    settings.stages.filter((stage) => !plan.settings.stages.includes(stage)),
  );
  plan.settings = settings;
}

function checkStages(gateway: ApiGatewayService, plan: UsagePlan, stages: readonly string[]): void {
  for (const each of stages) {
    const [apiId = "", stage = ""] = each.split(":");
    const api = gateway.apis.get(apiId);
    const isThere = api?.stages.has(stage) && api.accountId === plan.accountId && api.region === plan.region;
    if (!isThere)
      throw notFound(`Invalid API Stage {api: ${apiId}, stage: ${stage}} specified for usageplan ${plan.id}`);
    for (const keyId of plan.keyIds) checkKeyOfStage(gateway, plan, keyId, each);
  }
}

/** Takes a usage plan away that has no stages any more. */
export function deleteUsagePlan(gateway: ApiGatewayService, place: Whereabouts, id: string): void {
  const [stage] = gateway.planIn(place, id).settings.stages;
  if (stage !== undefined) {
    throw badRequest(
      `Cannot delete Usage Plan ${id} because there are API Stages associated with it, including ${stage}`,
    );
  }
  gateway.usagePlans.delete(id);
}

/** Lets a key use a plan's stages. */
export function addKeyToPlan(gateway: ApiGatewayService, place: Whereabouts, planId: string, keyId: string): void {
  const plan = gateway.planIn(place, planId);
  gateway.keyIn(place, keyId);
  if (plan.keyIds.has(keyId)) throw conflict(`Usage Plan ${planId} already has the API Key ${keyId}`);
  for (const stage of plan.settings.stages) checkKeyOfStage(gateway, plan, keyId, stage);
  plan.keyIds.add(keyId);
}

/** A key has one plan at most for each stage, or nobody knew which one counts. */
function checkKeyOfStage(gateway: ApiGatewayService, plan: UsagePlan, keyId: string, stage: string): void {
  const other = [...gateway.usagePlans.values()].find(
    (one) => one !== plan && one.keyIds.has(keyId) && one.settings.stages.includes(stage),
  );
  if (other)
    throw conflict(`The API Key ${keyId} is in the Usage Plan ${other.id} of the same API Stage ${stage} already`);
}

/** Takes a key out of a plan. */
export function removeKeyFromPlan(gateway: ApiGatewayService, place: Whereabouts, planId: string, keyId: string): void {
  if (!gateway.planIn(place, planId).keyIds.delete(keyId))
    throw notFound("Invalid Usage Plan Key identifier specified");
}
