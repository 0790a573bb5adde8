import { randomUUID } from "node:crypto";
import { ServiceRoles } from "../../accounts/service-role.ts";
import { AwsError, NotSupportedError } from "../../kernel/errors.ts";
import { placeOf } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { HttpResponse } from "../../kernel/service.ts";
import { contextOf, type Exchange } from "./exchange.ts";
import { GATEWAY_SESSION } from "./gateway-session.ts";
import type { JavaValue } from "./vtl/java-values.ts";

/** Names under `$context` that exist in the access log only. */
const LOG_ONLY: Readonly<Record<string, (entry: LogEntry) => string | number | undefined>> = {
  status: ({ response }) => response.status,
  responseLength: ({ response }) => Buffer.byteLength(response.body),
  responseLatency: ({ endedAt, exchange }) => endedAt - exchange.startedAt,
  integrationLatency: ({ exchange }) => exchange.integrationLatencyMs,
  integrationStatus: ({ exchange }) => exchange.integrationStatus,
  "integration.status": ({ exchange }) => exchange.integrationStatus,
  "integration.latency": ({ exchange }) => exchange.integrationLatencyMs,
  "error.message": ({ exchange }) => exchange.error?.message,
  "error.messageString": ({ exchange }) => exchange.error && JSON.stringify(exchange.error.message),
  "error.responseType": ({ exchange }) => exchange.error?.responseType,
  "error.validationErrorString": ({ exchange }) => exchange.error?.validation,
};

const VARIABLE = /\$context((?:\.[A-Za-z]\w*)+)/g;
const KNOWN = new Set([
  ...Object.keys(LOG_ONLY),
  ...["accountId", "apiId", "domainName", "extendedRequestId", "httpMethod", "path", "protocol", "requestId"],
  ...["requestTime", "requestTimeEpoch", "resourceId", "resourcePath", "stage"],
  ...["sourceIp", "userAgent", "apiKey", "apiKeyId", "caller", "user", "userArn", "accountId"].map(
    (name) => `identity.${name}`,
  ),
]);

/** `timestamp` is cloud time, milliseconds since the epoch. */
interface LogLine {
  readonly timestamp: number;
  readonly message: string;
}

interface LogEntry {
  readonly exchange: Exchange;
  readonly response: HttpResponse;
  readonly endedAt: number;
}

/** Refuses a format with an unknown `$context` name, or without a request id, which AWS requires. */
export function checkLogFormat(format: string): void {
  for (const [, path = ""] of format.matchAll(VARIABLE)) {
    const name = path.slice(1);
    if (!KNOWN.has(name))
      throw new NotSupportedError(`$context.${name} in an access log`, [...KNOWN].sort().join(", "));
  }
  if (!/\$context\.(requestId|extendedRequestId)\b/.test(format)) {
    throw new AwsError(
      "BadRequestException",
      "Invalid access log format. Access Log format must contain $context.requestId or $context.extendedRequestId",
    );
  }
}

function line(entry: LogEntry, format: string): string {
  const context = contextOf(entry.exchange);
  return format.replace(VARIABLE, (_all, path: string) => {
    const name = path.slice(1);
    const logOnly = Object.hasOwn(LOG_ONLY, name) ? LOG_ONLY[name] : undefined;
    let value: JavaValue = context;
    if (logOnly) value = logOnly(entry);
    else for (const part of name.split(".")) value = value instanceof Map ? value.get(part) : undefined;
    return value === undefined || value === null ? "-" : String(value);
  });
}

/**
 * Writes access logs as the account's CloudWatch role. A line that cannot be written is lost, as on AWS; the trace
 * shows the refused call.
 */
export class AccessLogs {
  readonly #ports: Ports;
  /** Log stream of one group, by its ARN and the role. */
  readonly #streams = new Map<string, string>();
  readonly #roles: ServiceRoles;
  readonly #waiting = new Map<string, { roleArn: string; events: LogLine[] }>();
  #isWriting = false;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#roles = new ServiceRoles(ports, GATEWAY_SESSION);
  }

  /** Queues one line, to be written shortly. */
  add(exchange: Exchange, response: HttpResponse, roleArn: string): void {
    const { accessLog } = exchange.stage.settings;
    if (!accessLog) return;
    const endedAt = this.#ports.clock.now();
    const message = line({ exchange, response, endedAt }, accessLog.format);
    const waiting = this.#waiting.get(accessLog.logGroupArn) ?? { roleArn, events: [] };
    this.#waiting.set(accessLog.logGroupArn, waiting);
    waiting.events.push({ timestamp: endedAt, message });
    if (this.#isWriting) return;
    this.#isWriting = true;
    const release = this.#ports.clock.hold();
    setImmediate(() => void this.#write().finally(release));
  }

  async #write(): Promise<void> {
    try {
      while (this.#waiting.size > 0) {
        const batches = [...this.#waiting];
        this.#waiting.clear();
        for (const [logGroupArn, { roleArn, events }] of batches) await this.#tryPut(logGroupArn, roleArn, events);
      }
    } finally {
      this.#isWriting = false;
    }
  }

  async #tryPut(logGroupArn: string, roleArn: string, events: readonly LogLine[]): Promise<void> {
    try {
      await this.#put(logGroupArn, roleArn, events);
    } catch (error) {
      this.#streams.delete(`${logGroupArn} ${roleArn}`);
      this.#roles.forget(roleArn, placeOf(roleArn).accountId);
      if (!(error instanceof AwsError)) throw error;
    }
  }

  async #put(logGroupArn: string, roleArn: string, logEvents: readonly LogLine[]): Promise<void> {
    const logGroupName = logGroupArn.split(":")[6] ?? "";
    const { region } = placeOf(logGroupArn);
    const principal = this.#roles.principal(roleArn, placeOf(roleArn).accountId);
    const call = (operation: string, params: object) =>
      this.#ports.calls.call({ service: "logs", operation, params, principal, region });
    const key = `${logGroupArn} ${roleArn}`;
    let logStreamName = this.#streams.get(key);
    if (logStreamName === undefined) {
      logStreamName = randomUUID().replaceAll("-", "");
      await call("CreateLogStream", { logGroupName, logStreamName });
      this.#streams.set(key, logStreamName);
    }
    await call("PutLogEvents", { logGroupName, logStreamName, logEvents });
  }
}
