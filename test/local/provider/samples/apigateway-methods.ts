import type { MadeResource } from "../../../support/provider-stage.ts";
import { STAGE_ACCOUNT, STAGE_REGION } from "../../../support/service-stage.ts";
import type { ResourceSample } from "../resource-sample.ts";
import { aMethod, aMock, anApi, joined, json, patched, token } from "./apigateway-parts.ts";

const ofMethod = ({ inputs }: MadeResource) => ({
  restApiId: inputs["restApi"],
  resourceId: inputs["resourceId"],
  httpMethod: inputs["httpMethod"],
});
const ofStatus = (made: MadeResource) => ({ ...ofMethod(made), statusCode: made.inputs["statusCode"] });
const elsewhere = [
  { inputs: { restApi: "another" }, replaces: ["restApi"] },
  { inputs: { resourceId: "another" }, replaces: ["resourceId"] },
  { inputs: { httpMethod: "PUT" }, replaces: ["httpMethod"] },
] as const;
const action = (name: string) => `arn:aws:apigateway:${STAGE_REGION}:kinesis:action/${name}`;
const role = (name: string) => `arn:aws:iam::${STAGE_ACCOUNT}:role/${name}`;
const asked = (...names: string[]) => Object.fromEntries(names.map((name) => [`method.request.header.${name}`, true]));

/** Methods and what belongs to them. */
export const methodSamples: readonly ResourceSample[] = [
  {
    token: token("Method"),
    async inputs(stage) {
      const { restApi, resourceId } = await anApi(stage);
      const body = { restApi, validateRequestBody: true };
      const { id: requestValidatorId } = await stage.make(token("RequestValidator"), body, "validator");
      return {
        ...{ restApi, resourceId, httpMethod: "POST", authorization: "AWS_IAM", apiKeyRequired: true },
        ...{
          operationName: "PutEvent",
          requestValidatorId,
          requestModels: json("Empty"),
          requestParameters: asked("X-Kind"),
        },
      };
    },
    updates: [
      { inputs: { authorization: "NONE" }, diffs: ["authorization"] },
      { inputs: { apiKeyRequired: false }, diffs: ["apiKeyRequired"] },
      { inputs: { operationName: undefined }, diffs: ["operationName"] },
      { inputs: { requestModels: { ...json("Error"), "text/plain": "Empty" } }, diffs: ["requestModels"] },
      { inputs: { requestParameters: asked("X-Other") }, diffs: ["requestParameters"] },
      { inputs: { requestValidatorId: undefined }, diffs: ["requestValidatorId"] },
    ],
    replacements: [...elsewhere],
    drifts: [
      patched(
        "UpdateMethod",
        ofMethod,
        { "/apiKeyRequired": "false", "/requestModels/application~1json": "Error" },
        { apiKeyRequired: false, requestModels: json("Error") },
      ),
    ],
    importId: (outputs) => joined(outputs, "restApi", outputs["resourceId"], outputs["httpMethod"]),
  },
  {
    token: token("MethodResponse"),
    async inputs(stage) {
      const responseParameters = { "method.response.header.X-Kind": true };
      return { ...(await aMethod(stage)), statusCode: "200", responseModels: json("Empty"), responseParameters };
    },
    updates: [
      { inputs: { responseModels: json("Error") }, diffs: ["responseModels"] },
      { inputs: { responseParameters: {} }, diffs: ["responseParameters"] },
    ],
    replacements: [...elsewhere],
    drifts: [
      patched(
        "UpdateMethodResponse",
        ofStatus,
        {
          "/responseModels/application~1json": undefined,
          "/responseParameters/method.response.header.X-Kind": "false",
        },
        { responseModels: {}, responseParameters: { "method.response.header.X-Kind": false } },
      ),
    ],
    importId: (outputs) =>
      joined(outputs, "restApi", outputs["resourceId"], outputs["httpMethod"], outputs["statusCode"]),
  },
  {
    token: token("Integration"),
    async inputs(stage) {
      return {
        ...{ ...(await aMethod(stage)), type: "AWS", integrationHttpMethod: "POST", uri: action("PutRecord") },
        ...{
          credentials: role("putter"),
          passthroughBehavior: "NEVER",
          timeoutMilliseconds: 5_000,
          cacheNamespace: "e",
        },
        requestParameters: { "integration.request.header.Content-Type": "'application/x-amz-json-1.1'" },
        requestTemplates: json('{"Data":"$util.base64Encode($input.body)"}'),
      };
    },
    same: [
      { connectionType: "INTERNET", responseTransferMode: "BUFFERED" },
      { cacheNamespace: undefined, passthroughBehavior: undefined },
    ],
    updates: [
      { inputs: { uri: action("PutRecords") }, diffs: ["uri"] },
      { inputs: { timeoutMilliseconds: 6_000 }, diffs: ["timeoutMilliseconds"] },
      { inputs: { requestTemplates: { ...json("{}"), "text/plain": "{}" } }, diffs: ["requestTemplates"] },
      { inputs: { requestParameters: {} }, diffs: ["requestParameters"] },
      { inputs: { cacheNamespace: "events" }, diffs: ["cacheNamespace"] },
    ],
    replacements: [
      ...elsewhere.map((one) => ({ ...one, deleteBeforeReplace: true })),
      { inputs: { type: "MOCK" }, replaces: ["type"], deleteBeforeReplace: true },
      { inputs: { credentials: role("other") }, replaces: ["credentials"], deleteBeforeReplace: true },
      {
        inputs: { passthroughBehavior: "WHEN_NO_MATCH" },
        replaces: ["passthroughBehavior"],
        deleteBeforeReplace: true,
      },
    ],
    drifts: [
      patched(
        "UpdateIntegration",
        ofMethod,
        { "/requestTemplates/application~1json": "{}", "/timeoutInMillis": "50" },
        { requestTemplates: json("{}"), timeoutMilliseconds: 50 },
      ),
      patched("UpdateIntegration", ofMethod, { "/credentials": role("mine") }, { credentials: role("mine") }),
    ],
    importId: (outputs) => joined(outputs, "restApi", outputs["resourceId"], outputs["httpMethod"]),
  },
  {
    token: token("IntegrationResponse"),
    async inputs(stage) {
      const responseParameters = { "method.response.header.X-Kind": "'event'" };
      const answer = { statusCode: "200", selectionPattern: "2\\d{2}", responseTemplates: json("{}") };
      return { ...(await aMock(stage)), ...answer, responseParameters };
    },
    updates: [
      { inputs: { selectionPattern: undefined }, diffs: ["selectionPattern"] },
      { inputs: { responseTemplates: json('{"ok":true}') }, diffs: ["responseTemplates"] },
      { inputs: { responseParameters: {} }, diffs: ["responseParameters"] },
    ],
    replacements: [...elsewhere],
    drifts: [
      patched(
        "UpdateIntegrationResponse",
        ofStatus,
        { "/responseTemplates/application~1json": "mine", "/selectionPattern": "" },
        { responseTemplates: json("mine"), selectionPattern: undefined },
      ),
    ],
    importId: (outputs) =>
      joined(outputs, "restApi", outputs["resourceId"], outputs["httpMethod"], outputs["statusCode"]),
  },
];
