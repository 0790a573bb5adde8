import { z } from "zod";
import { NotSupportedError } from "../../../errors.ts";
import { methodKey } from "../definition.ts";
import { contextNames } from "../exchange.ts";
import { MAPPING_SOURCE } from "../gateway-response.ts";
import { parseActionUri } from "../integration.ts";
import { badRequest, notFound } from "../state.ts";
import { compileTemplate } from "../vtl/template.ts";
import { defineGatewayType, regionInput, textMap } from "./define.ts";

const httpMethod = z.enum(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY"]);
const methodOf = { ...regionInput, restApi: z.string(), resourceId: z.string(), httpMethod };
const statusCode = z.string().regex(/^\d{3}$/, "must be a status");

/** A verb of a resource. */
export const methodType = defineGatewayType({
  token: "aws:apigateway/method:Method",
  inputs: z.strictObject({
    ...methodOf,
    authorization: z.enum(["NONE", "AWS_IAM"]),
    apiKeyRequired: z.boolean().default(false),
    operationName: z.string().optional(),
    requestModels: textMap,
    requestParameters: z.record(z.string(), z.boolean()).default({}),
    requestValidatorId: z.string().optional(),
  }),
  replaceOn: ["restApi", "resourceId", "httpMethod"],
  make(inputs, place) {
    const { definition } = place.gateway.requireApi(inputs.restApi);
    if (!definition.resources.has(inputs.resourceId)) throw notFound("Invalid Resource identifier specified");
    const key = methodKey(inputs.resourceId, inputs.httpMethod);
    for (const name of Object.values(inputs.requestModels)) {
      const isBuiltIn = name === "Empty" || name === "Error";
      if (!isBuiltIn && !definition.models.has(name)) throw badRequest(`Invalid model identifier specified: ${name}`);
    }
    if (inputs.requestValidatorId !== undefined && !definition.validators.has(inputs.requestValidatorId)) {
      throw badRequest("Invalid Request Validator identifier specified");
    }
    const changed = {
      authorization: inputs.authorization,
      isApiKeyRequired: inputs.apiKeyRequired,
      requestModels: inputs.requestModels,
      requestParameters: inputs.requestParameters,
      requestValidatorId: inputs.requestValidatorId,
    };
    const known = definition.methods.get(key);
    if (known) Object.assign(known, changed);
    else {
      const { resourceId } = inputs;
      const empty = { responses: new Map(), integration: undefined };
      definition.methods.set(key, { resourceId, httpMethod: inputs.httpMethod, ...changed, ...empty });
    }
    return `agm-${inputs.restApi}-${inputs.resourceId}-${inputs.httpMethod}`;
  },
  exists: (_id, inputs, place) =>
    place.gateway.requireApi(inputs.restApi).method(inputs.resourceId, inputs.httpMethod) !== undefined,
  remove(_id, inputs, place) {
    const { methods } = place.gateway.requireApi(inputs.restApi).definition;
    methods.delete(methodKey(inputs.resourceId, inputs.httpMethod));
  },
});

/** A status that a method may answer, and the headers that may come with it. */
export const methodResponseType = defineGatewayType({
  token: "aws:apigateway/methodResponse:MethodResponse",
  inputs: z.strictObject({
    ...methodOf,
    statusCode,
    responseModels: textMap,
    responseParameters: z.record(z.string(), z.boolean()).default({}),
  }),
  replaceOn: ["restApi", "resourceId", "httpMethod", "statusCode"],
  make(inputs, place) {
    const method = place.gateway.requireApi(inputs.restApi).method(inputs.resourceId, inputs.httpMethod);
    for (const target of Object.keys(inputs.responseParameters)) {
      if (!/^method\.response\.header\.[\w-]+$/.test(target)) throw badRequest(`Invalid response parameter: ${target}`);
    }
    method.responses.set(inputs.statusCode, { responseParameters: inputs.responseParameters });
    return `agmr-${inputs.restApi}-${inputs.resourceId}-${inputs.httpMethod}-${inputs.statusCode}`;
  },
  exists: (_id, inputs, place) =>
    place.gateway
      .requireApi(inputs.restApi)
      .method(inputs.resourceId, inputs.httpMethod)
      .responses.has(inputs.statusCode),
  remove(_id, inputs, place) {
    const method = place.gateway.requireApi(inputs.restApi).method(inputs.resourceId, inputs.httpMethod);
    method.responses.delete(inputs.statusCode);
  },
});

/** What is behind a method: an AWS action, or nothing but an answer. */
export const integrationType = defineGatewayType({
  token: "aws:apigateway/integration:Integration",
  inputs: z.strictObject({
    ...methodOf,
    type: z.enum(["AWS", "MOCK"]),
    integrationHttpMethod: z.literal("POST").optional(),
    uri: z.string().optional(),
    credentials: z.string().optional(),
    passthroughBehavior: z.enum(["NEVER", "WHEN_NO_MATCH", "WHEN_NO_TEMPLATES"]).default("WHEN_NO_MATCH"),
    timeoutMilliseconds: z.number().int().min(50).max(29_000).default(29_000),
    requestParameters: textMap,
    requestTemplates: textMap,
  }),
  replaceOn: ["restApi", "resourceId", "httpMethod", "type", "integrationHttpMethod"],
  deleteBeforeReplace: true,
  make(inputs, place) {
    const method = place.gateway.requireApi(inputs.restApi).method(inputs.resourceId, inputs.httpMethod);
    if (inputs.type === "AWS") {
      if (!inputs.uri || !inputs.integrationHttpMethod) {
        throw badRequest("Enumeration value for HttpMethod must be non-empty, and so must the URI");
      }
      parseActionUri(inputs.uri);
      if (!/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(inputs.credentials ?? "")) {
        throw new NotSupportedError(
          `the credentials "${inputs.credentials ?? ""}" of an integration`,
          "the ARN of a role",
        );
      }
    }
    for (const [target, source] of Object.entries(inputs.requestParameters)) {
      if (target !== "integration.request.header.Content-Type" || !MAPPING_SOURCE.test(source)) {
        throw new NotSupportedError(
          `the request parameter ${target}: ${source} of an integration`,
          "integration.request.header.Content-Type from 'static', method.request.*, context.*",
        );
      }
    }
    checkTemplates(inputs.requestTemplates, { mayOverride: false });
    method.integration = {
      type: inputs.type,
      uri: inputs.uri,
      credentials: inputs.credentials,
      passthroughBehavior: inputs.passthroughBehavior,
      requestParameters: inputs.requestParameters,
      requestTemplates: inputs.requestTemplates,
      timeoutMs: inputs.timeoutMilliseconds,
      responses: method.integration?.responses ?? new Map(),
    };
    return `agi-${inputs.restApi}-${inputs.resourceId}-${inputs.httpMethod}`;
  },
  computed: (_id, inputs) => ({ cacheNamespace: inputs.resourceId, responseTransferMode: "BUFFERED" }),
  exists: (_id, inputs, place) =>
    place.gateway.requireApi(inputs.restApi).method(inputs.resourceId, inputs.httpMethod).integration !== undefined,
  remove(_id, inputs, place) {
    place.gateway.requireApi(inputs.restApi).method(inputs.resourceId, inputs.httpMethod).integration = undefined;
  },
});

/** How an integration's answer becomes one of the method's. */
export const integrationResponseType = defineGatewayType({
  token: "aws:apigateway/integrationResponse:IntegrationResponse",
  inputs: z.strictObject({
    ...methodOf,
    statusCode,
    selectionPattern: z.string().optional(),
    responseParameters: textMap,
    responseTemplates: textMap,
  }),
  replaceOn: ["restApi", "resourceId", "httpMethod", "statusCode"],
  make(inputs, place) {
    const method = place.gateway.requireApi(inputs.restApi).method(inputs.resourceId, inputs.httpMethod);
    if (!method.integration) throw notFound("No integration defined for method");
    const declared = method.responses.get(inputs.statusCode);
    if (!declared) throw notFound("Invalid Response status code specified");
    for (const [target, source] of Object.entries(inputs.responseParameters)) {
      if (!(target in declared.responseParameters)) {
        throw badRequest(
          `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: ${target}]`,
        );
      }
      if (!MAPPING_SOURCE.test(source)) {
        throw new NotSupportedError(`the mapping expression ${source}`, "'static', method.request.*, context.*");
      }
    }
    if (Object.keys(inputs.responseTemplates).length > 1) {
      throw new NotSupportedError("more than one template of an integration response", "one, for application/json");
    }
    checkPattern(inputs.selectionPattern);
    checkTemplates(inputs.responseTemplates, { mayOverride: true });
    method.integration.responses.set(inputs.statusCode, {
      statusCode: inputs.statusCode,
      selectionPattern: inputs.selectionPattern,
      responseParameters: inputs.responseParameters,
      responseTemplates: inputs.responseTemplates,
    });
    return `agir-${inputs.restApi}-${inputs.resourceId}-${inputs.httpMethod}-${inputs.statusCode}`;
  },
  exists: (_id, inputs, place) =>
    place.gateway
      .requireApi(inputs.restApi)
      .method(inputs.resourceId, inputs.httpMethod)
      .integration?.responses.has(inputs.statusCode) ?? false,
  remove(_id, inputs, place) {
    const method = place.gateway.requireApi(inputs.restApi).method(inputs.resourceId, inputs.httpMethod);
    method.integration?.responses.delete(inputs.statusCode);
  },
});

function checkPattern(pattern: string | undefined): void {
  try {
    new RegExp(pattern ?? "");
  } catch {
    throw badRequest(`Invalid selection pattern specified: ${pattern}`);
  }
}

/** Refuses, at deployment time, what the template engine does differently, and names of `$context` that there are not. */
function checkTemplates(templates: Readonly<Record<string, string>>, options: { mayOverride: boolean }): void {
  for (const template of Object.values(templates)) {
    compileTemplate(template);
    for (const [, name = ""] of template.matchAll(/\$!?\{?context\.(\w+)/g)) {
      if (!contextNames.has(name)) {
        throw new NotSupportedError(`$context.${name} in a mapping template`, [...contextNames].sort().join(", "));
      }
      if (name === "responseOverride" && !options.mayOverride) {
        throw new NotSupportedError("$context.responseOverride in a request template", "response templates");
      }
    }
  }
}
