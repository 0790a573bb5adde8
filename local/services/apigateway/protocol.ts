import { AwsError, NotSupportedError } from "../../kernel/errors.ts";
import type { HttpRequest, Wire, WireProtocol } from "../../kernel/service.ts";
import { decodePathPart } from "../../wire/path-part.ts";

const METHOD = "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}";

/** Paths of things, by the end of their operations' names; `{name}` is a parameter. A thing is got by `GET`, patched by `PATCH`, deleted by `DELETE`. */
const THINGS: Readonly<Record<string, string>> = {
  RestApi: "/restapis/{restApiId}",
  Resource: "/restapis/{restApiId}/resources/{resourceId}",
  Method: METHOD,
  MethodResponse: `${METHOD}/responses/{statusCode}`,
  Integration: `${METHOD}/integration`,
  IntegrationResponse: `${METHOD}/integration/responses/{statusCode}`,
  Model: "/restapis/{restApiId}/models/{modelName}",
  RequestValidator: "/restapis/{restApiId}/requestvalidators/{requestValidatorId}",
  GatewayResponse: "/restapis/{restApiId}/gatewayresponses/{responseType}",
  Deployment: "/restapis/{restApiId}/deployments/{deploymentId}",
  Stage: "/restapis/{restApiId}/stages/{stageName}",
  ApiKey: "/apikeys/{apiKey}",
  UsagePlan: "/usageplans/{usagePlanId}",
  UsagePlanKey: "/usageplans/{usagePlanId}/keys/{keyId}",
  Account: "/account",
};

/** Lists, and the operations that follow no rule. */
const OTHERS: readonly (readonly [string, string, string])[] = [
  ["GET", "/restapis", "GetRestApis"],
  ["GET", "/restapis/{restApiId}/resources", "GetResources"],
  ["GET", "/restapis/{restApiId}/models", "GetModels"],
  ["GET", "/restapis/{restApiId}/requestvalidators", "GetRequestValidators"],
  ["GET", "/restapis/{restApiId}/gatewayresponses", "GetGatewayResponses"],
  ["GET", "/restapis/{restApiId}/deployments", "GetDeployments"],
  ["GET", "/restapis/{restApiId}/stages", "GetStages"],
  ["GET", "/apikeys", "GetApiKeys"],
  ["GET", "/usageplans", "GetUsagePlans"],
  ["GET", "/usageplans/{usagePlanId}/keys", "GetUsagePlanKeys"],
  ["POST", "/usageplans/{usagePlanId}/keys", "CreateUsagePlanKey"],
  ["GET", "/tags/{resourceArn}", "GetTags"],
  ["PUT", "/tags/{resourceArn}", "TagResource"],
  ["DELETE", "/tags/{resourceArn}", "UntagResource"],
];

const ROUTES: readonly (readonly [string, string, string])[] = [
  ...OTHERS,
  ...Object.entries(THINGS).flatMap(([name, path]): (readonly [string, string, string])[] => [
    ["GET", path, `Get${name}`],
    ["PATCH", path, `Update${name}`],
    ["DELETE", path, `Delete${name}`],
  ]),
];

/** How the control plane is reached. @param operations names of those that there are. */
export function wire(operations: readonly string[]): Wire {
  return {
    protocol: restJsonProtocol(operations),
    dialect: "rest-json",
    paths: /^\/(restapis|apikeys|usageplans|account|tags)(\/|$)/,
  };
}

/** REST-JSON of API Gateway's control plane. @param operations names of those that there are. */
export function restJsonProtocol(operations: readonly string[]): WireProtocol {
  return {
    decode(request) {
      const given = request.path.split("/").filter((part) => part !== "");
      for (const [verb, template, operation] of ROUTES) {
        const names = verb === request.method ? matchPath(template, given) : undefined;
        if (names && operations.includes(operation)) {
          return { operation, params: { ...queryOf(request), ...bodyOf(request), ...names } };
        }
      }
      throw new NotSupportedError(
        `apigateway ${request.method} ${request.path}`,
        `${[...operations].sort().join(", ")}; what is new comes by a Pulumi program`,
      );
    },
    encode: (operation, output, requestId) => ({
      status: statusOf(operation),
      headers: { "content-type": "application/json", "x-amzn-requestid": requestId },
      body: output === undefined ? "" : JSON.stringify(output),
    }),
    encodeError: (error, requestId) => ({
      status: error.status,
      headers: { "content-type": "application/json", "x-amzn-requestid": requestId, "x-amzn-errortype": error.code },
      body: JSON.stringify({ message: error.message, ...error.details }),
    }),
  };
}

/** What is deleted at once, and what was created, by AWS's service model; whatever else is deleted is 202. */
const STATUS: Readonly<Record<string, number>> = {
  DeleteMethod: 204,
  DeleteMethodResponse: 204,
  DeleteIntegration: 204,
  DeleteIntegrationResponse: 204,
  TagResource: 204,
  UntagResource: 204,
  UpdateMethodResponse: 201,
};

function statusOf(operation: string): number {
  const status = Object.hasOwn(STATUS, operation) ? STATUS[operation] : undefined;
  if (status !== undefined) return status;
  if (operation.startsWith("Create")) return 201;
  return operation.startsWith("Delete") ? 202 : 200;
}

/** A parameter that comes more than once is a list. */
function queryOf(request: HttpRequest): Record<string, string | string[]> {
  const query = new URLSearchParams(request.query);
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name);
      return [name, values.length > 1 ? values : (values[0] ?? "")];
    }),
  );
}

function bodyOf(request: HttpRequest): object {
  const text = request.body.toString("utf8");
  if (text === "") return {};
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null) return body;
  } catch {
    // Said below.
  }
  throw new AwsError("SerializationException", "The body of the request is not a JSON object");
}

function matchPath(template: string, given: readonly string[]): Record<string, string> | undefined {
  const parts = template.split("/").filter((part) => part !== "");
  if (parts.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const value = given[index] ?? "";
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name) params[name] = decodePathPart(value);
    else if (part !== value) return undefined;
  }
  return params;
}
