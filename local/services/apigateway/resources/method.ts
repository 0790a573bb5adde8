import { z } from "zod";
import {
  isWarnedOfByGateway,
  missingReferenceWarnings,
} from "../../../../mapping-templates/missing-reference-warnings.ts";
import { regionInput } from "../../../resource-types/define.ts";
import {
  changeMethod,
  changeMethodResponse,
  deleteIntegration,
  deleteIntegrationResponse,
  deleteMethod,
  deleteMethodResponse,
  integrationMistakes,
  integrationOf,
  integrationResponseMistakes,
  integrationResponseOf,
  methodMistakes,
  methodResponseMistakes,
  methodResponseOf,
  putIntegration,
  putIntegrationResponse,
  putMethod,
  putMethodResponse,
  TIMEOUT_MS,
} from "../control/method.ts";
import type { IntegrationSettings, MethodSettings } from "../definition.ts";
import { defineGatewayType, type ImportName, textMap, unlessEmpty } from "./define.ts";

const httpMethod = z.enum(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY"]);
const methodOf = { ...regionInput, restApi: z.string(), resourceId: z.string(), httpMethod };
const statusCode = z.string().regex(/^[1-5]\d\d$/, "must be a status");
const flagMap = z.record(z.string(), z.boolean()).default({});

/** Ids and import names of what belongs to a method: `agm-<api>-<resource>-<verb>`, `<api>/<resource>/<verb>`. */
function named(prefix: string, ...more: readonly { format: string; part: string }[]): ImportName {
  return {
    format: ["REST-API-ID/RESOURCE-ID/HTTP-METHOD", ...more.map(({ format }) => format)].join("/"),
    parts: ["restApi", "resourceId", "httpMethod", ...more.map(({ part }) => part)],
    idOf: (parts) => `${prefix}-${parts.join("-")}`,
  };
}

const ofStatus = { format: "STATUS-CODE", part: "statusCode" };

const methodInputs = z.strictObject({
  ...methodOf,
  authorization: z.enum(["NONE", "AWS_IAM"]),
  apiKeyRequired: z.boolean().default(false),
  operationName: z.string().optional(),
  requestModels: textMap,
  requestParameters: flagMap,
  requestValidatorId: z.string().optional(),
});

function methodSettings(inputs: z.output<typeof methodInputs>): MethodSettings {
  const { authorization, apiKeyRequired, operationName, requestModels, requestParameters } = inputs;
  const requestValidatorId = inputs.requestValidatorId || undefined;
  return {
    authorization,
    isApiKeyRequired: apiKeyRequired,
    operationName,
    requestModels,
    requestParameters,
    requestValidatorId,
  };
}

/** A verb of a resource. */
export const methodType = defineGatewayType({
  token: "aws:apigateway/method:Method",
  inputs: methodInputs,
  replaceOn: ["restApi", "resourceId", "httpMethod"],
  canonical: { operationName: unlessEmpty, requestValidatorId: unlessEmpty },
  importName: named("agm"),
  mistakes: ({ requestParameters = {} }) => methodMistakes({ requestParameters }),
  make(inputs, context) {
    putMethod(context.api(inputs.restApi), inputs, methodSettings(inputs));
    return `agm-${inputs.restApi}-${inputs.resourceId}-${inputs.httpMethod}`;
  },
  change: (_id, inputs, context) => changeMethod(context.api(inputs.restApi), inputs, methodSettings(inputs)),
  find(_id, { restApi, resourceId, httpMethod }, context) {
    const { isApiKeyRequired, ...settings } = context.api(restApi).method(resourceId, httpMethod).settings;
    return { restApi, resourceId, httpMethod, apiKeyRequired: isApiKeyRequired, ...settings };
  },
  remove: (_id, context, inputs) => deleteMethod(context.api(inputs.restApi), inputs),
});

/**
 * A status that a method may answer, and the headers that may come with it. The real provider takes another status as a change in place, which API Gateway
 * then refuses: it has no such answer.
 */
export const methodResponseType = defineGatewayType({
  token: "aws:apigateway/methodResponse:MethodResponse",
  inputs: z.strictObject({ ...methodOf, statusCode, responseModels: textMap, responseParameters: flagMap }),
  replaceOn: ["restApi", "resourceId", "httpMethod"],
  importName: named("agmr", ofStatus),
  mistakes: ({ responseParameters = {} }) => methodResponseMistakes({ responseParameters }),
  make(inputs, context) {
    const { restApi, resourceId, httpMethod, statusCode, responseModels, responseParameters } = inputs;
    putMethodResponse(context.api(restApi), inputs, statusCode, { responseModels, responseParameters });
    return `agmr-${restApi}-${resourceId}-${httpMethod}-${statusCode}`;
  },
  change(_id, inputs, context) {
    const { restApi, statusCode, responseModels, responseParameters } = inputs;
    changeMethodResponse(context.api(restApi), inputs, statusCode, { responseModels, responseParameters });
  },
  find(_id, { restApi, resourceId, httpMethod, statusCode }, context) {
    const settings = methodResponseOf(context.api(restApi), { resourceId, httpMethod }, statusCode);
    return { restApi, resourceId, httpMethod, statusCode, ...settings };
  },
  remove: (_id, context, inputs) => deleteMethodResponse(context.api(inputs.restApi), inputs, inputs.statusCode),
});

const integrationInputs = z.strictObject({
  ...methodOf,
  type: z.enum(["AWS", "MOCK"]),
  integrationHttpMethod: z.literal("POST").optional(),
  uri: z.string().optional(),
  credentials: z.string().optional(),
  connectionType: z.literal("INTERNET").default("INTERNET"),
  passthroughBehavior: z.enum(["NEVER", "WHEN_NO_MATCH", "WHEN_NO_TEMPLATES"]).optional(),
  responseTransferMode: z.literal("BUFFERED").optional(),
  cacheNamespace: z.string().optional(),
  timeoutMilliseconds: z.int().default(TIMEOUT_MS.max),
  requestParameters: textMap,
  requestTemplates: textMap,
});

function integrationSettings(
  inputs: Partial<z.output<typeof integrationInputs>>,
  known?: IntegrationSettings,
): IntegrationSettings {
  return {
    type: inputs.type ?? "MOCK",
    integrationHttpMethod: inputs.integrationHttpMethod,
    uri: inputs.uri,
    credentials: inputs.credentials,
    passthroughBehavior: inputs.passthroughBehavior ?? known?.passthroughBehavior ?? "WHEN_NO_MATCH",
    timeoutMilliseconds: inputs.timeoutMilliseconds ?? TIMEOUT_MS.max,
    requestParameters: inputs.requestParameters ?? {},
    requestTemplates: inputs.requestTemplates ?? {},
    cacheNamespace: inputs.cacheNamespace ?? known?.cacheNamespace ?? inputs.resourceId ?? "",
  };
}

/** What is behind a method: an AWS action, or nothing but an answer. */
export const integrationType = defineGatewayType({
  token: "aws:apigateway/integration:Integration",
  inputs: integrationInputs,
  replaceOn: [
    ...["restApi", "resourceId", "httpMethod", "type"],
    ...["integrationHttpMethod", "credentials", "passthroughBehavior"],
  ],
  deleteBeforeReplace: true,
  optionalComputed: ["cacheNamespace", "passthroughBehavior", "responseTransferMode"],
  canonical: { uri: unlessEmpty, credentials: unlessEmpty },
  importName: named("agi"),
  mistakes: (inputs) => integrationMistakes(integrationSettings(inputs)),
  warnings: ({ requestTemplates }, urn) =>
    isWarnedOfByGateway(urn) ? [] : missingReferenceWarnings("requestTemplates", requestTemplates),
  make(inputs, context) {
    putIntegration(context.api(inputs.restApi), inputs, integrationSettings(inputs));
    return `agi-${inputs.restApi}-${inputs.resourceId}-${inputs.httpMethod}`;
  },
  change(_id, inputs, context) {
    const api = context.api(inputs.restApi);
    putIntegration(api, inputs, integrationSettings(inputs, integrationOf(api, inputs)));
  },
  find(_id, { restApi, resourceId, httpMethod }, context) {
    const { responses: _responses, ...settings } = integrationOf(context.api(restApi), { resourceId, httpMethod });
    const always = { connectionType: "INTERNET", responseTransferMode: "BUFFERED" };
    return { restApi, resourceId, httpMethod, ...settings, ...always };
  },
  remove: (_id, context, inputs) => deleteIntegration(context.api(inputs.restApi), inputs),
});

/**
 * How an integration's answer becomes one of the method's. The real provider takes another status as a change in place: it puts that answer, keeps the id,
 * and leaves the old answer where it is.
 */
export const integrationResponseType = defineGatewayType({
  token: "aws:apigateway/integrationResponse:IntegrationResponse",
  inputs: z.strictObject({
    ...methodOf,
    statusCode,
    selectionPattern: z.string().optional(),
    responseParameters: textMap,
    responseTemplates: textMap,
  }),
  replaceOn: ["restApi", "resourceId", "httpMethod"],
  canonical: { selectionPattern: unlessEmpty },
  importName: named("agir", ofStatus),
  mistakes: ({ selectionPattern, responseParameters = {}, responseTemplates = {} }) =>
    integrationResponseMistakes({ selectionPattern, responseParameters, responseTemplates }),
  warnings: ({ responseTemplates }, urn) =>
    isWarnedOfByGateway(urn) ? [] : missingReferenceWarnings("responseTemplates", responseTemplates),
  make({ restApi, resourceId, httpMethod, statusCode, ...rest }, context) {
    const { selectionPattern, responseParameters, responseTemplates } = rest;
    const settings = { statusCode, selectionPattern, responseParameters, responseTemplates };
    putIntegrationResponse(context.api(restApi), { resourceId, httpMethod }, settings);
    return `agir-${restApi}-${resourceId}-${httpMethod}-${statusCode}`;
  },
  change(_id, { restApi, resourceId, httpMethod, statusCode, ...rest }, context) {
    const { selectionPattern, responseParameters, responseTemplates } = rest;
    const settings = { statusCode, selectionPattern, responseParameters, responseTemplates };
    putIntegrationResponse(context.api(restApi), { resourceId, httpMethod }, settings);
  },
  find(_id, { restApi, resourceId, httpMethod, statusCode }, context) {
    const settings = integrationResponseOf(context.api(restApi), { resourceId, httpMethod }, statusCode);
    return { restApi, resourceId, httpMethod, ...settings };
  },
  remove: (_id, context, inputs) => deleteIntegrationResponse(context.api(inputs.restApi), inputs, inputs.statusCode),
});
