import { AwsError, NotSupportedError } from "../../kernel/errors.ts";
import type { HttpRequest, WireProtocol } from "../../kernel/service.ts";
import { decodePathPart } from "../../wire/path-part.ts";

interface Route {
  readonly method: string;
  /** Groups are what `params` names. */
  readonly path: RegExp;
  readonly operation: string;
  readonly params: readonly string[];
  /** Status of an answer, default 200. 204 has no body. */
  readonly status?: number;
}

const FUNCTIONS = "/2015-03-31/functions";
const MAPPINGS = "/2015-03-31/event-source-mappings";

const onFunction = { params: ["FunctionName"] };
const onMapping = { path: new RegExp(`^${MAPPINGS}/([^/]+)$`), params: ["UUID"] };
const onTags = { path: /^\/2017-03-31\/tags\/([^/]+)$/, params: ["Resource"] };
const functionPath = (rest: string, version = FUNCTIONS) => new RegExp(`^${version}/([^/]+)${rest}$`);
const concurrency = functionPath("/concurrency", "/2017-10-31/functions");

const routes: readonly Route[] = [
  { method: "POST", path: functionPath("/invocations"), operation: "Invoke", ...onFunction },
  { method: "GET", path: new RegExp(`^${FUNCTIONS}/?$`), operation: "ListFunctions", params: [] },
  { method: "GET", path: functionPath(""), operation: "GetFunction", ...onFunction },
  { method: "DELETE", path: functionPath(""), operation: "DeleteFunction", ...onFunction, status: 204 },
  { method: "GET", path: functionPath("/configuration"), operation: "GetFunctionConfiguration", ...onFunction },
  { method: "PUT", path: functionPath("/configuration"), operation: "UpdateFunctionConfiguration", ...onFunction },
  { method: "PUT", path: functionPath("/code"), operation: "UpdateFunctionCode", ...onFunction },
  { method: "PUT", path: concurrency, operation: "PutFunctionConcurrency", ...onFunction },
  { method: "DELETE", path: concurrency, operation: "DeleteFunctionConcurrency", ...onFunction, status: 204 },
  { method: "POST", path: functionPath("/policy"), operation: "AddPermission", ...onFunction, status: 201 },
  { method: "GET", path: functionPath("/policy"), operation: "GetPolicy", ...onFunction },
  {
    method: "DELETE",
    path: functionPath("/policy/([^/]+)"),
    operation: "RemovePermission",
    params: ["FunctionName", "StatementId"],
    status: 204,
  },
  { method: "GET", path: new RegExp(`^${MAPPINGS}/?$`), operation: "ListEventSourceMappings", params: [] },
  { method: "GET", operation: "GetEventSourceMapping", ...onMapping },
  { method: "PUT", operation: "UpdateEventSourceMapping", ...onMapping, status: 202 },
  { method: "DELETE", operation: "DeleteEventSourceMapping", ...onMapping, status: 202 },
  { method: "GET", operation: "ListTags", ...onTags },
  { method: "POST", operation: "TagResource", ...onTags, status: 204 },
  { method: "DELETE", operation: "UntagResource", ...onTags, status: 204 },
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
      route.params.map((name, index) => [name, decodePathPart(values[index] ?? "")]),
    );
    Object.assign(params, queryParams(request));
    if (route.operation === "Invoke")
      return { operation: route.operation, params: { ...params, ...invokeParams(request) } };
    return { operation: route.operation, params: { ...jsonBody(request), ...params } };
  },

  encode(operation, output, requestId) {
    if (operation !== "Invoke") {
      const status = routes.find((route) => route.operation === operation)?.status ?? 200;
      const headers = { "content-type": "application/json", "x-amzn-requestid": requestId };
      return { status, headers, body: status === 204 ? "" : JSON.stringify(output) };
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

/** Parameters in the query; tag keys are a list, one by one. */
function queryParams(request: HttpRequest): Record<string, unknown> {
  const query = new URLSearchParams(request.query);
  return Object.fromEntries(
    [...query].map(([name, value]) => {
      if (name === "tagKeys") return ["TagKeys", query.getAll(name)];
      return [name, name === "MaxItems" ? Number(value) : value];
    }),
  );
}

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
