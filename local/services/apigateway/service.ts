import type { Ports } from "../../kernel/ports.ts";
import type { HttpRequest, HttpResponse, Operation, Service, Site, Wire } from "../../kernel/service.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { AccessLogs } from "./access-log.ts";
import { beginExchange, type Exchange } from "./exchange.ts";
import { Executor } from "./execute.ts";
import { faults } from "./faultable.ts";
import { MAX_PAYLOAD_BYTES, RequestLimits } from "./limits.ts";
import { apiGatewayOperations } from "./operations.ts";
import { restJsonProtocol } from "./protocol.ts";
import { resourceTypes } from "./resources.ts";
import { type ApiKey, found, type RestApi, type Stage, type UsagePlan, type Whereabouts } from "./state.ts";

/** Where APIs are served: `/_aws/execute-api/<api id>/<stage>/<path>`. */
const EXECUTE_API = "/_aws/execute-api/";

/** API Gateway's REST APIs: what a deployment took a picture of is served, with keys, plans, validation, templates and access logs. */
export class ApiGatewayService implements Service {
  readonly name = "apigateway";
  readonly resourceTypes = withStore(resourceTypes, this);
  readonly wire: Wire;
  readonly faults = faults;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly accessDenied = { code: "AccessDeniedException", status: 403 };
  /** By id, of all accounts and regions. */
  readonly apis = new Map<string, RestApi>();
  readonly apiKeys = new Map<string, ApiKey>();
  readonly usagePlans = new Map<string, UsagePlan>();
  readonly ports: Ports;
  readonly site: Site = {
    prefix: EXECUTE_API,
    faultPoint: { service: "execute-api", operation: "Request" },
    bodyLimit: (path) => this.#bodyLimit(path),
    handle: (request) => this.#handle(request),
  };
  /** CloudWatch role by account and region. */
  readonly #cloudwatchRoles = new Map<string, string>();
  readonly #limits = new RequestLimits();
  readonly #executor: Executor;
  readonly #accessLogs: AccessLogs;

  constructor(ports: Ports) {
    this.ports = ports;
    this.operations = apiGatewayOperations(this);
    this.wire = {
      protocol: restJsonProtocol(Object.keys(this.operations)),
      dialect: "rest-json",
      paths: /^\/(restapis|apikeys|usageplans|account|tags)(\/|$)/,
    };
    this.#executor = new Executor(ports, this.#limits, { find: (exchange, value) => this.#client(exchange, value) });
    this.#accessLogs = new AccessLogs(ports);
  }

  /** The API of this account and region, which must exist. Throws NotFoundException. @param part message of a call about a part that names the part instead. */
  apiIn(place: Whereabouts, id: string, part = `Invalid API identifier specified ${place.accountId}:${id}`): RestApi {
    return found(inPlace(this.apis.get(id), place), part);
  }

  /** The key of this account and region, which must exist. Throws NotFoundException. */
  keyIn(place: Whereabouts, id: string): ApiKey {
    return found(inPlace(this.apiKeys.get(id), place), "Invalid API Key identifier specified");
  }

  /** The usage plan of this account and region, which must exist. Throws NotFoundException. */
  planIn(place: Whereabouts, id: string): UsagePlan {
    return found(inPlace(this.usagePlans.get(id), place), "Invalid Usage Plan ID specified");
  }

  /** The role that access logs of an account and region are written with. */
  cloudwatchRole(accountId: string, region: string): string | undefined {
    return this.#cloudwatchRoles.get(`${accountId}/${region}`);
  }

  /** Sets it, or with undefined takes it away. */
  setCloudwatchRole(accountId: string, region: string, roleArn: string | undefined): void {
    if (roleArn) this.#cloudwatchRoles.set(`${accountId}/${region}`, roleArn);
    else this.#cloudwatchRoles.delete(`${accountId}/${region}`);
  }

  /** URL of a stage, without a slash at the end. */
  invokeUrl(apiId: string, stageName: string): string {
    return `${this.ports.endpointUrl}${EXECUTE_API}${apiId}/${stageName}`;
  }

  #bodyLimit(path: string): number {
    return this.#addressed(path) ? MAX_PAYLOAD_BYTES : 0;
  }

  /** Answers a request to `/_aws/execute-api/<api id>/<stage>/<path>`. */
  async #handle(request: HttpRequest): Promise<HttpResponse> {
    const addressed = this.#addressed(request.path);
    if (!addressed) return forbidden();
    const { api, stage, path } = addressed;
    const parts = path.filter((part) => part !== "");
    const exchange = beginExchange(request, api, stage, parts, this.ports.clock.now());
    return this.ports.clock.holding(async () => {
      const response = await this.#executor.serve(exchange);
      this.#record(exchange, response);
      return response;
    });
  }

  #addressed(address: string): { api: RestApi; stage: Stage; path: readonly string[] } | undefined {
    const [apiId = "", stageName = "", ...path] = address.slice(EXECUTE_API.length).split("/").map(decodePart);
    const api = this.apis.get(apiId);
    const stage = api?.stages.get(stageName);
    return api && stage ? { api, stage, path } : undefined;
  }

  emptyData(): void {
    this.#limits.clear();
  }

  close(): void {}

  #record(exchange: Exchange, response: HttpResponse): void {
    const { api, stage, route, apiKey, principal, request } = exchange;
    const role = this.cloudwatchRole(api.accountId, api.region);
    if (stage.settings.accessLog && role) this.#accessLogs.add(exchange, response, role);
    const isRefused = response.status === 401 || response.status === 403;
    this.ports.trace.record({
      time: exchange.startedAt,
      accountId: api.accountId,
      principal: principal?.arn ?? (apiKey ? `api key ${apiKey.id}` : "anonymous"),
      call: "execute-api:Invoke",
      authorizations: [],
      decision: isRefused ? "denied" : "allowed",
      outcome: response.status < 300 ? "ok" : String(response.status),
      facts: {
        apiId: api.id,
        stage: stage.name,
        method: request.method,
        resourcePath: route?.method.resourcePath ?? "",
        status: response.status,
        bytes: request.body.length,
      },
    });
  }

  #client(exchange: Exchange, value: string): { key: ApiKey; plan: UsagePlan } | undefined {
    const { api, stage } = exchange;
    for (const key of this.apiKeys.values()) {
      if (
        key.value !== value ||
        !key.settings.isEnabled ||
        key.accountId !== api.accountId ||
        key.region !== api.region
      )
        continue;
      for (const plan of this.usagePlans.values()) {
        if (plan.keyIds.has(key.id) && plan.settings.stages.includes(`${api.id}:${stage.name}`)) return { key, plan };
      }
    }
    return undefined;
  }
}

/** A thing of this account and region, or nothing. */
export function inPlace<T extends Whereabouts>(thing: T | undefined, place: Whereabouts): T | undefined {
  return thing?.accountId === place.accountId && thing.region === place.region ? thing : undefined;
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** What AWS answers where there is no such API or stage. */
function forbidden(): HttpResponse {
  return {
    status: 403,
    headers: { "content-type": "application/json", "x-amzn-errortype": "ForbiddenException" },
    body: JSON.stringify({ message: "Forbidden" }),
  };
}
