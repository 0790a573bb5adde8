import { randomBytes, randomUUID } from "node:crypto";
import type { Cloud } from "../../cloud.ts";
import { AwsError } from "../../errors.ts";
import type { CodeStore } from "./code-store.ts";
import { environmentVariables } from "./environment-variables.ts";
import { type EnvironmentOutcome, ExecutionEnvironment, newLogStreamName } from "./execution-environment.ts";
import type { DeployedCode, FunctionSettings } from "./function-settings.ts";
import { invocationLog, type LoggedInvocation } from "./invocation-log.ts";
import { ACCOUNT_CONCURRENCY, ENVIRONMENT_SESSION_SECONDS, LOG_TAIL_BYTES, MAX_PAYLOAD_BYTES } from "./limits.ts";
import { LogPublisher } from "./log-publisher.ts";
import { measure } from "./metering.ts";
import { assumeFunctionRole } from "./service-sessions.ts";

/** What a synchronous invocation answers. */
export interface InvocationResult {
  readonly requestId: string;
  /** JSON text: the handler's answer, or the error. */
  readonly payload: string;
  readonly functionError?: "Unhandled";
  /** The last 4 KB of the invocation's log. */
  readonly logTail: string;
}

/** Credentials that end sooner than this after an invocation's timeout are not given to it. */
const SESSION_MARGIN_MS = 15 * 60_000;

interface PooledEnvironment {
  readonly environment: ExecutionEnvironment;
  readonly logs: LogPublisher;
  /** Of the configuration that it was started with. */
  readonly revision: number;
}

/** One function: its configuration, its code, and its execution environments. Every invocation in flight has an environment of its own; ended ones are used again. */
export class LambdaFunction {
  readonly name: string;
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  readonly #cloud: Cloud;
  readonly #store: CodeStore;
  #settings: FunctionSettings;
  #code: DeployedCode;
  #lastModified: number;
  #revision = 0;
  #running = 0;
  #isClosed = false;
  #idle: PooledEnvironment[] = [];
  readonly #all = new Set<PooledEnvironment>();
  readonly #logWrites = new Set<Promise<void>>();

  constructor(
    cloud: Cloud,
    store: CodeStore,
    options: { name: string; arn: string; settings: FunctionSettings; code: DeployedCode },
  ) {
    const [, , , region = "", accountId = ""] = options.arn.split(":");
    this.name = options.name;
    this.arn = options.arn;
    this.accountId = accountId;
    this.region = region;
    this.#cloud = cloud;
    this.#store = store;
    this.#settings = options.settings;
    this.#code = options.code;
    this.#lastModified = cloud.clock.now();
  }

  get settings(): FunctionSettings {
    return this.#settings;
  }

  get code(): DeployedCode {
    return this.#code;
  }

  /** Cloud time, milliseconds since the epoch. */
  get lastModified(): number {
    return this.#lastModified;
  }

  /** Invocations from now on run with these settings and this code; those in flight end with what they began with. */
  async reconfigure(settings: FunctionSettings, code: DeployedCode): Promise<void> {
    const replaced = this.#code;
    this.#settings = settings;
    this.#code = code;
    this.#lastModified = this.#cloud.clock.now();
    this.#revision++;
    await this.#dropIdle();
    if (replaced !== code && this.#running === 0) await this.#store.remove(replaced);
  }

  /**
   * Runs the handler once and answers when it has ended.
   * @param payload JSON text.
   * @throws AwsError RequestEntityTooLargeException, TooManyRequestsException, AccessDeniedException (the role can no longer be assumed).
   */
  async invoke(
    payload: string,
    options: { requestId?: string; clientContext?: string } = {},
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
    const release = this.#cloud.clock.hold();
    try {
      return await this.#run(payload, options.requestId ?? randomUUID(), options.clientContext);
    } finally {
      this.#running--;
      release();
    }
  }

  /** Ends every environment, also those that run something: their invocations end as exits. */
  async dropEnvironments(): Promise<void> {
    this.#idle = [];
    const environments = [...this.#all];
    this.#all.clear();
    await Promise.all(environments.map(({ environment }) => environment.terminate()));
    await Promise.all(this.#logWrites);
  }

  /** Ends every environment and removes the code. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.dropEnvironments();
    await this.#store.remove(this.#code);
  }

  #throttle(): void {
    const reserved = this.#settings.reservedConcurrentExecutions;
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

  async #run(payload: string, requestId: string, clientContext: string | undefined): Promise<InvocationResult> {
    const startedAt = this.#cloud.clock.now();
    const { pooled, initError } = await this.#take();
    const { environment } = pooled;
    const outcome: EnvironmentOutcome = initError
      ? { payload: JSON.stringify(initError), error: initError, heapBytes: 0, durationMs: 0 }
      : await environment.invoke({
          requestId,
          payload,
          offsetMs: this.#cloud.clock.offsetMs(),
          timeoutMs: this.#settings.timeoutSeconds * 1000,
          traceId: newTraceId(this.#cloud.clock.now()),
          ...(clientContext === undefined ? {} : { clientContext }),
        });
    const answer = limited(outcome);
    const invocation: LoggedInvocation = {
      requestId,
      startedAt,
      endedAt: this.#cloud.clock.now(),
      setup: environment.setup,
      systemLogLevel: this.#settings.systemLogLevel,
      initDurationMs: environment.takeInitDurationMs(),
      events: environment.takeLogs(),
      outcome: answer,
    };
    const events = invocationLog(invocation);
    this.#track(pooled.logs.publish(events));
    this.#measure("Invocations", 1, "Count");
    this.#measure("Errors", answer.error ? 1 : 0, "Count");
    this.#measure("Duration", answer.durationMs, "Milliseconds");
    await this.#giveBack(pooled);
    return {
      requestId,
      payload: answer.payload,
      ...(answer.error ? { functionError: "Unhandled" } : {}),
      logTail: Buffer.from(`${events.map((event) => event.message).join("\n")}\n`)
        .subarray(-LOG_TAIL_BYTES)
        .toString("utf8"),
    };
  }

  async #take(): Promise<{ pooled: PooledEnvironment; initError?: NonNullable<EnvironmentOutcome["error"]> }> {
    for (let pooled = this.#idle.pop(); pooled; pooled = this.#idle.pop()) {
      if (pooled.environment.isUsable && this.#hasFreshCredentials(pooled)) return { pooled };
      this.#all.delete(pooled);
      await pooled.environment.terminate();
    }
    return this.#start();
  }

  async #start(): Promise<{ pooled: PooledEnvironment; initError?: NonNullable<EnvironmentOutcome["error"]> }> {
    const revision = this.#revision;
    const settings = this.#settings;
    const code = this.#code;
    const logStreamName = newLogStreamName(this.#cloud.clock.now());
    const session = this.#assumeRole();
    const setup = {
      taskRoot: code.taskRoot,
      handler: settings.handler,
      runtime: settings.runtime,
      functionName: this.name,
      functionArn: this.arn,
      memorySizeMb: settings.memorySizeMb,
      logGroupName: settings.logGroupName,
      logStreamName,
      logFormat: settings.logFormat,
      applicationLogLevel: settings.applicationLogLevel,
      offsetMs: this.#cloud.clock.offsetMs(),
    };
    const { environment, initError } = await ExecutionEnvironment.start({
      runtimeFile: await this.#store.runtimeFile(),
      setup,
      variables: environmentVariables({
        setup,
        settings,
        session,
        region: this.region,
        endpointUrl: this.#cloud.endpointUrl,
      }),
      session,
    });
    const { principal } = session;
    const logs = new LogPublisher(this.#cloud, {
      principal,
      region: this.region,
      logGroupName: settings.logGroupName,
      logStreamName,
    });
    const pooled = { environment, logs, revision };
    if (!initError) this.#all.add(pooled);
    return { pooled, ...(initError ? { initError } : {}) };
  }

  #assumeRole() {
    try {
      return assumeFunctionRole(this.#cloud, {
        roleArn: this.#settings.roleArn,
        sessionName: this.name,
        sourceArn: this.arn,
        durationSeconds: ENVIRONMENT_SESSION_SECONDS,
      });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const message = `The role defined for the function cannot be assumed by Lambda. (${error.message})`;
      throw new AwsError("AccessDeniedException", message, 403);
    }
  }

  #hasFreshCredentials({ environment }: PooledEnvironment): boolean {
    const endsAt = environment.session.credentials.expiresAt ?? Number.POSITIVE_INFINITY;
    return endsAt - this.#cloud.clock.now() > this.#settings.timeoutSeconds * 1000 + SESSION_MARGIN_MS;
  }

  async #giveBack(pooled: PooledEnvironment): Promise<void> {
    const isCurrent = pooled.revision === this.#revision && !this.#isClosed && this.#all.has(pooled);
    if (isCurrent && pooled.environment.isUsable) {
      this.#idle.push(pooled);
      return;
    }
    this.#all.delete(pooled);
    await pooled.environment.terminate();
  }

  async #dropIdle(): Promise<void> {
    const dropped = this.#idle;
    this.#idle = [];
    for (const pooled of dropped) this.#all.delete(pooled);
    await Promise.all(dropped.map(({ environment }) => environment.terminate()));
  }

  #track(write: Promise<void>): void {
    this.#logWrites.add(write);
    void write.finally(() => this.#logWrites.delete(write));
  }

  #measure(name: string, value: number, unit: "Count" | "Milliseconds"): void {
    measure(this.#cloud, { functionArn: this.arn, name, value, unit });
  }
}

/** An answer over 6 MB is an error. */
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
