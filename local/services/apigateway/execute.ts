import { gunzipSync, inflateSync } from "node:zlib";
import { AwsError } from "../../kernel/errors.ts";
import { arnIn } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { HttpResponse } from "../../kernel/service.ts";
import { Authenticator } from "../../sigv4/authenticate.ts";
import { MalformedSignature, readSignature } from "../../sigv4/signature.ts";
import type { CompiledAnswer, CompiledMethod } from "./compile.ts";
import { findRoute } from "./compile.ts";
import { contextOf, type Exchange } from "./exchange.ts";
import { GatewayRefusal, gatewayResponse, mappedValue } from "./gateway-response.ts";
import { ActionCaller, type IntegrationAnswer } from "./integration.ts";
import { MAX_PAYLOAD_BYTES } from "./limits.ts";
import type { RequestLimits } from "./request-limits.ts";
import type { ApiGatewayStore } from "./store.ts";
import { traceId } from "./trace-id.ts";
import { JsonSyntaxError } from "./vtl/json.ts";
import { inputObject, utilObject } from "./vtl/objects.ts";
import { type Render, Scope } from "./vtl/scope.ts";

const JSON_TYPE = "application/json";

/** A template's overrides of the response. */
interface Overrides {
  status?: number;
  readonly headers: Map<string, string>;
}

/** Serves a request from the deployed API: authorization, throttling, validation, integration, response. */
export class Executor {
  readonly #ports: Ports;
  readonly #limits: RequestLimits;
  readonly #store: ApiGatewayStore;
  readonly #actions: ActionCaller;
  readonly #authenticator: Authenticator;

  constructor(store: ApiGatewayStore, limits: RequestLimits) {
    const { ports } = store;
    this.#ports = ports;
    this.#limits = limits;
    this.#store = store;
    this.#actions = new ActionCaller(ports);
    this.#authenticator = new Authenticator(ports);
  }

  /** The response to a request; throws only for a bug of the cloud. */
  async serve(exchange: Exchange): Promise<HttpResponse> {
    try {
      return await this.#serve(exchange);
    } catch (error) {
      if (!(error instanceof GatewayRefusal)) throw error;
      return gatewayResponse(exchange, error);
    }
  }

  async #serve(exchange: Exchange): Promise<HttpResponse> {
    const { api, stage, request } = exchange;
    if (request.isBodyTooLong || request.body.length > MAX_PAYLOAD_BYTES) throw tooLarge();
    const deployed = api.deployments.get(stage.settings.deploymentId);
    const route = deployed && findRoute(deployed.api, exchange.path, request.method);
    if (!route) throw new GatewayRefusal("MISSING_AUTHENTICATION_TOKEN", "Missing Authentication Token");
    exchange.route = route;
    for (const [name, value] of route.pathParameters) exchange.params.path.set(name, value);
    const { method } = route;
    if (method.definition.settings.authorization === "AWS_IAM") this.#authorize(exchange);
    const now = this.#ports.clock.now();
    if (method.definition.settings.isApiKeyRequired) this.#admitClient(exchange, now);
    this.#limits.takeFromStage(exchange, now);
    exchange.body = bodyText(exchange);
    const contentType = mediaType(request.headers["content-type"]);
    checkParameters(exchange, method);
    checkBody(exchange, method, contentType);
    const answer = await this.#integrate(exchange, method, contentType);
    exchange.integrationStatus = answer.status;
    return this.#respond(exchange, method, answer);
  }

  #authorize(exchange: Exchange): void {
    const { request, api, stage, route } = exchange;
    let signed: ReturnType<typeof readSignature>;
    try {
      signed = readSignature(request);
    } catch (error) {
      if (error instanceof MalformedSignature) throw new GatewayRefusal("INVALID_SIGNATURE", error.message);
      throw error;
    }
    if (!signed) throw new GatewayRefusal("MISSING_AUTHENTICATION_TOKEN", "Missing Authentication Token");
    if (signed.service !== "execute-api") {
      throw new GatewayRefusal("INVALID_SIGNATURE", "Credential should be scoped to correct service: 'execute-api'.");
    }
    try {
      exchange.principal = this.#authenticator.authenticate(request, signed, { dialect: "rest-json" }).principal;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const isExpired = error.code.includes("Expired");
      throw new GatewayRefusal(isExpired ? "EXPIRED_TOKEN" : "INVALID_SIGNATURE", error.message);
    }
    const { principal } = exchange;
    const path = [stage.name, request.method, ...exchange.path].join("/");
    const action = "execute-api:Invoke";
    const resource = arnIn(api, "execute-api", `${api.id}/${path}`);
    const decision = this.#ports.authorizer.evaluate(
      { principal, accountId: api.accountId, region: api.region },
      { action, resource, resourceAccountId: api.accountId },
    );
    exchange.authorization = { action, resource, isAllowed: decision.isAllowed };
    if (!decision.isAllowed || !route) {
      throw new GatewayRefusal("ACCESS_DENIED", decision.isAllowed ? "Forbidden" : decision.message);
    }
  }

  #admitClient(exchange: Exchange, now: number): void {
    const value = exchange.request.headers["x-api-key"];
    const client = value === undefined ? undefined : this.#store.findClient(exchange.api, exchange.stage, value);
    if (!client) throw new GatewayRefusal("INVALID_API_KEY", "Forbidden");
    exchange.apiKey = client.key;
    this.#limits.takeFromPlan(client.plan, client.key.id, now);
  }

  async #integrate(exchange: Exchange, method: CompiledMethod, contentType: string): Promise<IntegrationAnswer> {
    const integration = method.definition.integration;
    if (!integration) throw new GatewayRefusal("API_CONFIGURATION_ERROR", "Internal server error");
    const template = method.requestTemplates.get(contentType);
    const passes =
      integration.passthroughBehavior === "WHEN_NO_MATCH" ||
      (integration.passthroughBehavior === "WHEN_NO_TEMPLATES" && method.requestTemplates.size === 0);
    if (!template && !passes) throw new GatewayRefusal("UNSUPPORTED_MEDIA_TYPE", "Unsupported Media Type");
    const body = template ? renderRequest(exchange, template) : exchange.body;
    if (integration.type === "MOCK") return mockAnswer(body);
    const startedAt = this.#ports.clock.now();
    const answer = await this.#actions.call(exchange, integration, body);
    exchange.integrationLatencyMs = this.#ports.clock.now() - startedAt;
    if (exchange.integrationLatencyMs > integration.timeoutMilliseconds) {
      throw new GatewayRefusal("INTEGRATION_TIMEOUT", "Endpoint request timed out");
    }
    return answer;
  }

  #respond(exchange: Exchange, method: CompiledMethod, answer: IntegrationAnswer): HttpResponse {
    const status = String(answer.status);
    const chosen =
      method.answers.find(({ pattern }) => pattern?.test(status)) ?? method.answers.find(({ pattern }) => !pattern);
    // An integration response can exist before the method response of its status, but cannot be returned then.
    if (!chosen || !method.definition.responses.has(chosen.definition.statusCode)) {
      throw new GatewayRefusal("API_CONFIGURATION_ERROR", "Internal server error");
    }
    const overrides: Overrides = { headers: new Map() };
    const isMock = method.definition.integration?.type === "MOCK";
    const body = chosen.template
      ? renderResponse(exchange, chosen.template, answer.body, overrides)
      : isMock
        ? ""
        : answer.body;
    return {
      status: overrides.status ?? Number(chosen.definition.statusCode),
      headers: {
        "content-type": chosen.contentType,
        "x-amzn-requestid": exchange.requestId,
        "x-amz-apigw-id": exchange.extendedRequestId,
        ...(isMock
          ? {}
          : { "x-amzn-trace-id": traceId(exchange.request.headers["x-amzn-trace-id"], exchange.startedAt) }),
        ...mappedHeaders(exchange, chosen),
        ...Object.fromEntries(overrides.headers),
      },
      body,
    };
  }
}

function tooLarge(): GatewayRefusal {
  return new GatewayRefusal("REQUEST_TOO_LARGE", "Request Too Long");
}

function mediaType(header: string | undefined): string {
  return (header ?? JSON_TYPE).split(";")[0]?.trim().toLowerCase() || JSON_TYPE;
}

/** The body as UTF-8 text, after `Content-Encoding` is undone. */
function bodyText(exchange: Exchange): string {
  const { body, headers } = exchange.request;
  const encoding = headers["content-encoding"]?.toLowerCase() ?? "identity";
  if (encoding === "identity" || body.length === 0) return body.toString("utf8");
  if (encoding !== "gzip" && encoding !== "deflate") {
    throw new GatewayRefusal("UNSUPPORTED_MEDIA_TYPE", "Unsupported Media Type");
  }
  const unpack = encoding === "gzip" ? gunzipSync : inflateSync;
  try {
    return unpack(body, { maxOutputLength: MAX_PAYLOAD_BYTES }).toString("utf8");
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw new GatewayRefusal("BAD_REQUEST_BODY", "Could not decompress the body of the incoming message");
  }
}

function checkParameters(exchange: Exchange, method: CompiledMethod): void {
  if (!method.areParametersChecked) return;
  const missing = Object.entries(method.definition.settings.requestParameters)
    .filter(([source, isRequired]) => isRequired && !mappedValue(exchange, source))
    .map(([source]) => source.replace(/^method\.request\.(header|querystring|path)\./, ""));
  if (missing.length === 0) return;
  throw new GatewayRefusal("BAD_REQUEST_PARAMETERS", `Missing required request parameters: [${missing.join(", ")}]`);
}

function checkBody(exchange: Exchange, method: CompiledMethod, contentType: string): void {
  if (!method.isBodyChecked) return;
  const problem = method.models.get(contentType)?.(exchange.body);
  if (problem !== undefined) throw new GatewayRefusal("BAD_REQUEST_BODY", "Invalid request body", problem);
}

function scopeFor(exchange: Exchange, body: string, overrides: Overrides | undefined): Scope {
  const objects = {
    input: inputObject(body, exchange.params),
    util: utilObject,
    context: contextOf(exchange),
    stageVariables: new Map(Object.entries(exchange.stage.settings.variables)),
  };
  return new Scope(objects, ([first, ...path], value) => {
    const name = path.join(".");
    if (first !== "responseOverride" || !overrides) return;
    if (name === "status") {
      if (overrides.status !== undefined) throw new GatewayRefusal("API_CONFIGURATION_ERROR", "Internal server error");
      overrides.status = Number(value);
    } else if (path[0] === "header" && path[1] !== undefined) {
      const header = path[1].toLowerCase();
      if (overrides.headers.has(header)) throw new GatewayRefusal("API_CONFIGURATION_ERROR", "Internal server error");
      overrides.headers.set(header, String(value));
    }
  });
}

function renderRequest(exchange: Exchange, template: Render): string {
  try {
    return template(scopeFor(exchange, exchange.body, undefined));
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const message = `Could not parse request body into json: ${error.message}`;
    throw new GatewayRefusal("BAD_REQUEST_BODY", message);
  }
}

function renderResponse(exchange: Exchange, template: Render, body: string, overrides: Overrides): string {
  try {
    return template(scopeFor(exchange, body, overrides));
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new GatewayRefusal("API_CONFIGURATION_ERROR", "Internal server error");
  }
}

function mockAnswer(body: string): IntegrationAnswer {
  try {
    const status = (JSON.parse(body) as { statusCode?: unknown }).statusCode;
    if (typeof status === "number") return { status, body: "" };
  } catch {
    // Not JSON: the throw below reports it.
  }
  throw new GatewayRefusal("API_CONFIGURATION_ERROR", "Internal server error");
}

function mappedHeaders(exchange: Exchange, answer: CompiledAnswer): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [target, source] of Object.entries(answer.definition.responseParameters)) {
    const value = mappedValue(exchange, source);
    if (value !== undefined) headers[target.replace(/^method\.response\.header\./, "").toLowerCase()] = value;
  }
  return headers;
}
