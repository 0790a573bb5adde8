import type { z } from "zod";
import { type Call, defineOperation, type Operation } from "../../service.ts";
import { partitionOf } from "../partition.ts";
import { ACCOUNT_THROTTLE } from "./limits.ts";
import { schemas } from "./schema.ts";
import type { ApiGatewayService } from "./service.ts";
import { type ApiKey, notFound, type RestApi, type Stage, type UsagePlan } from "./state.ts";

/** API Gateway's actions are HTTP verbs on paths. */
function reading(path: string) {
  return (_params: unknown, call: Call) => [
    { action: "apigateway:GET", resource: `arn:${partitionOf(call.region)}:apigateway:${call.region}::${path}` },
  ];
}

function read<P>(input: z.ZodType<P>, path: (params: P) => string, run: (params: P, call: Call) => unknown): Operation {
  return defineOperation<P, unknown>({
    input,
    authorize: (params, call) => reading(path(params))(params, call),
    run,
  });
}

const seconds = (time: number) => Math.floor(time / 1000);

function describeApi(api: RestApi) {
  return {
    id: api.id,
    name: api.name,
    description: api.description,
    createdDate: seconds(api.createdAt),
    apiKeySource: "HEADER",
    endpointConfiguration: { types: ["REGIONAL"] },
    rootResourceId: api.rootResourceId,
    tags: api.tags,
  };
}

function describeStage(stage: Stage) {
  return {
    stageName: stage.name,
    deploymentId: stage.deploymentId,
    variables: stage.variables,
    tags: stage.tags,
    ...(stage.description === undefined ? {} : { description: stage.description }),
    ...(stage.accessLog
      ? { accessLogSettings: { destinationArn: stage.accessLog.logGroupArn, format: stage.accessLog.format } }
      : {}),
  };
}

function describeKey(key: ApiKey, plans: readonly UsagePlan[], isValueShown: boolean) {
  return {
    id: key.id,
    name: key.name,
    description: key.description,
    enabled: key.isEnabled,
    createdDate: seconds(key.createdAt),
    stageKeys: plans
      .filter((plan) => plan.keyIds.has(key.id))
      .flatMap((plan) => plan.stages.map((one) => one.replace(":", "/"))),
    ...(isValueShown ? { value: key.value } : {}),
  };
}

function describePlan(plan: UsagePlan) {
  return {
    id: plan.id,
    name: plan.name,
    apiStages: plan.stages.map((one) => ({ apiId: one.split(":")[0], stage: one.split(":")[1] })),
    ...(plan.throttle ? { throttle: plan.throttle } : {}),
    ...(plan.quota ? { quota: plan.quota } : {}),
  };
}

/** What SDKs and the AWS CLI may ask: the control plane, for reading. Pages are never cut. */
export function apiGatewayOperations(service: ApiGatewayService): Readonly<Record<string, Operation>> {
  const apiOf = (id: string, call: Call): RestApi => {
    const api = service.api(id);
    if (api?.accountId !== call.accountId || api.region !== call.region) {
      throw notFound("Invalid API identifier specified");
    }
    return api;
  };
  const isHere = (call: Call) => (one: { accountId: string; region: string }) =>
    one.accountId === call.accountId && one.region === call.region;
  return {
    GetRestApis: read(
      schemas.getRestApis,
      () => "/restapis",
      (_params, call) => ({
        item: [...service.apis.values()].filter(isHere(call)).map(describeApi),
      }),
    ),
    GetRestApi: read(
      schemas.getRestApi,
      ({ restApiId }) => `/restapis/${restApiId}`,
      (params, call) => describeApi(apiOf(params.restApiId, call)),
    ),
    GetStages: read(
      schemas.getStages,
      ({ restApiId }) => `/restapis/${restApiId}/stages`,
      (params, call) => ({
        item: [...apiOf(params.restApiId, call).stages.values()]
          .filter((stage) => params.deploymentId === undefined || stage.deploymentId === params.deploymentId)
          .map(describeStage),
      }),
    ),
    GetStage: read(
      schemas.getStage,
      ({ restApiId, stageName }) => `/restapis/${restApiId}/stages/${stageName}`,
      (params, call) => describeStage(apiOf(params.restApiId, call).stage(params.stageName)),
    ),
    GetApiKeys: read(
      schemas.getApiKeys,
      () => "/apikeys",
      (params, call) => ({
        item: [...service.apiKeys.values()]
          .filter(isHere(call))
          .filter((key) => params.name === undefined || key.name.startsWith(params.name))
          .map((key) => describeKey(key, [...service.usagePlans.values()], params.includeValues ?? false)),
      }),
    ),
    GetApiKey: read(
      schemas.getApiKey,
      ({ apiKey }) => `/apikeys/${apiKey}`,
      (params, call) => {
        const key = service.apiKeys.get(params.apiKey);
        if (!key || !isHere(call)(key)) throw notFound("Invalid API Key identifier specified");
        return describeKey(key, [...service.usagePlans.values()], params.includeValue ?? false);
      },
    ),
    GetUsagePlans: read(
      schemas.getUsagePlans,
      () => "/usageplans",
      (params, call) => ({
        item: [...service.usagePlans.values()]
          .filter(isHere(call))
          .filter((plan) => params.keyId === undefined || plan.keyIds.has(params.keyId))
          .map(describePlan),
      }),
    ),
    GetAccount: read(
      schemas.getAccount,
      () => "/account",
      (_params, call) => {
        const cloudwatchRoleArn = service.cloudwatchRole(call.accountId, call.region);
        return { throttleSettings: ACCOUNT_THROTTLE, ...(cloudwatchRoleArn ? { cloudwatchRoleArn } : {}) };
      },
    ),
  };
}
