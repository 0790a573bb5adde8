import { NotSupportedError } from "../../errors.ts";
import type { WireProtocol } from "../../service.ts";

/** Operations by verb and path, in REST-JSON; `{name}` is a parameter. */
const ROUTES: readonly (readonly [string, string])[] = [
  ["GET /restapis", "GetRestApis"],
  ["GET /restapis/{restApiId}", "GetRestApi"],
  ["GET /restapis/{restApiId}/stages", "GetStages"],
  ["GET /restapis/{restApiId}/stages/{stageName}", "GetStage"],
  ["GET /apikeys", "GetApiKeys"],
  ["GET /apikeys/{apiKey}", "GetApiKey"],
  ["GET /usageplans", "GetUsagePlans"],
  ["GET /account", "GetAccount"],
];

/** REST-JSON of API Gateway's control plane: reading only. */
export const restJsonProtocol: WireProtocol = {
  decode(request) {
    const given = request.path.split("/").filter((part) => part !== "");
    for (const [route, operation] of ROUTES) {
      const [verb = "", template = ""] = route.split(" ");
      const params = verb === request.method ? matchPath(template, given) : undefined;
      if (params)
        return { operation, params: { ...Object.fromEntries(new URLSearchParams(request.query)), ...params } };
    }
    throw new NotSupportedError(
      `apigateway ${request.method} ${request.path}`,
      `${ROUTES.map(([, operation]) => operation).join(", ")}; changes come by a Pulumi program`,
    );
  },
  encode: (_operation, output, requestId) => ({
    status: 200,
    headers: { "content-type": "application/json", "x-amzn-requestid": requestId },
    body: JSON.stringify(output ?? {}),
  }),
  encodeError: (error, requestId) => ({
    status: error.status,
    headers: { "content-type": "application/json", "x-amzn-requestid": requestId, "x-amzn-errortype": error.code },
    body: JSON.stringify({ message: error.message, ...error.details }),
  }),
};

function matchPath(template: string, given: readonly string[]): Record<string, string> | undefined {
  const parts = template.split("/").filter((part) => part !== "");
  if (parts.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const value = given[index] ?? "";
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name) params[name] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return params;
}
