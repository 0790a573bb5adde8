import { AwsError } from "../../kernel/errors.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { CodeStore } from "./code-store.ts";
import { environmentVariables } from "./environment-variables.ts";
import { ExecutionEnvironment, newLogStreamName } from "./execution-environment.ts";
import { assumeFunctionRole } from "./execution-role.ts";
import type { DeployedCode, FunctionSettings } from "./function-settings.ts";
import { ENVIRONMENT_SESSION_SECONDS } from "./limits.ts";
import { LogPublisher } from "./log-publisher.ts";
import type { FunctionErrorBody } from "./runtime/messages.ts";

/** The settings, code and role of an execution environment. */
export interface Deployment {
  readonly settings: FunctionSettings;
  readonly code: DeployedCode;
}

/** An environment, lent for one invocation. */
export interface PooledEnvironment {
  readonly environment: ExecutionEnvironment;
  readonly logs: LogPublisher;
  readonly deployment: Deployment;
  /** Why its module could not be loaded; such an environment serves no second invocation. */
  readonly initError?: FunctionErrorBody;
}

/**
 * How long an invocation may wait for a busy environment, in starts: a new one is slow in its first invocation too,
 * which loads and compiles what later ones find ready.
 */
const STARTS_WAITED = 3;

/** Credentials must outlast an invocation's timeout by at least this margin. */
const SESSION_MARGIN_MS = 15 * 60_000;

/** An invocation that waits for a busy environment; `undefined` tells it to start one of its own. */
interface Waiting {
  readonly deployment: Deployment;
  readonly end: (pooled: PooledEnvironment | undefined) => void;
}

/**
 * The execution environments of one function. Each serves one invocation at a time; after a clean end it is reused, the
 * latest first.
 */
export class EnvironmentPool {
  readonly #ports: Ports;
  readonly #store: CodeStore;
  readonly #function: { readonly name: string; readonly arn: string; readonly region: string };
  #idle: PooledEnvironment[] = [];
  /** Every environment whose worker runs, lent or idle. */
  readonly #live = new Set<PooledEnvironment>();
  readonly #starting = new Set<Promise<PooledEnvironment>>();
  /** The longest waiting first. */
  readonly #waiting: Waiting[] = [];
  /** Real milliseconds that the latest start took. */
  #startMs = 0;

  constructor(ports: Ports, store: CodeStore, lambda: { name: string; arn: string; region: string }) {
    this.#ports = ports;
    this.#store = store;
    this.#function = lambda;
  }

  /**
   * A warm environment of this deployment with credentials that last, or a new one. Throws AwsError when the role
   * cannot be assumed.
   * @param canWait whether it may first wait for a busy or starting environment, as long as three starts take: most
   * invocations are over sooner, and a start costs more CPU time and memory than they do.
   */
  async take(deployment: Deployment, canWait: boolean): Promise<PooledEnvironment> {
    for (let pooled = this.#idle.pop(); pooled; pooled = this.#idle.pop()) {
      if (this.#isFit(pooled, deployment)) return pooled;
      await this.#end(pooled);
    }
    const isAny = this.#live.size + this.#starting.size > 0;
    const freed = canWait && isAny ? await this.#freed(deployment) : undefined;
    if (freed) return freed;
    const start = this.#start(deployment);
    this.#starting.add(start);
    return start.finally(() => this.#starting.delete(start));
  }

  /** Takes an environment back: reused if it matches the function's current deployment, else ended. */
  async giveBack(pooled: PooledEnvironment, current: Deployment): Promise<void> {
    if (!this.#live.has(pooled) || !this.#isFit(pooled, current)) {
      await this.#end(pooled);
      return;
    }
    const next = this.#waiting.find(({ deployment }) => deployment === current);
    if (next) next.end(pooled);
    else this.#idle.push(pooled);
  }

  /** The next environment to be given back; undefined when none is in time, or none is busy any more. */
  async #freed(deployment: Deployment): Promise<PooledEnvironment | undefined> {
    await Promise.allSettled(this.#starting);
    if (this.#live.size === 0) return undefined;
    return new Promise((resolve) => {
      const timer = setTimeout(() => waiting.end(undefined), STARTS_WAITED * this.#startMs);
      const waiting: Waiting = {
        deployment,
        end: (pooled) => {
          clearTimeout(timer);
          this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
          resolve(pooled);
        },
      };
      this.#waiting.push(waiting);
    });
  }

  /** Ends the idle environments. */
  async dropIdle(): Promise<void> {
    const dropped = this.#idle;
    this.#idle = [];
    await Promise.all(dropped.map((pooled) => this.#end(pooled)));
  }

  /** Ends every environment; invocations in flight end as exits. */
  async drop(): Promise<void> {
    await Promise.allSettled(this.#starting);
    this.#idle = [];
    await Promise.all([...this.#live].map((pooled) => this.#end(pooled)));
  }

  async #end(pooled: PooledEnvironment): Promise<void> {
    this.#live.delete(pooled);
    if (this.#live.size === 0) for (const waiting of [...this.#waiting]) waiting.end(undefined);
    await pooled.environment.terminate();
  }

  #isFit({ environment, deployment }: PooledEnvironment, current: Deployment): boolean {
    const endsAt = environment.session.credentials.expiresAt ?? Number.POSITIVE_INFINITY;
    const needed = current.settings.timeoutSeconds * 1000 + SESSION_MARGIN_MS;
    return environment.isUsable && deployment === current && endsAt - this.#ports.clock.now() > needed;
  }

  async #start(deployment: Deployment): Promise<PooledEnvironment> {
    const { settings, code } = deployment;
    const { name, arn, region } = this.#function;
    const { logGroupName } = settings;
    const logStreamName = newLogStreamName(this.#ports.clock.now());
    const session = this.#assumeRole(settings.roleArn);
    const runtimeFile = await this.#store.runtimeFile();
    const setup = {
      taskRoot: code.taskRoot,
      handler: settings.handler,
      runtime: settings.runtime,
      functionName: name,
      functionArn: arn,
      memorySizeMb: settings.memorySizeMb,
      logGroupName,
      logStreamName,
      logFormat: settings.logFormat,
      applicationLogLevel: settings.applicationLogLevel,
      offsetMs: this.#ports.clock.offsetMs(),
    };
    const variables = environmentVariables({ setup, settings, session, region, endpointUrl: this.#ports.endpointUrl });
    const startedAt = performance.now();
    const { environment, initError } = await ExecutionEnvironment.start({ runtimeFile, setup, variables, session });
    this.#startMs = performance.now() - startedAt;
    const logs = new LogPublisher(this.#ports, { principal: session.principal, region, logGroupName, logStreamName });
    const pooled = { environment, logs, deployment, ...(initError ? { initError } : {}) };
    this.#live.add(pooled);
    return pooled;
  }

  #assumeRole(roleArn: string) {
    const { name, arn } = this.#function;
    try {
      return assumeFunctionRole(this.#ports, {
        roleArn,
        sessionName: name,
        functionArn: arn,
        isForCode: true,
        durationSeconds: ENVIRONMENT_SESSION_SECONDS,
      });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const message = `The role defined for the function cannot be assumed by Lambda. (${error.message})`;
      throw new AwsError("AccessDeniedException", message, 403);
    }
  }
}
