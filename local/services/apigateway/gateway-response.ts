import type { HttpResponse } from "../../kernel/service.ts";
import type { GatewayResponseDefinition } from "./definition.ts";
import { contextOf, type Exchange } from "./exchange.ts";
import type { JavaValue } from "./vtl/java-values.ts";

/** Every type of gateway response: its status, AWS's error type, and the message where it is constant. */
export const gatewayResponseTypes = {
  ACCESS_DENIED: { status: 403, errorType: "AccessDeniedException" },
  API_CONFIGURATION_ERROR: { status: 500, errorType: "InternalServerErrorException" },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, errorType: "InternalServerErrorException" },
  AUTHORIZER_FAILURE: { status: 500, errorType: "InternalServerErrorException" },
  BAD_REQUEST_BODY: { status: 400, errorType: "BadRequestException" },
  BAD_REQUEST_PARAMETERS: { status: 400, errorType: "BadRequestException" },
  DEFAULT_4XX: { status: 400, errorType: "BadRequestException" },
  DEFAULT_5XX: { status: 500, errorType: "InternalServerErrorException" },
  EXPIRED_TOKEN: { status: 403, errorType: "ExpiredTokenException" },
  INTEGRATION_FAILURE: { status: 504, errorType: "InternalServerErrorException" },
  INTEGRATION_TIMEOUT: { status: 504, errorType: "InternalServerErrorException" },
  INVALID_API_KEY: { status: 403, errorType: "ForbiddenException" },
  INVALID_SIGNATURE: { status: 403, errorType: "InvalidSignatureException" },
  MISSING_AUTHENTICATION_TOKEN: { status: 403, errorType: "MissingAuthenticationTokenException" },
  QUOTA_EXCEEDED: { status: 429, errorType: "LimitExceededException" },
  REQUEST_TOO_LARGE: { status: 413, errorType: "RequestTooLongException" },
  RESOURCE_NOT_FOUND: { status: 404, errorType: "NotFoundException" },
  THROTTLED: { status: 429, errorType: "TooManyRequestsException" },
  UNAUTHORIZED: { status: 401, errorType: "UnauthorizedException" },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, errorType: "UnsupportedMediaTypeException" },
  WAF_FILTERED: { status: 403, errorType: "ForbiddenException" },
} as const;
export type GatewayResponseType = keyof typeof gatewayResponseTypes;

/** A refusal by API Gateway itself, to be answered with a gateway response. */
export class GatewayRefusal extends Error {
  readonly responseType: GatewayResponseType;
  readonly validation: string | undefined;

  /** @param validation the mistakes in the body, AWS's `validationErrorString`. */
  constructor(responseType: GatewayResponseType, message: string, validation?: string) {
    super(message);
    this.responseType = responseType;
    this.validation = validation;
  }
}

const DEFAULT_TEMPLATE = '{"message":$context.error.messageString}';

/**
 * The response to a refusal: the deployed gateway response of its type, else the one of its status class (DEFAULT_4XX,
 * DEFAULT_5XX), else AWS's default.
 */
export function gatewayResponse(exchange: Exchange, refusal: GatewayRefusal): HttpResponse {
  const { responseType } = refusal;
  const { status, errorType } = gatewayResponseTypes[responseType];
  exchange.error = {
    message: refusal.message,
    responseType,
    ...(refusal.validation === undefined ? {} : { validation: refusal.validation }),
  };
  const defined = exchange.stage && deployedResponse(exchange, responseType, status);
  const [entry] = Object.entries(defined?.responseTemplates ?? {});
  return {
    status: Number(defined?.statusCode ?? status),
    headers: {
      "content-type": entry?.[0] ?? "application/json",
      "x-amzn-requestid": exchange.requestId,
      "x-amz-apigw-id": exchange.extendedRequestId,
      "x-amzn-errortype": errorType,
      ...mappedHeaders(exchange, defined?.responseParameters ?? {}),
    },
    body: fillVariables(exchange, entry?.[1] ?? DEFAULT_TEMPLATE),
  };
}

function deployedResponse(
  exchange: Exchange,
  responseType: GatewayResponseType,
  status: number,
): GatewayResponseDefinition | undefined {
  const deployed = exchange.api.deployments.get(exchange.stage.settings.deploymentId)?.api.gatewayResponses;
  // AWS does not allow a custom response for this type.
  if (responseType === "REQUEST_TOO_LARGE") return undefined;
  return deployed?.get(responseType) ?? deployed?.get(status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
}

function mappedHeaders(exchange: Exchange, parameters: Readonly<Record<string, string>>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [target, source] of Object.entries(parameters)) {
    const value = mappedValue(exchange, source);
    if (value !== undefined) headers[target.replace(/^gatewayresponse\.header\./, "").toLowerCase()] = value;
  }
  return headers;
}

/** The value of a mapping expression: `'static'`, `method.request.header.X` or `context.x`. */
export function mappedValue(exchange: Exchange, source: string): string | undefined {
  if (/^'.*'$/s.test(source)) return source.slice(1, -1);
  const [, place = "", name = ""] = /^method\.request\.(header|querystring|path)\.(.+)$/.exec(source) ?? [];
  if (place) {
    const value = exchange.params[place as "header" | "querystring" | "path"].get(
      place === "header" ? name.toLowerCase() : name,
    );
    return value === undefined ? undefined : String(value);
  }
  const value = variable(exchange, source.split("."));
  return value === undefined ? undefined : String(value);
}

/** Mapping expressions that `mappedValue` supports. */
export const MAPPING_SOURCE = /^('.*'|method\.request\.(header|querystring|path)\..+|context\.[\w.]+)$/s;

/** Gateway responses support variables, and no other part of the template language. */
function fillVariables(exchange: Exchange, template: string): string {
  return template.replace(/\$(context|stageVariables)((?:\.\w+)+)/g, (_all, root: string, path: string) => {
    const value = variable(exchange, [root, ...path.slice(1).split(".")]);
    return value === undefined ? "" : String(value);
  });
}

function variable(exchange: Exchange, path: readonly string[]): string | number | undefined {
  const [root, ...names] = path;
  if (root === "stageVariables") return exchange.stage.settings.variables[names[0] ?? ""];
  if (names[0] === "error") return errorVariable(exchange, names[1] ?? "");
  let value: JavaValue = contextOf(exchange);
  for (const name of names) value = value instanceof Map ? value.get(name) : undefined;
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

function errorVariable(exchange: Exchange, name: string): string | undefined {
  const { error } = exchange;
  if (name === "message") return error?.message;
  if (name === "messageString") return JSON.stringify(error?.message ?? "");
  if (name === "responseType") return error?.responseType;
  // The template itself puts quotes around this string.
  if (name === "validationErrorString") return JSON.stringify(error?.validation ?? "").slice(1, -1);
  return undefined;
}
