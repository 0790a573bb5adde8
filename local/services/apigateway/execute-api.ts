import type { Ports } from "../../kernel/ports.ts";
import type { HttpRequest, HttpResponse, Site } from "../../kernel/service.ts";
import { AccessLogs } from "./access-log.ts";
import type { RestApi, Stage } from "./api.ts";
import { beginExchange, type Exchange } from "./exchange.ts";
import { Executor } from "./execute.ts";
import { faults } from "./faultable.ts";
import { EXECUTE_API, MAX_PAYLOAD_BYTES } from "./limits.ts";
import { RequestLimits } from "./request-limits.ts";
import type { ApiGatewayStore } from "./store.ts";

/** The endpoint of deployed APIs (`execute-api`): `/_aws/execute-api/<api id>/<stage>/<path>`. */
export class ExecuteApi implements Site {
  readonly prefix = EXECUTE_API;
  readonly faultPoint = { service: faults.service, operation: "Request" };
  readonly #ports: Ports;
  readonly #store: ApiGatewayStore;
  readonly #limits = new RequestLimits();
  readonly #executor: Executor;
  readonly #accessLogs: AccessLogs;

  constructor(store: ApiGatewayStore) {
    this.#ports = store.ports;
    this.#store = store;
    this.#executor = new Executor(store, this.#limits);
    this.#accessLogs = new AccessLogs(store.ports);
  }

  bodyLimit(path: string): number {
    return this.#addressed(path) ? MAX_PAYLOAD_BYTES : 0;
  }

  async handle(request: HttpRequest): Promise<HttpResponse> {
    const addressed = this.#addressed(request.path);
    if (!addressed) return forbidden();
    const { api, stage, path } = addressed;
    const parts = path.filter((part) => part !== "");
    const exchange = beginExchange(request, api, stage, parts, this.#ports.clock.now());
    return this.#ports.clock.holding(async () => {
      const response = await this.#executor.serve(exchange);
      this.#record(exchange, response);
      return response;
    });
  }

  /** Resets the request counts. */
  emptyData(): void {
    this.#limits.clear();
  }

  #addressed(address: string): { api: RestApi; stage: Stage; path: readonly string[] } | undefined {
    const [apiId = "", stageName = "", ...path] = address.slice(EXECUTE_API.length).split("/").map(decodePart);
    const api = this.#store.apis.find(apiId);
    const stage = api?.stages.get(stageName);
    return api && stage ? { api, stage, path } : undefined;
  }

  #record(exchange: Exchange, response: HttpResponse): void {
    const { api, stage, route, apiKey, principal, authorization, request } = exchange;
    const role = this.#store.logRole(api);
    if (stage.settings.accessLog && role) this.#accessLogs.add(exchange, response, role);
    const isRefused = response.status === 401 || response.status === 403;
    // A request that IAM allowed may still be refused, for its API key: the policies have no part in that.
    const isDecidedByIam = authorization !== undefined && authorization.isAllowed !== isRefused;
    this.#ports.calls.internal({
      time: exchange.startedAt,
      accountId: api.accountId,
      principal: principal ?? { arn: apiKey ? `api key ${apiKey.id}` : "anonymous" },
      call: "execute-api:Invoke",
      asked: isDecidedByIam ? [authorization] : [],
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
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** AWS's response for an unknown API or stage. */
function forbidden(): HttpResponse {
  return {
    status: 403,
    headers: { "content-type": "application/json", "x-amzn-errortype": "ForbiddenException" },
    body: JSON.stringify({ message: "Forbidden" }),
  };
}
