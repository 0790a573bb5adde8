import { z } from "zod";
import { AwsError } from "../../../errors.ts";
import { checkLogFormat } from "../access-log.ts";
import { compileApi } from "../compile.ts";
import { ACCOUNT_THROTTLE } from "../limits.ts";
import { badRequest, newId } from "../state.ts";
import { allTags, defineGatewayType, type Place, regionInput, tagsInput, textMap } from "./define.ts";

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
  make(inputs, place) {
    const api = place.gateway.requireApi(inputs.restApi);
    const id = newId(6);
    api.deployments.set(id, {
      api: compileApi(api.definition),
      createdAt: place.now,
      description: inputs.description ?? "",
    });
    return id;
  },
  change(id, inputs, place) {
    const deployment = place.gateway.requireApi(inputs.restApi).deployments.get(id);
    if (deployment) deployment.description = inputs.description ?? "";
  },
  computed(id, inputs, place) {
    const deployment = place.gateway.requireApi(inputs.restApi).deployments.get(id);
    return { createdDate: new Date(deployment?.createdAt ?? place.now).toISOString() };
  },
  exists: (id, inputs, place) => place.gateway.requireApi(inputs.restApi).deployments.has(id),
  remove(id, inputs, place) {
    const api = place.gateway.requireApi(inputs.restApi);
    if ([...api.stages.values()].some((stage) => stage.deploymentId === id)) {
      throw badRequest("Active stages pointing to this deployment must be moved or deleted");
    }
    api.deployments.delete(id);
  },
});

const stageInputs = z.strictObject({
  ...regionInput,
  ...tagsInput,
  restApi: z.string(),
  deployment: z.string(),
  stageName: z.string().regex(/^[\w-]{1,128}$/, "must be letters, digits, - and _"),
  description: z.string().optional(),
  accessLogSettings: z.strictObject({ destinationArn: z.string(), format: z.string() }).optional(),
  variables: textMap,
  xrayTracingEnabled: z.literal(false).optional(),
  cacheClusterEnabled: z.literal(false).optional(),
});

function accessLogOf(settings: z.infer<typeof stageInputs>["accessLogSettings"], place: Place) {
  if (!settings) return undefined;
  if (!place.gateway.cloudwatchRole(place.accountId, place.region)) {
    throw badRequest("CloudWatch Logs role ARN must be set in account settings to enable logging");
  }
  if (!/^arn:[^:]+:logs:[^:]+:\d{12}:log-group:[^:]+/.test(settings.destinationArn)) {
    throw badRequest(
      "Invalid ARN specified in the request. ARNs must start with 'arn:aws:firehose' or 'arn:aws:logs' and must contain a log group",
    );
  }
  checkLogFormat(settings.format);
  return { logGroupArn: settings.destinationArn, format: settings.format };
}

/** What serves a deployment under a name. */
export const stageType = defineGatewayType({
  token: "aws:apigateway/stage:Stage",
  inputs: stageInputs,
  replaceOn: ["restApi", "stageName"],
  make(inputs, place) {
    const api = place.gateway.requireApi(inputs.restApi);
    if (!api.deployments.has(inputs.deployment)) throw badRequest("Deployment id does not exist");
    if (api.stages.has(inputs.stageName)) {
      throw new AwsError("ConflictException", "Stage already exists", 409);
    }
    api.stages.set(inputs.stageName, {
      name: inputs.stageName,
      deploymentId: inputs.deployment,
      variables: inputs.variables,
      accessLog: accessLogOf(inputs.accessLogSettings, place),
      settings: new Map(),
      description: inputs.description,
      tags: allTags(inputs.tags, place),
    });
    return `ags-${inputs.restApi}-${inputs.stageName}`;
  },
  change(_id, inputs, place) {
    const api = place.gateway.requireApi(inputs.restApi);
    if (!api.deployments.has(inputs.deployment)) throw badRequest("Deployment id does not exist");
    Object.assign(api.stage(inputs.stageName), {
      deploymentId: inputs.deployment,
      variables: inputs.variables,
      accessLog: accessLogOf(inputs.accessLogSettings, place),
      description: inputs.description,
      tags: allTags(inputs.tags, place),
    });
  },
  computed(_id, inputs, place) {
    const { partition, region, accountId, gateway } = place;
    const { restApi, stageName } = inputs;
    return {
      arn: `arn:${partition}:apigateway:${region}::/restapis/${restApi}/stages/${stageName}`,
      executionArn: `arn:${partition}:execute-api:${region}:${accountId}:${restApi}/${stageName}`,
      invokeUrl: gateway.invokeUrl(restApi, stageName),
      webAclArn: "",
      tagsAll: allTags(inputs.tags, place),
    };
  },
  exists: (_id, inputs, place) => place.gateway.requireApi(inputs.restApi).stages.has(inputs.stageName),
  remove(_id, inputs, place) {
    place.gateway.requireApi(inputs.restApi).stages.delete(inputs.stageName);
  },
});

/** Limits of a stage, or of one of its methods. */
export const methodSettingsType = defineGatewayType({
  token: "aws:apigateway/methodSettings:MethodSettings",
  inputs: z.strictObject({
    ...regionInput,
    restApi: z.string(),
    stageName: z.string(),
    methodPath: z.string().regex(/^([\w~{}+./-]+|\*)\/(\*|[A-Z]+)$/, 'must be "*/*" or "<path>/<verb>"'),
    settings: z.strictObject({
      throttlingRateLimit: z.number().optional(),
      throttlingBurstLimit: z.number().int().optional(),
    }),
  }),
  replaceOn: ["restApi", "stageName", "methodPath"],
  make(inputs, place) {
    const { throttlingRateLimit: rateLimit, throttlingBurstLimit: burstLimit } = inputs.settings;
    // -1 means what the account has.
    const own = (limit: number | undefined, account: number) => (limit === undefined || limit < 0 ? account : limit);
    place.gateway
      .requireApi(inputs.restApi)
      .stage(inputs.stageName)
      .settings.set(inputs.methodPath, {
        rateLimit: own(rateLimit, ACCOUNT_THROTTLE.rateLimit),
        burstLimit: own(burstLimit, ACCOUNT_THROTTLE.burstLimit),
      });
    return `${inputs.restApi}-${inputs.stageName}-${inputs.methodPath}`;
  },
  exists: (_id, inputs, place) =>
    place.gateway.requireApi(inputs.restApi).stage(inputs.stageName).settings.has(inputs.methodPath),
  remove(_id, inputs, place) {
    place.gateway.requireApi(inputs.restApi).stage(inputs.stageName).settings.delete(inputs.methodPath);
  },
});

/** The account's settings in a region: there is one, so making it sets it, and removing it takes the role away. */
export const accountType = defineGatewayType({
  token: "aws:apigateway/account:Account",
  inputs: z.strictObject({ ...regionInput, cloudwatchRoleArn: z.string().optional() }),
  replaceOn: [],
  make(inputs, place) {
    if (inputs.cloudwatchRoleArn) checkLogRole(inputs.cloudwatchRoleArn, place);
    place.gateway.setCloudwatchRole(place.accountId, place.region, inputs.cloudwatchRoleArn);
    return place.accountId;
  },
  computed: () => ({ apiKeyVersion: "4", features: ["UsagePlans"], throttleSettings: [ACCOUNT_THROTTLE] }),
  exists: () => true,
  remove(_id, _inputs, place) {
    place.gateway.setCloudwatchRole(place.accountId, place.region, undefined);
  },
});

function checkLogRole(roleArn: string, place: Place): void {
  try {
    place.context.cloud.services.sts.assumeForService({
      roleArn,
      servicePrincipal: "apigateway.amazonaws.com",
      sessionName: "BackplaneAssumeRoleSession",
      sourceAccount: place.accountId,
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw badRequest(
      "The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.",
    );
  }
}
