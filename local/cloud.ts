import { Accounts } from "./accounts/accounts.ts";
import { useConditionKeys } from "./accounts/condition-keys.ts";
import { PolicyEvaluator } from "./accounts/evaluate.ts";
import { ServiceCalls } from "./calls.ts";
import type { FaultPorts } from "./faults/fault-plan.ts";
import { type FaultableServices, faultableServices } from "./faults/spec.ts";
import type { Authorizer } from "./kernel/authorization.ts";
import type { CallRequest, Calls } from "./kernel/calls.ts";
import { Clock, type ClockMode } from "./kernel/clock.ts";
import { Crashes, type Faults, noFaults } from "./kernel/fault-port.ts";
import type { Metrics } from "./kernel/metrics.ts";
import type { Ports } from "./kernel/ports.ts";
import type { Principals } from "./kernel/principal.ts";
import type { Roles } from "./kernel/roles.ts";
import type { Contents, Service } from "./kernel/service.ts";
import { Signals } from "./kernel/signals.ts";
import type { Tokens } from "./kernel/tokens.ts";
import { Trace } from "./kernel/trace.ts";
import { type Registered, type Registry, registryOf } from "./resource-types/registry.ts";
import { createServices, type Services } from "./services/index.ts";

/** Settings of a cloud. */
export interface CloudOptions {
  /** Default `jump`. */
  readonly clockMode?: ClockMode;
  /** Cloud time at the start, milliseconds since the epoch; default now. */
  readonly startAt?: number;
  /** Folder that shows the buckets' objects as files; default: memory only. */
  readonly dataDir?: string;
  /**
   * Prints one line for the cloud's users, about a problem that no caller can see in an answer; default: on standard
   * error.
   */
  readonly warn?: (text: string) => void;
  /** Number of trace records to keep; default 20,000. */
  readonly traceCapacity?: number;
}

/** The local cloud: accounts, services, clock, trace, faults. The front door and the provider are built on it. */
export class Cloud implements Ports {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly signals = new Signals();
  readonly crashes = new Crashes();
  readonly accounts: Accounts;
  readonly roles: Roles;
  readonly authorizer: Authorizer;
  readonly metrics: Metrics;
  readonly tokens: Tokens;
  readonly calls: Calls;
  readonly services: Services;
  /** The resource types and functions of all services, for the provider. */
  readonly registry: Registry;
  /** What a fault plan may hit. */
  readonly faultable: FaultableServices;
  readonly dataDir: string | undefined;
  readonly warn: (text: string) => void;
  readonly #byName: ReadonlyMap<string, Service>;
  #faults = noFaults;
  endpointUrl = "";

  constructor(options: CloudOptions = {}) {
    this.clock = new Clock({ mode: options.clockMode, startAt: options.startAt });
    this.trace = new Trace(options.traceCapacity);
    this.accounts = new Accounts(this.clock);
    this.dataDir = options.dataDir;
    this.warn = options.warn ?? ((text) => void process.stderr.write(`${text}\n`));
    // Implemented by services, which are created with these ports: looked up at the first use.
    this.roles = { find: (arn) => this.#only((service) => service.rolePort).find(arn) };
    this.metrics = { put: (datum) => this.#only((service) => service.metricPort).put(datum) };
    this.tokens = { verify: (arn, token) => this.#only((service) => service.tokenPort).verify(arn, token) };
    this.authorizer = new PolicyEvaluator(this.clock, this.roles);
    this.calls = new ServiceCalls(this);
    this.services = createServices(this);
    this.registry = registryOf(this.list());
    this.faultable = faultableServices(this.list());
    useConditionKeys(this.list().flatMap(({ conditionKeys = [] }) => conditionKeys));
    this.#byName = new Map(this.list().map((service) => [service.name, service]));
  }

  get principals(): Principals {
    return this.accounts;
  }

  /** The faults that are on now. */
  get faults(): Faults {
    return this.#faults;
  }

  /** All services. */
  list(): readonly (Service & Registered)[] {
    return Object.values(this.services);
  }

  /** The service with this signing name, or undefined. */
  service(name: string): Service | undefined {
    return this.#byName.get(name);
  }

  /** The data of the resource with this ARN; undefined when it does not exist. */
  contents(arn: string): Contents | undefined {
    return this.service(arn.split(":")[2] ?? "")?.contents?.(arn);
  }

  /** Makes one call: see `Calls`. */
  call(request: CallRequest): Promise<unknown> {
    return this.calls.call(request);
  }

  /** The ports through which a fault plan acts on this cloud. */
  faultPorts(): FaultPorts {
    return {
      clock: this.clock,
      services: this.faultable,
      expireSession: (principalArn) => this.accounts.expireSessions(principalArn),
      loseEnvironments: (functionName) => this.crashes.crash(functionName),
    };
  }

  /**
   * Does the work under faults, which end with it, also when it fails.
   * @throws Error when other work is under faults already.
   */
  async withFaults<T>(faults: Faults, work: () => Promise<T>): Promise<T> {
    if (this.#faults !== noFaults) throw new Error("other work is under faults already: wait for its end");
    this.#faults = faults;
    try {
      return await work();
    } finally {
      this.#faults = noFaults;
    }
  }

  /** Drops all data, and keeps all resources and execution environments. */
  emptyData(): void {
    for (const service of this.list()) service.emptyData();
    this.trace.clear();
  }

  /**
   * Drops all data, waits until nothing is in flight, and drops data again, because calls in flight may have written.
   * Also ends the execution environments, so that what comes next does not depend on what came before.
   * @param options.keepsEnvironments leaves them warm, which saves their cold starts; default false.
   */
  async emptyAtRest({ keepsEnvironments = false }: { readonly keepsEnvironments?: boolean } = {}): Promise<void> {
    if (!keepsEnvironments) for (const service of this.list()) service.endEnvironments?.();
    this.emptyData();
    await this.clock.whenIdle();
    this.emptyData();
  }

  /** Closes all services, then the clock. @throws an AggregateError of what services threw, after all are closed. */
  async close(): Promise<void> {
    const errors: unknown[] = [];
    for (const service of this.list()) {
      try {
        await service.close();
      } catch (error) {
        errors.push(error);
      }
    }
    this.clock.close();
    if (errors.length > 0) throw new AggregateError(errors, `${errors.length} services could not be closed: ${errors}`);
  }

  #only<T>(portOf: (service: Service) => T | undefined): T {
    for (const service of this.list()) {
      const port = portOf(service);
      if (port !== undefined) return port;
    }
    throw new Error("no service gives this port");
  }
}
