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

/** Credentials must outlast an invocation's timeout by at least this margin. */
const SESSION_MARGIN_MS = 15 * 60_000;

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

  constructor(ports: Ports, store: CodeStore, lambda: { name: string; arn: string; region: string }) {
    this.#ports = ports;
    this.#store = store;
    this.#function = lambda;
  }

  /**
   * A warm environment of this deployment with credentials that last, or a new one. Throws AwsError when the role
   * cannot be assumed.
   */
  async take(deployment: Deployment): Promise<PooledEnvironment> {
    for (let pooled = this.#idle.pop(); pooled; pooled = this.#idle.pop()) {
      if (this.#isFit(pooled, deployment)) return pooled;
      await this.#end(pooled);
    }
    const start = this.#start(deployment);
    this.#starting.add(start);
    return start.finally(() => this.#starting.delete(start));
  }

  /** Takes an environment back: reused if it matches the function's current deployment, else ended. */
  async giveBack(pooled: PooledEnvironment, current: Deployment): Promise<void> {
    if (this.#live.has(pooled) && this.#isFit(pooled, current)) this.#idle.push(pooled);
    else await this.#end(pooled);
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
    const { environment, initError } = await ExecutionEnvironment.start({ runtimeFile, setup, variables, session });
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
