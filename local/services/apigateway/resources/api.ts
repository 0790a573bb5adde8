import { z } from "zod";
import { AwsError } from "../../../kernel/errors.ts";
import { asJson } from "../../../resource-types/canonical.ts";
import { regionInput, taggedInput } from "../../../resource-types/define.ts";
import type { ApiSettings } from "../api.ts";
import {
  changeModel,
  changeResource,
  changeValidator,
  createApi,
  createModel,
  createResource,
  createValidator,
  deleteGatewayResponse,
  deleteModel,
  deleteResource,
  deleteValidator,
  gatewayResponseMistakes,
  gatewayResponseOf,
  modelMistakes,
  pathOf,
  putGatewayResponse,
} from "../control/api.ts";
import { deleteApi } from "../control/stage.ts";
import { gatewayResponseTypes } from "../gateway-response.ts";
import { arnOf, defineGatewayType, ID, textMap, timeText, unlessEmpty } from "./define.ts";

const restApiInputs = z.strictObject({
  ...taggedInput,
  name: z.string().min(1),
  description: z.string().optional(),
  apiKeySource: z.literal("HEADER").optional(),
  disableExecuteApiEndpoint: z.literal(false).optional(),
  endpointConfiguration: z
    .strictObject({ types: z.enum(["REGIONAL", "EDGE"]), ipAddressType: z.enum(["ipv4", "dualstack"]).optional() })
    .optional(),
});

/** What the service fills in: an update that leaves something out keeps what is there. */
function apiSettings(inputs: z.output<typeof restApiInputs>, known?: ApiSettings): ApiSettings {
  const { types, ipAddressType } = inputs.endpointConfiguration ?? {};
  return {
    name: inputs.name,
    description: inputs.description ?? known?.description,
    endpointType: types ?? known?.endpointType ?? "EDGE",
    ipAddressType: ipAddressType ?? known?.ipAddressType ?? "ipv4",
  };
}

/** The API itself. */
export const restApiType = defineGatewayType({
  token: "aws:apigateway/restApi:RestApi",
  inputs: restApiInputs,
  autoName: { property: "name", maxLength: 255 },
  replaceOn: [],
  computed: ["arn", "createdDate", "executionArn", "rootResourceId"],
  optionalComputed: [
    "apiKeySource",
    "description",
    "disableExecuteApiEndpoint",
    "endpointConfiguration",
    "endpointConfiguration.ipAddressType",
  ],
  make(inputs, context) {
    const api = createApi(context, apiSettings(inputs), inputs.tags ?? {}, context.now);
    context.store.apis.add(api);
    return api.id;
  },
  change(id, inputs, context) {
    const api = context.api(id);
    api.settings = apiSettings(inputs, api.settings);
    api.tags = inputs.tags ?? {};
  },
  find(id, _state, context) {
    const api = context.api(id);
    const { partition, region, accountId } = context;
    const { name, description, endpointType, ipAddressType } = api.settings;
    return {
      name,
      description,
      apiKeySource: "HEADER",
      disableExecuteApiEndpoint: false,
      endpointConfiguration: { types: endpointType, ipAddressType },
      arn: arnOf(context, `/restapis/${id}`),
      executionArn: `arn:${partition}:execute-api:${region}:${accountId}:${id}`,
      rootResourceId: api.rootResourceId,
      createdDate: timeText(api.createdAt),
      binaryMediaTypes: [],
      minimumCompressionSize: "",
      policy: "",
      tags: api.tags,
    };
  },
  remove: (id, context) => deleteApi(context.store, context.api(id)),
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
  replaceOn: ["restApi"],
  computed: ["path"],
  recomputed: { path: ["parentId", "pathPart"] },
  importName: { format: "REST-API-ID/RESOURCE-ID", parts: ["restApi", ID] },
  make: ({ restApi, parentId, pathPart }, context) => createResource(context.api(restApi), { parentId, pathPart }),
  change: (id, { restApi, parentId, pathPart }, context) =>
    changeResource(context.api(restApi), id, { parentId, pathPart }),
  find(id, { restApi }, context) {
    const api = context.api(restApi);
    const { parentId, pathPart } = api.resource(id);
    return { restApi, parentId, pathPart, path: pathOf(api, id) };
  },
  remove: (id, context, { restApi }) => deleteResource(context.api(restApi), id),
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
    schema: z.string().optional(),
  }),
  // As with the real provider, a name that is made has a hyphen in it, which API Gateway refuses: programs have to give one.
  autoName: { property: "name", maxLength: 255 },
  replaceOn: ["restApi", "name", "contentType"],
  canonical: { description: unlessEmpty, schema: asJson },
  importName: {
    format: "REST-API-ID/NAME",
    parts: ["restApi", "name"],
    idOf: ([restApi = "", name = ""], { store }) => store.apis.find(restApi)?.definition.models.get(name)?.id ?? name,
  },
  mistakes: ({ name = "", schema }) => modelMistakes(name, { schema }),
  make: ({ restApi, name, contentType, description, schema }, context) =>
    createModel(context.api(restApi), { name, contentType, description, schema }),
  change: (_id, { restApi, name, description, schema }, context) =>
    changeModel(context.api(restApi), name, { description, schema }),
  find(id, { restApi, name }, context) {
    const { contentType, description, schema, ...model } = context.api(restApi).model(name);
    return model.id === id ? { restApi, name, contentType, description, schema } : undefined;
  },
  remove: (_id, context, { restApi, name }) => deleteModel(context.api(restApi), name),
});

const validatorInputs = z.strictObject({
  ...regionInput,
  restApi: z.string(),
  name: z.string().min(1, "Request Validator name cannot be blank"),
  validateRequestBody: z.boolean().default(false),
  validateRequestParameters: z.boolean().default(false),
});

const validatorSettings = (inputs: z.output<typeof validatorInputs>) => ({
  name: inputs.name,
  isBodyChecked: inputs.validateRequestBody,
  areParametersChecked: inputs.validateRequestParameters,
});

/** What of a request is checked. */
export const requestValidatorType = defineGatewayType({
  token: "aws:apigateway/requestValidator:RequestValidator",
  inputs: validatorInputs,
  autoName: { property: "name", maxLength: 255 },
  replaceOn: ["restApi"],
  importName: { format: "REST-API-ID/REQUEST-VALIDATOR-ID", parts: ["restApi", ID] },
  make: (inputs, context) => createValidator(context.api(inputs.restApi), validatorSettings(inputs)),
  change: (id, inputs, context) => changeValidator(context.api(inputs.restApi), id, validatorSettings(inputs)),
  find(id, { restApi }, context) {
    const { name, isBodyChecked, areParametersChecked } = context.api(restApi).validator(id);
    return { restApi, name, validateRequestBody: isBodyChecked, validateRequestParameters: areParametersChecked };
  },
  remove(id, context, { restApi }) {
    try {
      deleteValidator(context.api(restApi), id);
    } catch (error) {
      // The real provider leaves a validator that a method names to the end of the API.
      if (!(error instanceof AwsError && error.code === "ConflictException")) throw error;
    }
  },
});

/** An answer that API Gateway gives itself. There always is one: what is deleted is AWS's own again. */
export const gatewayResponseType = defineGatewayType({
  token: "aws:apigateway/response:Response",
  inputs: z.strictObject({
    ...regionInput,
    restApiId: z.string(),
    responseType: z.enum(Object.keys(gatewayResponseTypes) as [string, ...string[]]),
    statusCode: z
      .string()
      .regex(/^[1-5]\d\d$/, "must be a status")
      .optional(),
    responseTemplates: textMap,
    responseParameters: textMap,
  }),
  replaceOn: ["restApiId", "responseType"],
  importName: {
    format: "REST-API-ID/RESPONSE-TYPE",
    parts: ["restApiId", "responseType"],
    idOf: (parts) => `aggr-${parts.join("-")}`,
  },
  mistakes: ({ statusCode, responseTemplates = {}, responseParameters = {} }) =>
    gatewayResponseMistakes({ statusCode, responseTemplates, responseParameters }),
  make({ restApiId, responseType, statusCode, responseTemplates, responseParameters }, context) {
    putGatewayResponse(context.api(restApiId), responseType, { statusCode, responseTemplates, responseParameters });
    return `aggr-${restApiId}-${responseType}`;
  },
  change(_id, { restApiId, responseType, statusCode, responseTemplates, responseParameters }, context) {
    putGatewayResponse(context.api(restApiId), responseType, { statusCode, responseTemplates, responseParameters });
  },
  find(_id, { restApiId, responseType }, context) {
    const { isDefault: _isDefault, ...answer } = gatewayResponseOf(context.api(restApiId), responseType);
    return { restApiId, responseType, ...answer };
  },
  remove(_id, context, { restApiId, responseType }) {
    const api = context.api(restApiId);
    if (!gatewayResponseOf(api, responseType).isDefault) deleteGatewayResponse(api, responseType);
  },
});
