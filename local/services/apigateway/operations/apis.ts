import { z } from "zod";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Inputs } from "../../../wire/models/apigateway.ts";
import { type ApiSettings, unknownPart } from "../api.ts";
import {
  changeModel,
  changeResource,
  changeValidator,
  deleteGatewayResponse,
  deleteModel,
  deleteResource,
  deleteValidator,
  gatewayResponseOf,
  type ModelSettings,
  putGatewayResponse,
  type ValidatorSettings,
} from "../control/api.ts";
import { deleteApi } from "../control/stage.ts";
import type { GatewayResponseDefinition } from "../definition.ts";
import {
  describeApi,
  describeGatewayResponse,
  describeModel,
  describeResource,
  describeValidator,
} from "../describe.ts";
import { gatewayResponseTypes } from "../gateway-response.ts";
import { checkedPath, entryPath, flag, type PatchPaths, textPath } from "../patch.ts";
import type { ApiGatewayStore } from "../store.ts";
import { gatewayOperation, operationsOf } from "./define.ts";

const text = z.string().min(1, "must be non-empty");

const apiPaths: PatchPaths<ApiSettings> = {
  "/name": checkedPath("name", text),
  "/description": textPath("description"),
  "/endpointConfiguration/types/{type}": checkedPath("endpointType", z.enum(["REGIONAL", "EDGE"])),
  "/endpointConfiguration/ipAddressType": checkedPath("ipAddressType", z.enum(["ipv4", "dualstack"])),
};

const resourcePaths: PatchPaths<{ parentId: string; pathPart: string }> = {
  "/parentId": checkedPath("parentId", text),
  "/pathPart": checkedPath("pathPart", text),
};

const modelPaths: PatchPaths<ModelSettings> = {
  "/description": textPath("description"),
  "/schema": textPath("schema"),
};

const validatorPaths: PatchPaths<ValidatorSettings> = {
  "/name": checkedPath("name", text),
  "/validateRequestBody": checkedPath("isBodyChecked", flag),
  "/validateRequestParameters": checkedPath("areParametersChecked", flag),
};

const responsePaths: PatchPaths<GatewayResponseDefinition> = {
  "/statusCode": textPath("statusCode"),
  "/responseParameters/{parameter}": entryPath("responseParameters"),
  "/responseTemplates/{contentType}": entryPath("responseTemplates"),
};

/** APIs, and their parts other than methods. A list is always one page, so a result has no `position`. */
export function apiOperations(store: ApiGatewayStore): Readonly<Record<string, Operation>> {
  const api = (params: { restApiId: string }, call: Call) => store.apis.require(params.restApiId, call);
  const under = (params: { restApiId: string }, rest = "") => `/restapis/${params.restApiId}${rest}`;
  return defineOperations<Inputs>({
    GetRestApis: gatewayOperation({
      verb: "GET",
      path: () => "/restapis",
      run: (_params, call) => ({
        item: store.apis.list(call).map(describeApi),
      }),
    }),
    ...operationsOf({
      name: "RestApi",
      path: (params) => under(params),
      find: api,
      describe: describeApi,
      patch: {
        paths: apiPaths,
        settings: (one) => one.settings,
        change(params, settings, call) {
          api(params, call).settings = settings;
        },
      },
      remove: (params, call) => deleteApi(store, api(params, call)),
    }),
    GetResources: gatewayOperation({
      verb: "GET",
      path: (params) => under(params, "/resources"),
      run(params, call) {
        const found = api(params, call);
        return { item: [...found.definition.resources.values()].map((one) => describeResource(found, one)) };
      },
    }),
    ...operationsOf({
      name: "Resource",
      path: (params) => under(params, `/resources/${params.resourceId}`),
      find: (params, call) =>
        store.apis.require(params.restApiId, call, unknownPart.resource).resource(params.resourceId),
      describe: (resource, params, call) => describeResource(api(params, call), resource),
      patch: {
        paths: resourcePaths,
        settings: ({ parentId = "", pathPart }) => ({ parentId, pathPart }),
        change: (params, place, call) => changeResource(api(params, call), params.resourceId, place),
      },
      remove: (params, call) =>
        deleteResource(store.apis.require(params.restApiId, call, unknownPart.resource), params.resourceId),
    }),
    GetModels: gatewayOperation({
      verb: "GET",
      path: (params) => under(params, "/models"),
      run: (params, call) => ({ item: [...api(params, call).definition.models.values()].map(describeModel) }),
    }),
    ...operationsOf({
      name: "Model",
      path: (params) => under(params, `/models/${params.modelName}`),
      find: (params, call) => api(params, call).model(params.modelName),
      describe: describeModel,
      patch: {
        paths: modelPaths,
        settings: ({ description, schema }): ModelSettings => ({ description, schema }),
        change: (params, settings, call) => changeModel(api(params, call), params.modelName, settings),
      },
      remove: (params, call) => deleteModel(api(params, call), params.modelName),
    }),
    GetRequestValidators: gatewayOperation({
      verb: "GET",
      path: (params) => under(params, "/requestvalidators"),
      run: (params, call) => ({ item: [...api(params, call).definition.validators.values()].map(describeValidator) }),
    }),
    ...operationsOf({
      name: "RequestValidator",
      path: (params) => under(params, `/requestvalidators/${params.requestValidatorId}`),
      find: (params, call) =>
        store.apis.require(params.restApiId, call, unknownPart.validator).validator(params.requestValidatorId),
      describe: describeValidator,
      patch: {
        paths: validatorPaths,
        settings: ({ id: _id, ...settings }): ValidatorSettings => settings,
        change: (params, settings, call) => changeValidator(api(params, call), params.requestValidatorId, settings),
      },
      remove: (params, call) =>
        deleteValidator(store.apis.require(params.restApiId, call, unknownPart.validator), params.requestValidatorId),
    }),
    GetGatewayResponses: gatewayOperation({
      verb: "GET",
      path: (params) => under(params, "/gatewayresponses"),
      run(params, call) {
        const found = api(params, call);
        return { item: Object.keys(gatewayResponseTypes).map((type) => describeGatewayResponse(found, type)) };
      },
    }),
    ...operationsOf({
      name: "GatewayResponse",
      path: (params) => under(params, `/gatewayresponses/${params.responseType}`),
      find: (params, call) => gatewayResponseOf(api(params, call), params.responseType),
      describe: (_response, params, call) => describeGatewayResponse(api(params, call), params.responseType),
      patch: {
        paths: responsePaths,
        settings: ({ isDefault: _isDefault, ...settings }): GatewayResponseDefinition => settings,
        change: (params, settings, call) => putGatewayResponse(api(params, call), params.responseType, settings),
      },
      remove: (params, call) => deleteGatewayResponse(api(params, call), params.responseType),
    }),
  });
}
