import { AwsError, NotSupportedError } from "../kernel/errors.ts";
import type { HttpRequest, WireProtocol } from "../kernel/service.ts";
import { type Member, type ServiceModel, type Shape, shapeOf } from "./model.ts";
import { decodePathPart } from "./path-part.ts";

/** A service's options of REST-JSON. */
export interface RestJsonOptions {
  /** Signing name, such as `lambda`. */
  readonly service: string;
  /** Members of an error's body besides its details; default: `message`. */
  errorBody?(error: { readonly message: string; readonly status: number }): object;
  /** Appended to the list of operations in the error for an unknown path. */
  readonly hint?: string;
}

interface Route {
  readonly operation: string;
  readonly method: string;
  /** Parts of the path; a parameter's text is its name. */
  readonly parts: readonly { readonly text: string; readonly isParameter: boolean }[];
}

const NUMBERS: readonly Shape["type"][] = ["integer", "long", "float", "double"];

/**
 * REST-JSON: method and path give the operation; the model locates parameters in the path, the query, headers and the
 * body.
 */
export function restJsonProtocol(model: ServiceModel, options: RestJsonOptions): WireProtocol {
  const routes = routesOf(model);
  return {
    decode(request) {
      const given = request.path.split("/").filter((part) => part !== "");
      const route = routes.find(({ method, parts }) => method === request.method && isMatch(parts, given));
      if (!route) {
        const there = `${Object.keys(model.operations).sort().join(", ")}${options.hint ? `; ${options.hint}` : ""}`;
        throw new NotSupportedError(`${options.service} ${request.method} ${request.path}`, there);
      }
      return { operation: route.operation, params: readRequest(model, options.service, route, given, request) };
    },
    encode: (operation, output, requestId) => writeAnswer(model, operation, output, requestId),
    encodeError: (error, requestId) => ({
      status: error.status,
      headers: { "content-type": "application/json", "x-amzn-requestid": requestId, "x-amzn-errortype": error.code },
      body: JSON.stringify({ ...(options.errorBody?.(error) ?? { message: error.message }), ...error.details }),
    }),
  };
}

/** The operations' paths, those with fewer parameters first: `/account` before `/{name}`. */
function routesOf({ operations }: ServiceModel): readonly Route[] {
  const routes = Object.entries(operations).map(([operation, { http }]) => {
    const [path = ""] = (http?.requestUri ?? "/").split("?");
    const parts = path
      .split("/")
      .filter((part) => part !== "")
      .map((part) => ({ text: part.replace(/^\{|\}$/g, ""), isParameter: part.startsWith("{") }));
    return { operation, method: http?.method ?? "POST", parts };
  });
  const parameters = ({ parts }: Route) => parts.filter(({ isParameter }) => isParameter).length;
  return routes.sort((a, b) => parameters(a) - parameters(b));
}

function isMatch(parts: Route["parts"], given: readonly string[]): boolean {
  return (
    parts.length === given.length && parts.every(({ text, isParameter }, index) => isParameter || text === given[index])
  );
}

function readRequest(
  model: ServiceModel,
  service: string,
  { operation, parts }: Route,
  given: readonly string[],
  request: HttpRequest,
): Record<string, unknown> {
  const { input } = model.operations[operation]!;
  const shape: Shape = input === undefined ? { type: "structure" } : shapeOf(model, input);
  const members = Object.entries(shape.members ?? {});
  const query = new URLSearchParams(request.query);
  const params: Record<string, unknown> = {};
  for (const [name, member] of members) {
    const there = member.locationName ?? name;
    if (member.location === "uri") {
      const at = parts.findIndex(({ text, isParameter }) => isParameter && text === there);
      params[name] = scalar(decodePathPart(given[at] ?? ""), shapeOf(model, member.shape));
    } else if (member.location === "header") {
      const value = request.headers[there.toLowerCase()];
      if (value !== undefined) params[name] = scalar(value, shapeOf(model, member.shape));
    } else if (member.location === "querystring") {
      if (query.has(there)) params[name] = fromQuery(model, query.getAll(there), member);
      query.delete(there);
    }
  }
  const [stranger] = query.keys();
  if (stranger !== undefined) {
    throw new NotSupportedError(`the query parameter ${stranger} of ${service}:${operation}`);
  }
  const payload = shape.payload === undefined ? undefined : shape.members?.[shape.payload];
  if (shape.payload !== undefined && payload) {
    const { type } = shapeOf(model, payload.shape);
    if (type === "string") params[shape.payload] = request.body.toString("utf8");
    else if (type === "blob") params[shape.payload] = request.body.toString("base64");
    else params[shape.payload] = bodyOf(request);
    return params;
  }
  return { ...bodyMembers(service, operation, members, bodyOf(request)), ...params };
}

/**
 * The members of the body by their names in the model. Members outside the model remain, for the input check to refuse.
 */
function bodyMembers(
  service: string,
  operation: string,
  members: readonly (readonly [string, Member])[],
  body: object,
): Record<string, unknown> {
  const names = new Map(
    members.filter(([, { location }]) => location === undefined).map(([name, one]) => [one.locationName ?? name, name]),
  );
  return Object.fromEntries(
    Object.entries(body).map(([key, value]: [string, unknown]) => {
      const isElsewhere = members.some(([name, { location }]) => name === key && location !== undefined);
      if (isElsewhere) throw new NotSupportedError(`the parameter ${key} in the body of ${service}:${operation}`);
      return [names.get(key) ?? key, value];
    }),
  );
}

function fromQuery(model: ServiceModel, values: readonly string[], { shape: name }: Member): unknown {
  const shape = shapeOf(model, name);
  if (shape.type !== "list") return scalar(values[0] ?? "", shape);
  return values.map((value) => scalar(value, shapeOf(model, shape.member?.shape ?? "")));
}

/** A string as the model's type. */
function scalar(text: string, { type }: Shape): unknown {
  if (NUMBERS.includes(type)) {
    const number = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isFinite(number)) return number;
    throw new AwsError("SerializationException", `The text ${text} cannot be converted to a number.`);
  }
  if (type !== "boolean") return text;
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  throw new AwsError("SerializationException", `The text ${text} is neither true nor false.`);
}

function bodyOf(request: HttpRequest): object {
  const text = request.body.toString("utf8");
  if (text === "") return {};
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  } catch {
    // Not JSON: the throw below reports it.
  }
  throw new AwsError("SerializationException", "The body of the request is not a JSON object.");
}

function writeAnswer(model: ServiceModel, operation: string, output: unknown, requestId: string) {
  const { http, output: name } = model.operations[operation] ?? {};
  const shape: Shape = name === undefined ? { type: "structure" } : shapeOf(model, name);
  const headers: Record<string, string> = { "content-type": "application/json", "x-amzn-requestid": requestId };
  let status = http?.responseCode ?? 200;
  let body: Buffer | string = "";
  const members: [string, unknown][] = [];
  for (const [key, value] of Object.entries(output ?? {}) as [string, unknown][]) {
    const member = shape.members?.[key];
    if (value === undefined) continue;
    if (member?.location === "header") headers[(member.locationName ?? key).toLowerCase()] = String(value);
    else if (member?.location === "statusCode") status = Number(value);
    else if (member && key === shape.payload) {
      const isBytes = shapeOf(model, member.shape).type === "blob";
      body = isBytes ? Buffer.from(String(value), "base64") : String(value);
    } else members.push([member?.locationName ?? key, value]);
  }
  if (shape.payload === undefined && output !== undefined && status !== 204) {
    body = JSON.stringify(Object.fromEntries(members));
  }
  return { status, headers, body };
}
