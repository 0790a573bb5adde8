import { AwsError, NotSupportedError } from "../../errors.ts";
import type { HttpRequest, WireProtocol } from "../../service.ts";

interface Route {
  readonly method: string;
  /** Groups are what `params` names. */
  readonly path: RegExp;
  readonly operation: string;
  readonly params: readonly string[];
  /** Query parameters that the operation takes. */
  readonly query?: readonly string[];
}

const FUNCTIONS = "/2015-03-31/functions";
const MAPPINGS = "/2015-03-31/event-source-mappings";

const routes: readonly Route[] = [
  {
    method: "POST",
    path: new RegExp(`^${FUNCTIONS}/([^/]+)/invocations$`),
    operation: "Invoke",
    params: ["FunctionName"],
    query: ["Qualifier"],
  },
  {
    method: "GET",
    path: new RegExp(`^${FUNCTIONS}/?$`),
    operation: "ListFunctions",
    params: [],
    query: ["Marker", "MaxItems"],
  },
  {
    method: "GET",
    path: new RegExp(`^${FUNCTIONS}/([^/]+)$`),
    operation: "GetFunction",
    params: ["FunctionName"],
    query: ["Qualifier"],
  },
  {
    method: "GET",
    path: new RegExp(`^${FUNCTIONS}/([^/]+)/configuration$`),
    operation: "GetFunctionConfiguration",
    params: ["FunctionName"],
    query: ["Qualifier"],
  },
  {
    method: "GET",
    path: new RegExp(`^${MAPPINGS}/?$`),
    operation: "ListEventSourceMappings",
    params: [],
    query: ["EventSourceArn", "FunctionName", "Marker", "MaxItems"],
  },
  { method: "GET", path: new RegExp(`^${MAPPINGS}/([^/]+)$`), operation: "GetEventSourceMapping", params: ["UUID"] },
  { method: "PUT", path: new RegExp(`^${MAPPINGS}/([^/]+)$`), operation: "UpdateEventSourceMapping", params: ["UUID"] },
];

/** What Invoke answers, before it is put on the wire. */
export interface InvokeOutput {
  readonly StatusCode: number;
  readonly ExecutedVersion?: string;
  readonly FunctionError?: string;
  /** Base64. */
  readonly LogResult?: string;
  /** JSON text. */
  readonly Payload: string;
}

/** Lambda's REST-JSON: the operation is method and path, parameters stand in the path, the query, headers and the body. */
export const lambdaProtocol: WireProtocol = {
  decode(request) {
    const route = routes.find((candidate) => candidate.method === request.method && candidate.path.test(request.path));
    if (!route) {
      throw new NotSupportedError(
        `${request.method} ${request.path} of Lambda`,
        [...new Set(routes.map((candidate) => candidate.operation))].join(", "),
      );
    }
    const values = route.path.exec(request.path)?.slice(1) ?? [];
    const params: Record<string, unknown> = Object.fromEntries(
      route.params.map((name, index) => [name, decodeURIComponent(values[index] ?? "")]),
    );
    for (const [name, value] of new URLSearchParams(request.query))
      params[name] = name === "MaxItems" ? Number(value) : value;
    if (route.operation === "Invoke")
      return { operation: route.operation, params: { ...params, ...invokeParams(request) } };
    return { operation: route.operation, params: { ...jsonBody(request), ...params } };
  },

  encode(operation, output, requestId) {
    if (operation !== "Invoke") {
      const headers = { "content-type": "application/json", "x-amzn-requestid": requestId };
      return { status: operation === "UpdateEventSourceMapping" ? 202 : 200, headers, body: JSON.stringify(output) };
    }
    const { StatusCode, ExecutedVersion, FunctionError, LogResult, Payload } = output as InvokeOutput;
    return {
      status: StatusCode,
      headers: {
        "content-type": "application/json",
        "x-amzn-requestid": requestId,
        ...(ExecutedVersion === undefined ? {} : { "x-amz-executed-version": ExecutedVersion }),
        ...(FunctionError === undefined ? {} : { "x-amz-function-error": FunctionError }),
        ...(LogResult === undefined ? {} : { "x-amz-log-result": LogResult }),
      },
      body: Payload,
    };
  },

  encodeError: (error, requestId) => ({
    status: error.status,
    headers: { "content-type": "application/json", "x-amzn-requestid": requestId, "x-amzn-errortype": error.code },
    body: JSON.stringify({
      Type: error.status >= 500 ? "Service" : "User",
      message: error.message,
      Message: error.message,
      ...error.details,
    }),
  }),
};

function invokeParams({ headers, body }: HttpRequest): Record<string, unknown> {
  const optional = {
    InvocationType: "x-amz-invocation-type",
    LogType: "x-amz-log-type",
    ClientContext: "x-amz-client-context",
  };
  return {
    ...Object.fromEntries(
      Object.entries(optional).flatMap(([name, header]) =>
        headers[header] === undefined ? [] : [[name, headers[header]]],
      ),
    ),
    Payload: body.toString("utf8"),
  };
}

function jsonBody({ body }: HttpRequest): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString("utf8")) as Record<string, unknown>;
  } catch {
    throw new AwsError("SerializationException", "The request body is not JSON.");
  }
}
