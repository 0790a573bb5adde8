import { z } from "zod";
import { AwsError } from "../../../kernel/errors.ts";
import { asJson } from "../../../resource-types/canonical.ts";
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
import {
  allTags,
  arnOf,
  defineGatewayType,
  ID,
  regionInput,
  tagOutputs,
  tagsInput,
  textMap,
  timeText,
  unlessEmpty,
} from "./define.ts";

const restApiInputs = z.strictObject({
  ...regionInput,
  ...tagsInput,
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
  make(inputs, place) {
    const api = createApi(place, apiSettings(inputs), allTags(inputs.tags, place), place.now);
    place.store.apis.add(api);
    return api.id;
  },
  change(id, inputs, place) {
    const api = place.api(id);
    api.settings = apiSettings(inputs, api.settings);
    api.tags = allTags(inputs.tags, place);
  },
  find(id, state, place) {
    const api = place.api(id);
    const { partition, region, accountId } = place;
    const { name, description, endpointType, ipAddressType } = api.settings;
    return {
      name,
      description,
      apiKeySource: "HEADER",
      disableExecuteApiEndpoint: false,
      endpointConfiguration: { types: endpointType, ipAddressType },
      arn: arnOf(place, `/restapis/${id}`),
      executionArn: `arn:${partition}:execute-api:${region}:${accountId}:${id}`,
      rootResourceId: api.rootResourceId,
      createdDate: timeText(api.createdAt),
      binaryMediaTypes: [],
      minimumCompressionSize: "",
      policy: "",
      ...tagOutputs(api.tags, state, place),
    };
  },
  remove: (id, _state, place) => deleteApi(place.store, place.api(id)),
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
  make: ({ restApi, parentId, pathPart }, place) => createResource(place.api(restApi), { parentId, pathPart }),
  change: (id, { restApi, parentId, pathPart }, place) =>
    changeResource(place.api(restApi), id, { parentId, pathPart }),
  find(id, { restApi }, place) {
    const api = place.api(restApi);
    const { parentId, pathPart } = api.resource(id);
    return { restApi, parentId, pathPart, path: pathOf(api, id) };
  },
  remove: (id, { restApi }, place) => deleteResource(place.api(restApi), id),
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
  make: ({ restApi, name, contentType, description, schema }, place) =>
    createModel(place.api(restApi), { name, contentType, description, schema }),
  change: (_id, { restApi, name, description, schema }, place) =>
    changeModel(place.api(restApi), name, { description, schema }),
  find(id, { restApi, name }, place) {
    const { contentType, description, schema, ...model } = place.api(restApi).model(name);
    return model.id === id ? { restApi, name, contentType, description, schema } : undefined;
  },
  remove: (_id, { restApi, name }, place) => deleteModel(place.api(restApi), name),
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
  make: (inputs, place) => createValidator(place.api(inputs.restApi), validatorSettings(inputs)),
  change: (id, inputs, place) => changeValidator(place.api(inputs.restApi), id, validatorSettings(inputs)),
  find(id, { restApi }, place) {
    const { name, isBodyChecked, areParametersChecked } = place.api(restApi).validator(id);
    return { restApi, name, validateRequestBody: isBodyChecked, validateRequestParameters: areParametersChecked };
  },
  remove(id, { restApi }, place) {
    try {
      deleteValidator(place.api(restApi), id);
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
  make({ restApiId, responseType, statusCode, responseTemplates, responseParameters }, place) {
    putGatewayResponse(place.api(restApiId), responseType, { statusCode, responseTemplates, responseParameters });
    return `aggr-${restApiId}-${responseType}`;
  },
  change(_id, { restApiId, responseType, statusCode, responseTemplates, responseParameters }, place) {
    putGatewayResponse(place.api(restApiId), responseType, { statusCode, responseTemplates, responseParameters });
  },
  find(_id, { restApiId, responseType }, place) {
    const { isDefault: _isDefault, ...answer } = gatewayResponseOf(place.api(restApiId), responseType);
    return { restApiId, responseType, ...answer };
  },
  remove: (_id, { restApiId, responseType }, place) => deleteGatewayResponse(place.api(restApiId), responseType),
});
