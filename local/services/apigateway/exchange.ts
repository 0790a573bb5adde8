import { randomBytes, randomUUID } from "node:crypto";
import type { Principal } from "../../kernel/principal.ts";
import type { HttpRequest } from "../../kernel/service.ts";
import type { RestApi, Stage } from "./api.ts";
import type { ApiKey } from "./client.ts";
import type { RouteMatch } from "./compile.ts";
import type { JavaMap, JavaValue } from "./vtl/java-values.ts";
import type { RequestParams } from "./vtl/objects.ts";

/** Form of a request id that a client may set. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One request in the gateway; its members are filled in while it is processed. */
export interface Exchange {
  readonly request: HttpRequest;
  readonly api: RestApi;
  readonly stage: Stage;
  /** Decoded parts after the stage. */
  readonly path: readonly string[];
  /** A client may set it to a UUID. */
  readonly requestId: string;
  /** Clients cannot set it. */
  readonly extendedRequestId: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly startedAt: number;
  readonly params: RequestParams;
  /** The body as text, after its content encoding is undone. */
  body: string;
  /** `$context`, once a template has asked for it: nothing in it changes after that. */
  context?: JavaMap;
  route?: RouteMatch;
  apiKey?: ApiKey;
  principal?: Principal;
  /** IAM's decision, of a method with the authorization `AWS_IAM`. */
  authorization?: { readonly action: string; readonly resource: string; readonly isAllowed: boolean };
  integrationStatus?: number;
  integrationLatencyMs?: number;
  error?: { readonly message: string; readonly responseType: string; readonly validation?: string };
}

/** The exchange of a new request. */
export function beginExchange(
  request: HttpRequest,
  api: RestApi,
  stage: Stage,
  path: readonly string[],
  now: number,
): Exchange {
  const given = request.headers["x-amzn-requestid"];
  return {
    request,
    api,
    stage,
    path,
    requestId: given !== undefined && UUID.test(given) ? given : randomUUID(),
    extendedRequestId: randomBytes(11).toString("base64"),
    startedAt: now,
    params: {
      path: new Map(),
      querystring: new Map(new URLSearchParams(request.query)),
      header: new Map(Object.entries(request.headers)),
    },
    body: "",
  };
}

/** Top-level names of `$context` that templates may use; others are refused by name. */
export const contextNames: ReadonlySet<string> = new Set([
  "accountId",
  "apiId",
  "domainName",
  "extendedRequestId",
  "httpMethod",
  "identity",
  "path",
  "protocol",
  "requestId",
  "requestTime",
  "requestTimeEpoch",
  "resourceId",
  "resourcePath",
  "responseOverride",
  "stage",
]);

/** `$context` of one exchange. */
export function contextOf(exchange: Exchange): JavaMap {
  exchange.context ??= newContext(exchange);
  return exchange.context;
}

function newContext(exchange: Exchange): JavaMap {
  const { api, stage, request, apiKey, principal } = exchange;
  const identity: [string, JavaValue][] = [
    ["sourceIp", request.sourceIp],
    ["userAgent", request.headers["user-agent"]],
    ["apiKey", apiKey?.value],
    ["apiKeyId", apiKey?.id],
    ["caller", principal?.userId],
    ["user", principal?.userId],
    ["userArn", principal?.arn],
    ["accountId", principal?.accountId],
  ];
  return new Map<string, JavaValue>([
    ["accountId", api.accountId],
    ["apiId", api.id],
    ["domainName", request.headers["host"] ?? ""],
    ["extendedRequestId", exchange.extendedRequestId],
    ["httpMethod", request.method],
    ["identity", new Map(identity.filter(([, value]) => value !== undefined))],
    ["path", `/${[stage.name, ...exchange.path].join("/")}`],
    ["protocol", "HTTP/1.1"],
    ["requestId", exchange.requestId],
    ["requestTime", requestTime(exchange.startedAt)],
    ["requestTimeEpoch", exchange.startedAt],
    ["resourceId", exchange.route?.method.resourceId],
    ["resourcePath", exchange.route?.method.resourcePath],
    ["stage", stage.name],
  ]);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Time in the access log's own format: `09/Apr/2026:12:34:56 +0000`. */
function requestTime(time: number): string {
  const [date = "", clock = ""] = new Date(time).toISOString().split("T");
  const [year, month, day] = date.split("-");
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${clock.slice(0, 8)} +0000`;
}
