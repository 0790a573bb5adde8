import { z } from "zod";
import { NotSupportedError } from "../../../errors.ts";
import { partsOf } from "../compile.ts";
import { gatewayResponseTypes, MAPPING_SOURCE } from "../gateway-response.ts";
import { compileModel } from "../models.ts";
import { badRequest, newId, notFound, RestApi } from "../state.ts";
import { allTags, defineGatewayType, regionInput, tagsInput, textMap } from "./define.ts";

const endpointTypes = z.enum(["REGIONAL", "EDGE"]);

/** The API itself. */
export const restApiType = defineGatewayType({
  token: "aws:apigateway/restApi:RestApi",
  inputs: z.strictObject({
    ...regionInput,
    ...tagsInput,
    name: z.string().min(1),
    description: z.string().default(""),
    apiKeySource: z.literal("HEADER").default("HEADER"),
    disableExecuteApiEndpoint: z.literal(false).default(false),
    endpointConfiguration: z
      .strictObject({ types: endpointTypes, ipAddressType: z.enum(["ipv4", "dualstack"]).default("ipv4") })
      .default({ types: "EDGE", ipAddressType: "ipv4" }),
  }),
  autoName: { property: "name", maxLength: 1024 },
  replaceOn: [],
  make(inputs, place) {
    const { accountId, region, now } = place;
    const { name, description } = inputs;
    const api = new RestApi({ accountId, region, name, description, tags: allTags(inputs.tags, place), now });
    place.gateway.apis.set(api.id, api);
    return api.id;
  },
  change(id, inputs, place) {
    const api = place.gateway.requireApi(id);
    api.name = inputs.name;
    api.description = inputs.description;
    api.tags = allTags(inputs.tags, place);
  },
  computed(id, inputs, place) {
    const api = place.gateway.requireApi(id);
    const { partition, region, accountId } = place;
    return {
      arn: `arn:${partition}:apigateway:${region}::/restapis/${id}`,
      executionArn: `arn:${partition}:execute-api:${region}:${accountId}:${id}`,
      rootResourceId: api.rootResourceId,
      createdDate: new Date(api.createdAt).toISOString(),
      binaryMediaTypes: [],
      minimumCompressionSize: "",
      policy: "",
      tagsAll: allTags(inputs.tags, place),
    };
  },
  exists: (id, _inputs, place) => place.gateway.api(id) !== undefined,
  remove(id, _inputs, place) {
    place.gateway.apis.delete(id);
  },
});

/** A part of a path. */
export const resourceType = defineGatewayType({
  token: "aws:apigateway/resource:Resource",
  inputs: z.strictObject({
    ...regionInput,
    restApi: z.string(),
    parentId: z.string(),
    pathPart: z
      .string()
      .regex(/^(\{[\w.-]+\+?\}|[\w.~:-]+)$/, "must be letters, digits, - . _ : ~, or {name}, {name+}"),
  }),
  replaceOn: ["restApi", "parentId", "pathPart"],
  make(inputs, place) {
    const { resources } = place.gateway.requireApi(inputs.restApi).definition;
    if (!resources.has(inputs.parentId)) throw notFound("Invalid Resource identifier specified");
    const siblings = [...resources.values()].filter((one) => one.parentId === inputs.parentId);
    if (siblings.some((one) => one.pathPart === inputs.pathPart)) {
      throw badRequest(`Another resource with the same parent already has this name: ${inputs.pathPart}`);
    }
    const isReserved = siblings.length >= 0 && ["ping", "sping"].includes(inputs.pathPart);
    if (isReserved && resources.get(inputs.parentId)?.parentId === undefined) {
      throw badRequest(`/${inputs.pathPart} is reserved for API Gateway's own health checks`);
    }
    const id = newId(6);
    resources.set(id, { id, parentId: inputs.parentId, pathPart: inputs.pathPart });
    return id;
  },
  computed(id, inputs, place) {
    return { path: `/${partsOf(place.gateway.requireApi(inputs.restApi).definition, id).join("/")}` };
  },
  exists: (id, inputs, place) => place.gateway.requireApi(inputs.restApi).definition.resources.has(id),
  remove(id, inputs, place) {
    const { resources, methods } = place.gateway.requireApi(inputs.restApi).definition;
    resources.delete(id);
    for (const [key, method] of methods) if (method.resourceId === id) methods.delete(key);
  },
});

/** A JSON schema that bodies are checked against. */
export const modelType = defineGatewayType({
  token: "aws:apigateway/model:Model",
  inputs: z.strictObject({
    ...regionInput,
    restApi: z.string(),
    name: z.string().regex(/^[a-zA-Z0-9]+$/, "Model name must be alphanumeric"),
    contentType: z.string(),
    description: z.string().optional(),
    schema: z.string().default("{}"),
  }),
  autoName: { property: "name", maxLength: 255, shape: (name) => name.replace(/[^a-zA-Z0-9]/g, "") },
  replaceOn: ["restApi", "name", "contentType"],
  make(inputs, place) {
    const { models } = place.gateway.requireApi(inputs.restApi).definition;
    if (models.has(inputs.name)) throw badRequest(`Model name already exists for this REST API: ${inputs.name}`);
    compileModel(inputs.name, inputs.schema);
    const id = newId(6);
    models.set(inputs.name, { id, name: inputs.name, contentType: inputs.contentType, schema: inputs.schema });
    return id;
  },
  change(_id, inputs, place) {
    compileModel(inputs.name, inputs.schema);
    const model = place.gateway.requireApi(inputs.restApi).definition.models.get(inputs.name);
    if (model) model.schema = inputs.schema;
  },
  exists: (id, inputs, place) => place.gateway.requireApi(inputs.restApi).definition.models.get(inputs.name)?.id === id,
  remove(_id, inputs, place) {
    place.gateway.requireApi(inputs.restApi).definition.models.delete(inputs.name);
  },
});

/** What of a request is checked. */
export const requestValidatorType = defineGatewayType({
  token: "aws:apigateway/requestValidator:RequestValidator",
  inputs: z.strictObject({
    ...regionInput,
    restApi: z.string(),
    name: z.string(),
    validateRequestBody: z.boolean().default(false),
    validateRequestParameters: z.boolean().default(false),
  }),
  autoName: { property: "name", maxLength: 255 },
  replaceOn: ["restApi"],
  make(inputs, place) {
    const id = newId(6);
    const { validators } = place.gateway.requireApi(inputs.restApi).definition;
    validators.set(id, {
      isBodyChecked: inputs.validateRequestBody,
      areParametersChecked: inputs.validateRequestParameters,
    });
    return id;
  },
  change(id, inputs, place) {
    place.gateway.requireApi(inputs.restApi).definition.validators.set(id, {
      isBodyChecked: inputs.validateRequestBody,
      areParametersChecked: inputs.validateRequestParameters,
    });
  },
  exists: (id, inputs, place) => place.gateway.requireApi(inputs.restApi).definition.validators.has(id),
  remove(id, inputs, place) {
    place.gateway.requireApi(inputs.restApi).definition.validators.delete(id);
  },
});

/** An answer that API Gateway gives itself. */
export const gatewayResponseType = defineGatewayType({
  token: "aws:apigateway/response:Response",
  inputs: z.strictObject({
    ...regionInput,
    restApiId: z.string(),
    responseType: z.enum(Object.keys(gatewayResponseTypes) as [string, ...string[]]),
    statusCode: z
      .string()
      .regex(/^\d{3}$/, "must be a status")
      .optional(),
    responseTemplates: textMap,
    responseParameters: textMap,
  }),
  replaceOn: ["restApiId", "responseType"],
  make(inputs, place) {
    const { gatewayResponses } = place.gateway.requireApi(inputs.restApiId).definition;
    for (const [target, source] of Object.entries(inputs.responseParameters)) {
      if (!/^gatewayresponse\.header\.[\w-]+$/.test(target)) {
        throw badRequest(`Invalid mapping expression specified: ${target}`);
      }
      if (!MAPPING_SOURCE.test(source)) {
        throw new NotSupportedError(`the mapping expression ${source}`, "'static', method.request.*, context.*");
      }
    }
    if (Object.keys(inputs.responseTemplates).length > 1) {
      throw new NotSupportedError("more than one template of a gateway response", "one, for application/json");
    }
    gatewayResponses.set(inputs.responseType, {
      statusCode: inputs.statusCode,
      responseParameters: inputs.responseParameters,
      responseTemplates: inputs.responseTemplates,
    });
    return `aggr-${inputs.restApiId}-${inputs.responseType}`;
  },
  exists: (_id, inputs, place) =>
    place.gateway.requireApi(inputs.restApiId).definition.gatewayResponses.has(inputs.responseType),
  remove(_id, inputs, place) {
    place.gateway.requireApi(inputs.restApiId).definition.gatewayResponses.delete(inputs.responseType);
  },
});
