import { assumeForService } from "../../../accounts/service-role.ts";
import { AwsError, NotSupportedError } from "../../../kernel/errors.ts";
import type { Place } from "../../../kernel/place.ts";
import type { Tags } from "../../../resource-types/default-tags.ts";
import { checkLogFormat } from "../access-log.ts";
import type { RestApi, StageSettings } from "../api.ts";
import type { UsagePlan } from "../client.ts";
import { compileApi } from "../compile.ts";
import { badRequest, conflict } from "../errors.ts";
import { GATEWAY_SESSION } from "../gateway-session.ts";
import { ACCOUNT_THROTTLE, type Throttle } from "../limits.ts";
import { newId } from "../new-id.ts";
import type { ApiGatewayStore } from "../store.ts";
import { type Mistake, refuse, thrown } from "./mistakes.ts";

// Creates and changes deployments and stages, for the resource types and the operations. Every function throws AWS's
// own errors, and then has changed nothing.

/** Creates a deployment, a snapshot of the API; returns its id. */
export function createDeployment(api: RestApi, description: string | undefined, now: number): string {
  const id = newId(6);
  api.deployments.set(id, { id, api: compileApi(api.definition), createdAt: now, description });
  return id;
}

/** Deletes a deployment, which no stage may serve. */
export function deleteDeployment(api: RestApi, id: string): void {
  api.deployment(id);
  if ([...api.stages.values()].some((stage) => stage.settings.deploymentId === id)) {
    throw badRequest("Active stages pointing to this deployment must be moved or deleted");
  }
  api.deployments.delete(id);
}

/** Mistakes in a stage's access log that do not depend on the account. */
export function accessLogMistakes(accessLog: StageSettings["accessLog"]): readonly Mistake[] {
  if (!accessLog) return [];
  const isLogGroup = /^arn:[^:]+:logs:[^:]+:\d{12}:log-group:[^:]+/.test(accessLog.logGroupArn);
  const isFirehose = /^arn:[^:]+:firehose:/.test(accessLog.logGroupArn);
  const destination = isFirehose
    ? new NotSupportedError(`the access log destination ${accessLog.logGroupArn}`, "a log group's ARN")
    : badRequest(
        "Invalid ARN specified in the request. ARNs must start with 'arn:aws:firehose' or 'arn:aws:logs' and must contain a log group",
      );
  const format = thrown(AwsError, () => checkLogFormat(accessLog.format));
  return [
    ...(isLogGroup ? [] : [{ path: ["accessLogSettings", "destinationArn"], error: destination }]),
    ...(format ? [{ path: ["accessLogSettings", "format"], error: format }] : []),
  ];
}

function checkStage(store: ApiGatewayStore, api: RestApi, { deploymentId, accessLog }: StageSettings): void {
  if (!api.deployments.has(deploymentId)) throw badRequest("Deployment id does not exist");
  if (accessLog && !store.logRole(api)) {
    throw badRequest("CloudWatch Logs role ARN must be set in account settings to enable logging");
  }
  refuse(accessLogMistakes(accessLog));
}

/** Creates a stage that serves a deployment. */
export function createStage(
  store: ApiGatewayStore,
  api: RestApi,
  { name, settings, tags, now }: { name: string; settings: StageSettings; tags: Tags; now: number },
): void {
  if (api.stages.has(name)) throw conflict("Stage already exists");
  checkStage(store, api, settings);
  const times = { createdAt: now, lastUpdatedAt: now };
  api.stages.set(name, { name, ...times, settings, methodSettings: new Map(), tags });
}

/** Changes a stage, at once; another deployment is served at once too. */
export function changeStage(
  store: ApiGatewayStore,
  api: RestApi,
  { name, settings, now }: { name: string; settings: StageSettings; now: number },
): void {
  const stage = api.stage(name);
  checkStage(store, api, settings);
  stage.settings = settings;
  stage.lastUpdatedAt = now;
}

/** Deletes a stage, and removes it from its usage plans. */
export function deleteStage(store: ApiGatewayStore, api: RestApi, name: string): void {
  api.stage(name);
  api.stages.delete(name);
  leavePlans(store.plans.list(), (stage) => stage === `${api.id}:${name}`);
}

/** Deletes an API with all its parts, and removes its stages from their usage plans. */
export function deleteApi(store: ApiGatewayStore, api: RestApi): void {
  store.apis.remove(api);
  leavePlans(store.plans.list(), (stage) => stage.startsWith(`${api.id}:`));
}

function leavePlans(plans: Iterable<UsagePlan>, isGone: (stage: string) => boolean): void {
  for (const plan of plans) {
    plan.settings = { ...plan.settings, stages: plan.settings.stages.filter((stage) => !isGone(stage)) };
  }
}

/** Method paths: all methods, or one of a resource. */
export const METHOD_PATH = /^(\*\/\*|(~1|[\w{}+.:-][\w{}+./:-]*)\/(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY))$/;

/**
 * Sets the throttle of a stage, or of one of its methods, at once; missing limits keep their value, or take the
 * account's.
 */
export function putMethodSettings(api: RestApi, stageName: string, path: string, limits: Partial<Throttle>): void {
  const { methodSettings } = api.stage(stageName);
  methodSettings.set(path, { ...ACCOUNT_THROTTLE, ...methodSettings.get(path), ...limits });
}

/** A method path's own throttle. Throws BadRequestException when it has none. */
export function requireMethodSettings(api: RestApi, stageName: string, path: string): Throttle {
  const settings = api.stage(stageName).methodSettings.get(path);
  if (settings) return settings;
  throw badRequest(`Cannot remove method setting ${path} because there is no method setting for this method `);
}

/** Deletes a method path's own throttle. */
export function deleteMethodSettings(api: RestApi, stageName: string, path: string): void {
  requireMethodSettings(api, stageName, path);
  api.stage(stageName).methodSettings.delete(path);
}

/** Sets the role that writes access logs; undefined removes it. */
export function setLogRole(store: ApiGatewayStore, place: Place, roleArn: string | undefined): void {
  if (roleArn) checkLogRole(store, place.accountId, roleArn);
  store.setLogRole(place, roleArn);
}

function checkLogRole(store: ApiGatewayStore, accountId: string, roleArn: string): void {
  const refusal = thrown(AwsError, () =>
    assumeForService(store.ports, { ...GATEWAY_SESSION, roleArn, sourceAccount: accountId }),
  );
  if (!refusal) return;
  throw badRequest(
    "The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.",
  );
}
