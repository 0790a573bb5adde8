import type { Dialect } from "../../wire/dialect.ts";
import { serviceModel } from "../../wire/model.ts";
import { modelWire } from "../../wire/model-wire.ts";

/** Each body member is reported under the operation's input (recorded on AWS, 2024 and 2025). */
const dialect: Dialect = {
  bodyName: (operation) => `${operation.charAt(0).toLowerCase()}${operation.slice(1)}Input`,
};

/** Page length, which is in the API reference and missing in the model. */
const pages = Object.entries(serviceModel("apigateway").shapes)
  .filter(([, { members }]) => members?.["limit"]?.location === "querystring")
  .map(([name, { members }]) => [name, { members: { limit: { ...members!["limit"], shape: "PageLength" } } }]);

/** Enumerations in the order of AWS's recorded errors, and the required members of every patch. */
const corrections = {
  ...Object.fromEntries(pages),
  PageLength: { type: "integer", min: 1, max: 500 },
  GatewayResponseType: {
    enum: [
      "REQUEST_TOO_LARGE",
      "RESOURCE_NOT_FOUND",
      "AUTHORIZER_CONFIGURATION_ERROR",
      "MISSING_AUTHENTICATION_TOKEN",
      "BAD_REQUEST_BODY",
      "INVALID_SIGNATURE",
      "INVALID_API_KEY",
      "BAD_REQUEST_PARAMETERS",
      "AUTHORIZER_FAILURE",
      "UNAUTHORIZED",
      "INTEGRATION_TIMEOUT",
      "ACCESS_DENIED",
      "DEFAULT_4XX",
      "DEFAULT_5XX",
      "WAF_FILTERED",
      "QUOTA_EXCEEDED",
      "THROTTLED",
      "API_CONFIGURATION_ERROR",
      "UNSUPPORTED_MEDIA_TYPE",
      "INTEGRATION_FAILURE",
      "EXPIRED_TOKEN",
    ],
  },
  Op: { enum: ["add", "remove", "move", "test", "replace", "copy"] },
  PatchOperation: { required: ["op", "path"] },
} as const;

/** REST-JSON. Lists are complete, without embedded resources. */
export const wire = modelWire("apigateway", {
  dialect,
  corrections,
  hint: "what is new comes by a Pulumi program",
  unsupported: [
    "*.embed",
    "*.flatten",
    "GetApiKeysRequest.customerId",
    "GetTagsRequest.limit",
    "GetTagsRequest.position",
    "GetUsagePlanKeysRequest.nameQuery",
    "PatchOperation.from",
  ],
});
