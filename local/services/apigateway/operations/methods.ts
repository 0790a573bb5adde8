import { z } from "zod";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Inputs } from "../../../wire/models/apigateway.ts";
import { unknownPart } from "../api.ts";
import {
  changeMethod,
  changeMethodResponse,
  deleteIntegration,
  deleteIntegrationResponse,
  deleteMethod,
  deleteMethodResponse,
  integrationOf,
  integrationResponseOf,
  methodResponseOf,
  putIntegration,
  putIntegrationResponse,
} from "../control/method.ts";
import type {
  IntegrationResponseDefinition,
  IntegrationSettings,
  MethodResponseDefinition,
  MethodSettings,
} from "../definition.ts";
import {
  describeIntegration,
  describeIntegrationResponse,
  describeMethod,
  describeMethodResponse,
} from "../describe.ts";
import { checkedPath, entryPath, flag, knownEntryPath, numeral, type PatchPaths, textPath } from "../patch.ts";
import type { ApiGatewayStore } from "../store.ts";
import { operationsOf, passRole } from "./define.ts";

interface MethodParams {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
}

const methodPaths: PatchPaths<MethodSettings> = {
  "/authorizationType": checkedPath("authorization", z.enum(["NONE", "AWS_IAM"])),
  "/apiKeyRequired": checkedPath("isApiKeyRequired", flag),
  "/operationName": textPath("operationName"),
  "/requestValidatorId": textPath("requestValidatorId"),
  "/requestModels/{contentType}": entryPath("requestModels"),
  "/requestParameters/{parameter}": entryPath("requestParameters", flag),
};

const methodResponsePaths: PatchPaths<MethodResponseDefinition> = {
  "/responseModels/{contentType}": knownEntryPath("responseModels", "Content-Type specified was not found"),
  "/responseParameters/{parameter}": knownEntryPath("responseParameters", "Invalid parameter name specified", flag),
};

const integrationPaths: PatchPaths<IntegrationSettings> = {
  "/uri": textPath("uri"),
  "/credentials": textPath("credentials"),
  "/passthroughBehavior": checkedPath("passthroughBehavior", z.enum(["NEVER", "WHEN_NO_MATCH", "WHEN_NO_TEMPLATES"])),
  "/timeoutInMillis": checkedPath("timeoutMilliseconds", numeral),
  "/cacheNamespace": checkedPath("cacheNamespace", z.string()),
  "/requestParameters/{parameter}": entryPath("requestParameters"),
  "/requestTemplates/{contentType}": entryPath("requestTemplates"),
};

const integrationResponsePaths: PatchPaths<IntegrationResponseDefinition> = {
  "/selectionPattern": textPath("selectionPattern"),
  "/responseParameters/{parameter}": entryPath("responseParameters"),
  "/responseTemplates/{contentType}": entryPath("responseTemplates"),
};

/** Methods, their integrations and their responses. Changes are effective with the next deployment. */
export function methodOperations(store: ApiGatewayStore): Readonly<Record<string, Operation>> {
  const api = (params: MethodParams, call: Call) => store.apis.require(params.restApiId, call, unknownPart.resource);
  const under = ({ restApiId, resourceId, httpMethod }: MethodParams, rest = "") =>
    `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}${rest}`;
  return defineOperations<Inputs>({
    ...operationsOf({
      name: "Method",
      path: (params) => under(params),
      find: (params, call) => api(params, call).method(params.resourceId, params.httpMethod),
      describe: describeMethod,
      patch: {
        paths: methodPaths,
        settings: (method) => method.settings,
        change: (params, settings, call) => changeMethod(api(params, call), params, settings),
      },
      remove: (params, call) => deleteMethod(api(params, call), params),
    }),
    ...operationsOf({
      name: "MethodResponse",
      path: (params) => under(params, `/responses/${params.statusCode}`),
      find: (params, call) => methodResponseOf(api(params, call), params, params.statusCode),
      describe: (response, params) => describeMethodResponse(params.statusCode, response),
      patch: {
        paths: methodResponsePaths,
        settings: (response) => response,
        change: (params, settings, call) =>
          changeMethodResponse(api(params, call), params, params.statusCode, settings),
      },
      remove: (params, call) => deleteMethodResponse(api(params, call), params, params.statusCode),
    }),
    ...operationsOf({
      name: "Integration",
      path: (params) => under(params, "/integration"),
      find: (params, call) => integrationOf(api(params, call), params),
      describe: describeIntegration,
      patch: {
        paths: integrationPaths,
        settings: ({ responses: _responses, ...settings }): IntegrationSettings => settings,
        change: (params, settings, call) => putIntegration(api(params, call), params, settings),
        also: (operations) => passRole(operations, "/credentials"),
      },
      remove: (params, call) => deleteIntegration(api(params, call), params),
    }),
    ...operationsOf({
      name: "IntegrationResponse",
      path: (params) => under(params, `/integration/responses/${params.statusCode}`),
      find: (params, call) => integrationResponseOf(api(params, call), params, params.statusCode),
      describe: describeIntegrationResponse,
      patch: {
        paths: integrationResponsePaths,
        settings: (response) => response,
        change: (params, settings, call) => putIntegrationResponse(api(params, call), params, settings),
      },
      remove: (params, call) => deleteIntegrationResponse(api(params, call), params, params.statusCode),
    }),
  });
}
