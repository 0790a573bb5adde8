import type { ResourceSample } from "../resource-sample.ts";
import { anApi, joined, json, later, patched, tagged, tags, token, underApi } from "./apigateway-parts.ts";

const schema = { type: "object", required: ["id"] };
/** What the last sample was made with: for an argument whose value is known only then. */
const last = { rootResourceId: "" };

/** An API, and its parts that are no methods. */
export const apiSamples: readonly ResourceSample[] = [
  {
    token: token("RestApi"),
    inputs: () => ({
      description: "events in",
      endpointConfiguration: { types: "REGIONAL", ipAddressType: "dualstack" },
      tags,
    }),
    same: [
      { apiKeySource: "HEADER", disableExecuteApiEndpoint: false },
      { description: undefined, endpointConfiguration: undefined },
      { endpointConfiguration: { types: "REGIONAL" } },
    ],
    updates: [
      { inputs: { name: "gate" }, diffs: ["name"] },
      { inputs: { description: "events" }, diffs: ["description"] },
      { inputs: { endpointConfiguration: { types: "EDGE" } }, diffs: ["endpointConfiguration"] },
      {
        inputs: { endpointConfiguration: { types: "REGIONAL", ipAddressType: "ipv4" } },
        diffs: ["endpointConfiguration"],
      },
      { inputs: { tags: { kind: "other" } }, diffs: ["tags"] },
    ],
    replacements: [{ inputs: { region: "eu-west-1" }, replaces: ["region"] }],
    drifts: [
      patched("UpdateRestApi", ({ id }) => ({ restApiId: id }), { "/name": "mine" }, { name: "mine" }),
      patched(
        "UpdateRestApi",
        ({ id }) => ({ restApiId: id }),
        { "/description": "mine", "/endpointConfiguration/types/REGIONAL": "EDGE" },
        { description: "mine", endpointConfiguration: { types: "EDGE", ipAddressType: "dualstack" } },
      ),
      ...tagged(({ id }) => `/restapis/${id}`),
    ],
  },
  {
    token: token("Resource"),
    async inputs(stage) {
      const { restApi, resourceId, rootResourceId } = await anApi(stage);
      last.rootResourceId = rootResourceId;
      return { restApi, parentId: resourceId, pathPart: "batch" };
    },
    updates: [
      { inputs: { pathPart: "{id}" }, diffs: ["pathPart"] },
      { inputs: later("parentId", () => last.rootResourceId), diffs: ["parentId"] },
    ],
    replacements: [{ inputs: { restApi: "another" }, replaces: ["restApi"] }],
    drifts: [
      patched(
        "UpdateResource",
        (made) => ({ ...underApi(made), resourceId: made.id }),
        { "/pathPart": "mine" },
        { pathPart: "mine" },
      ),
    ],
    importId: (outputs, id) => joined(outputs, "restApi", id),
  },
  {
    token: token("Model"),
    async inputs(stage) {
      const { restApi } = await anApi(stage);
      const description = "an event";
      return { restApi, name: "Event", contentType: "application/json", description, schema: JSON.stringify(schema) };
    },
    same: [{ schema: JSON.stringify({ required: ["id"], type: "object" }, null, 2) }],
    updates: [
      { inputs: { schema: '{"type":"object"}' }, diffs: ["schema"] },
      { inputs: { description: "" }, diffs: ["description"] },
    ],
    replacements: [
      { inputs: { restApi: "another" }, replaces: ["restApi"], deleteBeforeReplace: true },
      { inputs: { name: "Other" }, replaces: ["name"] },
      { inputs: { contentType: "application/xml" }, replaces: ["contentType"], deleteBeforeReplace: true },
    ],
    drifts: [
      patched(
        "UpdateModel",
        (made) => ({ ...underApi(made), modelName: made.outputs["name"] }),
        { "/schema": '{"type":"array"}' },
        { schema: '{"type":"array"}' },
      ),
    ],
    importId: (outputs) => joined(outputs, "restApi", outputs["name"]),
  },
  {
    token: token("RequestValidator"),
    async inputs(stage) {
      return { restApi: (await anApi(stage)).restApi, validateRequestBody: true };
    },
    same: [{ validateRequestParameters: false }],
    updates: [
      { inputs: { validateRequestBody: false }, diffs: ["validateRequestBody"] },
      { inputs: { validateRequestParameters: true }, diffs: ["validateRequestParameters"] },
      { inputs: { name: "both" }, diffs: ["name"] },
    ],
    replacements: [{ inputs: { restApi: "another" }, replaces: ["restApi"] }],
    drifts: [
      patched(
        "UpdateRequestValidator",
        (made) => ({ ...underApi(made), requestValidatorId: made.id }),
        { "/validateRequestBody": "false", "/name": "mine" },
        { validateRequestBody: false, name: "mine" },
      ),
    ],
    importId: (outputs, id) => joined(outputs, "restApi", id),
  },
  {
    token: token("Response"),
    async inputs(stage) {
      const { restApi: restApiId } = await anApi(stage);
      return {
        restApiId,
        responseType: "THROTTLED",
        statusCode: "429",
        responseTemplates: json('{"message":"wait"}'),
        responseParameters: { "gatewayresponse.header.Retry-After": "'1'" },
      };
    },
    updates: [
      { inputs: { statusCode: "503" }, diffs: ["statusCode"] },
      { inputs: { responseTemplates: {} }, diffs: ["responseTemplates"] },
      {
        inputs: { responseParameters: { "gatewayresponse.header.Retry-After": "'2'" } },
        diffs: ["responseParameters"],
      },
    ],
    replacements: [
      { inputs: { responseType: "QUOTA_EXCEEDED" }, replaces: ["responseType"] },
      { inputs: { restApiId: "another" }, replaces: ["restApiId"] },
    ],
    drifts: [
      patched(
        "UpdateGatewayResponse",
        ({ inputs }) => ({ restApiId: inputs["restApiId"], responseType: "THROTTLED" }),
        { "/statusCode": "500", "/responseParameters/gatewayresponse.header.Retry-After": undefined },
        { statusCode: "500", responseParameters: {} },
      ),
    ],
    leftByDelete: {
      statusCode: "429",
      responseTemplates: json('{"message":$context.error.messageString}'),
      responseParameters: {},
    },
    importId: (outputs) => joined(outputs, "restApiId", outputs["responseType"]),
  },
];
