import { randomBytes, randomUUID } from "node:crypto";
import { AwsError } from "../../kernel/errors.ts";
import { placeOf } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { CodeStore } from "./code-store.ts";
import { type Deployment, EnvironmentPool } from "./environment-pool.ts";
import type { EnvironmentOutcome } from "./execution-environment.ts";
import { FunctionPolicy } from "./function-policy.ts";
import type { DeployedCode, FunctionSettings } from "./function-settings.ts";
import { invocationLog, type LoggedInvocation } from "./invocation-log.ts";
import { ACCOUNT_CONCURRENCY, LOG_TAIL_BYTES, MAX_PAYLOAD_BYTES } from "./limits.ts";
import { measure } from "./metering.ts";

/** The result of a synchronous invocation. */
export interface InvocationResult {
  readonly requestId: string;
  /** JSON text: the handler's answer, or the error. */
  readonly payload: string;
  readonly functionError?: "Unhandled";
  /** The last 4 KB of the invocation's log. */
  readonly logTail: string;
}

/**
 * One function: its configuration, its code, and its execution environments. Each invocation in flight has its own
 * environment; environments are reused.
 */
export class LambdaFunction {
  readonly name: string;
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  /**
   * Reserved concurrency, which is also the function's maximum. Undefined: no reservation; 0: the function is stopped.
   */
  reservedConcurrentExecutions: number | undefined;
  tags: Readonly<Record<string, string>>;
  /** Resource policy: allows callers to invoke besides their identity policies. */
  readonly policy: FunctionPolicy;
  readonly #ports: Ports;
  readonly #store: CodeStore;
  readonly #pool: EnvironmentPool;
  /** Replaced on every change; environments of an earlier deployment are not reused. */
  #deployment: Deployment;
  #lastModified: number;
  #running = 0;
  readonly #logWrites = new Set<Promise<void>>();

  constructor(
    ports: Ports,
    store: CodeStore,
    options: {
      readonly name: string;
      readonly arn: string;
      readonly settings: FunctionSettings;
      readonly code: DeployedCode;
      readonly reservedConcurrentExecutions: number | undefined;
      readonly tags: Readonly<Record<string, string>>;
    },
  ) {
    const { accountId, region } = placeOf(options.arn);
    this.name = options.name;
    this.arn = options.arn;
    this.accountId = accountId;
    this.region = region;
    this.reservedConcurrentExecutions = options.reservedConcurrentExecutions;
    this.tags = options.tags;
    this.policy = new FunctionPolicy(ports, { accountId, region, name: options.name });
    this.#ports = ports;
    this.#store = store;
    this.#deployment = { settings: options.settings, code: options.code };
    this.#pool = new EnvironmentPool(ports, store, this);
    this.#lastModified = ports.clock.now();
  }

  get settings(): FunctionSettings {
    return this.#deployment.settings;
  }

  get code(): DeployedCode {
    return this.#deployment.code;
  }

  /** Cloud time, milliseconds since the epoch. */
  get lastModified(): number {
    return this.#lastModified;
  }

  /** Changes settings and code for invocations from now on; those in flight keep the old ones. */
  async reconfigure(settings: FunctionSettings, code: DeployedCode): Promise<void> {
    const replaced = this.code;
    this.#deployment = { settings, code };
    this.#lastModified = this.#ports.clock.now();
    await this.#pool.dropIdle();
    if (replaced !== code && this.#running === 0) await this.#store.remove(replaced);
  }

  /**
   * Runs the handler once and resolves with its result.
   * @param payload JSON text.
   * @param options.canWait whether it may wait a moment for a busy environment, instead of starting one; default: no.
   * @throws AwsError RequestEntityTooLargeException, TooManyRequestsException, AccessDeniedException (the role can no
   * longer be assumed).
   */
  async invoke(
    payload: string,
    options: { requestId?: string; clientContext?: string; canWait?: boolean } = {},
  ): Promise<InvocationResult> {
    const size = Buffer.byteLength(payload);
    if (size > MAX_PAYLOAD_BYTES) {
      throw new AwsError(
        "RequestEntityTooLargeException",
        `${size} byte payload is too large for the RequestResponse invocation type (limit ${MAX_PAYLOAD_BYTES} bytes)`,
        413,
      );
    }
    this.#throttle();
    this.#running++;
    const release = this.#ports.clock.hold();
    try {
      return await this.#run(payload, { requestId: randomUUID(), canWait: false, ...options });
    } finally {
      this.#running--;
      release();
    }
  }

  /** Ends every environment; invocations in flight end as exits. */
  async dropEnvironments(): Promise<void> {
    await this.#pool.drop();
    await Promise.all(this.#logWrites);
  }

  /** Ends every environment and removes the code. */
  async close(): Promise<void> {
    await this.dropEnvironments();
    await this.#store.remove(this.code);
  }

  #throttle(): void {
    const reserved = this.reservedConcurrentExecutions;
    if (this.#running < (reserved ?? ACCOUNT_CONCURRENCY)) return;
    this.#measure("Throttles", 1, "Count");
    this.#measure("Invocations", 0, "Count");
    throw new AwsError("TooManyRequestsException", "Rate Exceeded.", 429, {
      Reason:
        reserved === undefined
          ? "ConcurrentInvocationLimitExceeded"
          : "ReservedFunctionConcurrentInvocationLimitExceeded",
    });
  }

  async #run(
    payload: string,
    { requestId, clientContext, canWait }: { requestId: string; clientContext?: string; canWait: boolean },
  ): Promise<InvocationResult> {
    const startedAt = this.#ports.clock.now();
    const deployment = this.#deployment;
    const pooled = await this.#pool.take(deployment, canWait);
    const { environment, initError } = pooled;
    const outcome: EnvironmentOutcome = initError
      ? { payload: JSON.stringify(initError), error: initError, heapBytes: 0, durationMs: 0 }
      : await environment.invoke({
          requestId,
          payload,
          offsetMs: this.#ports.clock.offsetMs(),
          timeoutMs: deployment.settings.timeoutSeconds * 1000,
          traceId: newTraceId(this.#ports.clock.now()),
          ...(clientContext === undefined ? {} : { clientContext }),
        });
    const answer = limited(outcome);
    const invocation: LoggedInvocation = {
      requestId,
      startedAt,
      endedAt: this.#ports.clock.now(),
      setup: environment.setup,
      systemLogLevel: deployment.settings.systemLogLevel,
      initDurationMs: environment.takeInitDurationMs(),
      events: environment.takeLogs(),
      outcome: answer,
    };
    const events = invocationLog(invocation);
    this.#track(pooled.logs.publish(events));
    this.#measure("Invocations", 1, "Count");
    this.#measure("Errors", answer.error ? 1 : 0, "Count");
    this.#measure("Duration", answer.durationMs, "Milliseconds");
    await this.#pool.giveBack(pooled, this.#deployment);
    return {
      requestId,
      payload: answer.payload,
      ...(answer.error ? { functionError: "Unhandled" } : {}),
      logTail: Buffer.from(`${events.map((event) => event.message).join("\n")}\n`)
        .subarray(-LOG_TAIL_BYTES)
        .toString("utf8"),
    };
  }

  #track(write: Promise<void>): void {
    this.#logWrites.add(write);
    void write.finally(() => this.#logWrites.delete(write));
  }

  #measure(name: string, value: number, unit: "Count" | "Milliseconds"): void {
    measure(this.#ports, { functionArn: this.arn, name, value, unit });
  }
}

/** A response over 6 MB becomes an error. */
function limited(outcome: EnvironmentOutcome): EnvironmentOutcome {
  const size = Buffer.byteLength(outcome.payload);
  if (size <= MAX_PAYLOAD_BYTES) return outcome;
  const error = {
    errorType: "Function.ResponseSizeTooLarge",
    errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`,
  };
  return { ...outcome, payload: JSON.stringify(error), error };
}

function newTraceId(now: number): string {
  const seconds = Math.floor(now / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString("hex")};Parent=${randomBytes(8).toString("hex")};Sampled=0`;
}
