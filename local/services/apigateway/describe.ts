import type { Deployment, RestApi, Stage } from "./api.ts";
import type { ApiKey, UsagePlan } from "./client.ts";
import { gatewayResponseOf, pathOf } from "./control/api.ts";
import type {
  IntegrationDefinition,
  IntegrationResponseDefinition,
  MethodDefinition,
  MethodResponseDefinition,
  ModelDefinition,
  ResourceDefinition,
  ValidatorDefinition,
} from "./definition.ts";

// The results of the operations, with AWS's member names. Empty members are left out.

const seconds = (time: number) => Math.floor(time / 1000);

/** Only the defined members. */
function given(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== ""));
}

/** The map, or undefined when it is empty. */
function filled<T>(map: Readonly<Record<string, T>>): Readonly<Record<string, T>> | undefined {
  return Object.keys(map).length === 0 ? undefined : map;
}

/** An API as GetRestApi returns it. */
export function describeApi(api: RestApi) {
  const { name, description, endpointType, ipAddressType } = api.settings;
  return given({
    id: api.id,
    name,
    description,
    createdDate: seconds(api.createdAt),
    apiKeySource: "HEADER",
    endpointConfiguration: { types: [endpointType], ipAddressType },
    disableExecuteApiEndpoint: false,
    rootResourceId: api.rootResourceId,
    tags: filled(api.tags),
  });
}

/** A path part as GetResource returns it. */
export function describeResource(api: RestApi, resource: ResourceDefinition) {
  const { id, parentId, pathPart } = resource;
  const verbs = [...api.definition.methods.values()].filter((method) => method.resourceId === id);
  return given({
    id,
    parentId,
    pathPart: parentId === undefined ? undefined : pathPart,
    path: pathOf(api, id),
    resourceMethods: verbs.length === 0 ? undefined : Object.fromEntries(verbs.map((one) => [one.httpMethod, {}])),
  });
}

/** A method as GetMethod returns it. */
export function describeMethod({ httpMethod, settings, responses, integration }: MethodDefinition) {
  const { isApiKeyRequired, authorization, requestModels, requestParameters, ...rest } = settings;
  return given({
    httpMethod,
    authorizationType: authorization,
    apiKeyRequired: isApiKeyRequired,
    ...rest,
    requestModels: filled(requestModels),
    requestParameters: filled(requestParameters),
    methodResponses: describeAll(responses, (one, statusCode) => describeMethodResponse(statusCode, one)),
    methodIntegration: integration && describeIntegration(integration),
  });
}

/** A method response as GetMethodResponse returns it. */
export function describeMethodResponse(statusCode: string, settings: MethodResponseDefinition) {
  const { responseModels, responseParameters } = settings;
  return given({
    statusCode,
    responseModels: filled(responseModels),
    responseParameters: filled(responseParameters),
  });
}

/** An integration as GetIntegration returns it. */
export function describeIntegration(integration: IntegrationDefinition) {
  const { integrationHttpMethod, timeoutMilliseconds, responses, requestParameters, requestTemplates, ...rest } =
    integration;
  return given({
    ...rest,
    requestParameters: filled(requestParameters),
    requestTemplates: filled(requestTemplates),
    httpMethod: integrationHttpMethod,
    timeoutInMillis: timeoutMilliseconds,
    cacheKeyParameters: [],
    integrationResponses: describeAll(responses, describeIntegrationResponse),
  });
}

/** An integration response as GetIntegrationResponse returns it. */
export function describeIntegrationResponse(response: IntegrationResponseDefinition) {
  const { statusCode, selectionPattern, responseParameters, responseTemplates } = response;
  const members = given({
    statusCode,
    responseParameters: filled(responseParameters),
    responseTemplates: filled(responseTemplates),
  });
  // An explicit empty pattern is part of the result, although it equals the default.
  return selectionPattern === undefined ? members : { ...members, selectionPattern };
}

function describeAll<T>(all: ReadonlyMap<string, T>, describe: (one: T, key: string) => unknown) {
  return all.size === 0 ? undefined : Object.fromEntries([...all].map(([key, one]) => [key, describe(one, key)]));
}

/** A model as GetModel returns it. */
export function describeModel(model: ModelDefinition) {
  return given({ ...model });
}

/** A request validator as GetRequestValidator returns it. */
export function describeValidator({ id, name, isBodyChecked, areParametersChecked }: ValidatorDefinition) {
  return { id, name, validateRequestBody: isBodyChecked, validateRequestParameters: areParametersChecked };
}

/** A gateway response as GetGatewayResponse returns it. */
export function describeGatewayResponse(api: RestApi, responseType: string) {
  const { isDefault, ...rest } = gatewayResponseOf(api, responseType);
  return given({ responseType, ...rest, defaultResponse: isDefault });
}

/** A deployment as GetDeployment returns it. */
export function describeDeployment({ id, createdAt, description }: Deployment) {
  return given({ id, createdDate: seconds(createdAt), description });
}

/** A stage as GetStage returns it. */
export function describeStage(stage: Stage) {
  const { deploymentId, description, variables, accessLog } = stage.settings;
  return given({
    stageName: stage.name,
    deploymentId,
    description,
    variables: filled(variables),
    accessLogSettings: accessLog && { destinationArn: accessLog.logGroupArn, format: accessLog.format },
    methodSettings: Object.fromEntries(
      [...stage.methodSettings].map(([path, { rateLimit, burstLimit }]) => [
        path,
        { throttlingRateLimit: rateLimit, throttlingBurstLimit: burstLimit },
      ]),
    ),
    cacheClusterEnabled: false,
    cacheClusterStatus: "NOT_AVAILABLE",
    tracingEnabled: false,
    createdDate: seconds(stage.createdAt),
    lastUpdatedDate: seconds(stage.lastUpdatedAt),
    tags: filled(stage.tags),
  });
}

/** @param isValueShown whether the result includes the key's value. */
export function describeKey(key: ApiKey, plans: Iterable<UsagePlan>, isValueShown: boolean) {
  const { name, description, isEnabled } = key.settings;
  const stages = [...plans].filter((plan) => plan.keyIds.has(key.id)).flatMap((plan) => plan.settings.stages);
  return given({
    id: key.id,
    name,
    description,
    enabled: isEnabled,
    createdDate: seconds(key.createdAt),
    lastUpdatedDate: seconds(key.lastUpdatedAt),
    stageKeys: stages.map((stage) => stage.replace(":", "/")),
    tags: key.tags,
    value: isValueShown ? key.value : undefined,
  });
}

/** A usage plan as GetUsagePlan returns it. */
export function describePlan(plan: UsagePlan) {
  const { name, description, stages, throttle, quota } = plan.settings;
  return given({
    id: plan.id,
    name,
    description,
    apiStages: stages.map((one) => ({ apiId: one.split(":")[0], stage: one.split(":")[1] })),
    throttle,
    quota: quota && { ...quota, offset: 0 },
    tags: plan.tags,
  });
}

/** A key as part of a usage plan: AWS includes its value. */
export function describePlanKey(key: ApiKey) {
  return { id: key.id, type: "API_KEY", name: key.settings.name, value: key.value };
}
