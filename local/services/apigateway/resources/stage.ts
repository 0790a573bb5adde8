import { z } from "zod";
import { regionInput, taggedInput } from "../../../resource-types/define.ts";
import type { StageSettings } from "../api.ts";
import {
  accessLogMistakes,
  changeStage,
  createDeployment,
  createStage,
  deleteDeployment,
  deleteMethodSettings,
  deleteStage,
  METHOD_PATH,
  putMethodSettings,
  setLogRole,
} from "../control/stage.ts";
import { ACCOUNT_THROTTLE } from "../limits.ts";
import { arnOf, defineGatewayType, ID, textMap, timeText, unlessEmpty } from "./define.ts";

/** A picture of the API as it is now. */
export const deploymentType = defineGatewayType({
  token: "aws:apigateway/deployment:Deployment",
  inputs: z.strictObject({
    ...regionInput,
    restApi: z.string(),
    description: z.string().optional(),
    triggers: z.record(z.string(), z.string()).optional(),
  }),
  replaceOn: ["restApi", "triggers"],
  computed: ["createdDate"],
  canonical: { description: unlessEmpty },
  importName: { format: "REST-API-ID/DEPLOYMENT-ID", parts: ["restApi", ID] },
  make: ({ restApi, description }, context) => createDeployment(context.api(restApi), description, context.now),
  change(id, { restApi, description }, context) {
    context.api(restApi).deployment(id).description = description;
  },
  find(id, { restApi, triggers }, context) {
    const { description, createdAt } = context.api(restApi).deployment(id);
    // No service knows what made the engine deploy.
    return { restApi, description, triggers, createdDate: timeText(createdAt) };
  },
  remove: (id, context, { restApi }) => deleteDeployment(context.api(restApi), id),
});

const stageInputs = z.strictObject({
  ...taggedInput,
  restApi: z.string(),
  deployment: z.string(),
  stageName: z.string().regex(/^[\w-]{1,128}$/, "must be letters, digits, - and _"),
  description: z.string().optional(),
  accessLogSettings: z.strictObject({ destinationArn: z.string(), format: z.string() }).optional(),
  variables: textMap,
  xrayTracingEnabled: z.literal(false).default(false),
  cacheClusterEnabled: z.literal(false).default(false),
});

type AccessLogInput = z.output<typeof stageInputs>["accessLogSettings"];

const accessLogOf = (settings: AccessLogInput): StageSettings["accessLog"] =>
  settings && { logGroupArn: settings.destinationArn, format: settings.format };

function stageSettings(inputs: z.output<typeof stageInputs>): StageSettings {
  const { deployment, description, variables, accessLogSettings } = inputs;
  return { deploymentId: deployment, description, variables, accessLog: accessLogOf(accessLogSettings) };
}

/** What serves a deployment under a name. */
export const stageType = defineGatewayType({
  token: "aws:apigateway/stage:Stage",
  inputs: stageInputs,
  replaceOn: ["restApi", "stageName"],
  computed: ["arn", "executionArn", "invokeUrl", "webAclArn"],
  canonical: { description: unlessEmpty },
  importName: {
    format: "REST-API-ID/STAGE-NAME",
    parts: ["restApi", "stageName"],
    idOf: (parts) => `ags-${parts.join("-")}`,
  },
  mistakes: ({ accessLogSettings }) => accessLogMistakes(accessLogOf(accessLogSettings)),
  make(inputs, context) {
    const { restApi, stageName: name, tags = {} } = inputs;
    const stage = { name, settings: stageSettings(inputs), tags, now: context.now };
    createStage(context.store, context.api(restApi), stage);
    return `ags-${restApi}-${name}`;
  },
  change(_id, inputs, context) {
    const { stageName: name, tags = {} } = inputs;
    const api = context.api(inputs.restApi);
    changeStage(context.store, api, { name, settings: stageSettings(inputs), now: context.now });
    api.stage(name).tags = tags;
  },
  find(_id, { restApi, stageName }, context) {
    const { partition, region, accountId, store } = context;
    const stage = context.api(restApi).stage(stageName);
    const { deploymentId, description, variables, accessLog } = stage.settings;
    return {
      restApi,
      stageName,
      deployment: deploymentId,
      description,
      variables,
      ...(accessLog ? { accessLogSettings: { destinationArn: accessLog.logGroupArn, format: accessLog.format } } : {}),
      xrayTracingEnabled: false,
      cacheClusterEnabled: false,
      arn: arnOf(context, `/restapis/${restApi}/stages/${stageName}`),
      executionArn: `arn:${partition}:execute-api:${region}:${accountId}:${restApi}/${stageName}`,
      invokeUrl: store.invokeUrl(restApi, stageName),
      webAclArn: "",
      tags: stage.tags,
    };
  },
  remove: (_id, context, { restApi, stageName }) => deleteStage(context.store, context.api(restApi), stageName),
});

/** -1: none of the stage's own, so that the account's holds. */
const limit = z.number().min(-1).default(-1);
const limitsInput = z.strictObject({ throttlingRateLimit: limit, throttlingBurstLimit: limit.pipe(z.int()) });
const asLimits = ({ throttlingRateLimit, throttlingBurstLimit }: z.output<typeof limitsInput>) => ({
  rateLimit: throttlingRateLimit,
  burstLimit: throttlingBurstLimit,
});

/** Limits of a stage, or of one of its methods. */
export const methodSettingsType = defineGatewayType({
  token: "aws:apigateway/methodSettings:MethodSettings",
  inputs: z.strictObject({
    ...regionInput,
    restApi: z.string(),
    stageName: z.string(),
    methodPath: z
      .string()
      .regex(METHOD_PATH, 'must be "*/*" or "<path without its first slash>/<verb>", "~1/<verb>" for the root'),
    settings: limitsInput,
  }),
  replaceOn: ["restApi", "stageName", "methodPath"],
  importName: {
    format: "REST-API-ID/STAGE-NAME/METHOD-PATH",
    parts: ["restApi", "stageName", "methodPath"],
    idOf: (parts) => parts.join("-"),
  },
  make({ restApi, stageName, methodPath, settings }, context) {
    putMethodSettings(context.api(restApi), stageName, methodPath, asLimits(settings));
    return `${restApi}-${stageName}-${methodPath}`;
  },
  change(_id, { restApi, stageName, methodPath, settings }, context) {
    putMethodSettings(context.api(restApi), stageName, methodPath, asLimits(settings));
  },
  find(_id, { restApi, stageName, methodPath }, context) {
    const limits = context.api(restApi).stage(stageName).methodSettings.get(methodPath);
    if (!limits) return undefined;
    const settings = { throttlingRateLimit: limits.rateLimit, throttlingBurstLimit: limits.burstLimit };
    return { restApi, stageName, methodPath, settings };
  },
  remove: (_id, context, { restApi, stageName, methodPath }) =>
    deleteMethodSettings(context.api(restApi), stageName, methodPath),
});

/** The account's settings in a region: there always are some, so making them sets them, and removing them takes the role away. */
export const accountType = defineGatewayType({
  token: "aws:apigateway/account:Account",
  inputs: z.strictObject({
    ...regionInput,
    cloudwatchRoleArn: z
      .string()
      .regex(/^(arn:[^:]+:iam::\d{12}:role\/.+)?$/, "must be the ARN of a role")
      .default(""),
  }),
  replaceOn: [],
  computed: ["apiKeyVersion", "features", "throttleSettings"],
  make({ cloudwatchRoleArn }, context) {
    setLogRole(context.store, context, cloudwatchRoleArn || undefined);
    return context.accountId;
  },
  change: (_id, { cloudwatchRoleArn }, context) => setLogRole(context.store, context, cloudwatchRoleArn || undefined),
  find: (_id, _state, context) => ({
    cloudwatchRoleArn: context.store.logRole(context) ?? "",
    apiKeyVersion: "4",
    features: ["UsagePlans"],
    throttleSettings: [ACCOUNT_THROTTLE],
  }),
  remove: (_id, context) => setLogRole(context.store, context, undefined),
});
