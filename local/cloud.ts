import { randomUUID } from "node:crypto";
import { Accounts } from "./accounts/accounts.ts";
import { evaluate } from "./accounts/evaluate.ts";
import type { FaultPorts } from "./faults/fault-plan.ts";
import { Clock, type ClockMode } from "./kernel/clock.ts";
import { AwsError } from "./kernel/errors.ts";
import { type Faults, noFaults } from "./kernel/fault-port.ts";
import { ownValue } from "./kernel/own-value.ts";
import type { Principal } from "./kernel/principal.ts";
import type { Call, Service } from "./kernel/service.ts";
import { Signals } from "./kernel/signals.ts";
import { Trace } from "./kernel/trace.ts";
import { createServices, type Services } from "./services/index.ts";
import { readInput } from "./wire/read-input.ts";

export interface CloudOptions {
  /** Default `jump`. */
  readonly clockMode?: ClockMode;
  /** Cloud time at the start, milliseconds since the epoch; default now. */
  readonly startAt?: number;
  readonly faults?: Faults;
  /** Folder where buckets are kept to look at; default: memory only. */
  readonly dataDir?: string;
  /** Gets one line when something around the cloud went wrong that its users must know and its callers cannot; default standard error. */
  readonly warn?: (text: string) => void;
  /** Trace records that are kept; default 20,000. */
  readonly traceCapacity?: number;
}

/** One call as a service or the front door makes it. */
export interface CallRequest {
  /** Signing name, such as `kinesis`. */
  readonly service: string;
  readonly operation: string;
  readonly params: unknown;
  readonly principal: Principal;
  /** Default: the principal's account. */
  readonly accountId?: string;
  readonly region: string;
  readonly requestId?: string;
  /** Of a service: ARN of the resource on whose behalf it calls (`aws:SourceArn`). */
  readonly sourceArn?: string;
}

/** The local cloud: accounts, services, clock, trace, faults. The front door and the provider are built on it. */
export class Cloud {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly signals = new Signals();
  readonly accounts: Accounts;
  readonly services: Services;
  readonly dataDir: string | undefined;
  readonly warn: (text: string) => void;
  faults: Faults;
  /** `http://127.0.0.1:<port>` once the front door listens; "" before. */
  endpointUrl = "";

  constructor(options: CloudOptions = {}) {
    this.clock = new Clock({ mode: options.clockMode, startAt: options.startAt });
    this.trace = new Trace(options.traceCapacity);
    this.accounts = new Accounts(this.clock);
    this.faults = options.faults ?? noFaults;
    this.dataDir = options.dataDir;
    this.warn = options.warn ?? ((text) => void process.stderr.write(`${text}\n`));
    this.services = createServices(this);
  }

  /** The service with this signing name, or undefined. */
  service(name: string): Service | undefined {
    return Object.values(this.services).find((service) => service.name === name);
  }

  /**
   * Makes one call: checks the parameters, asks IAM, runs the operation, records it. Every way into a service goes through here.
   * Throws AwsError.
   */
  async call(request: CallRequest): Promise<unknown> {
    const service = this.service(request.service);
    const operation = ownValue(service?.operations, request.operation);
    if (!service || !operation) {
      throw new AwsError(
        "UnknownOperationException",
        `The local cloud does not support ${request.service}:${request.operation}.${service ? ` It supports: ${Object.keys(service.operations).sort().join(", ")}.` : ""}`,
        400,
      );
    }
    const release = this.clock.hold();
    const facts: Record<string, string | number | boolean> = {};
    const authorizations: { action: string; resource: string }[] = [];
    let decision: "allowed" | "denied" | "not evaluated" = "not evaluated";
    let outcome = "ok";
    const call: Call = {
      cloud: this,
      service: request.service,
      operation: request.operation,
      principal: request.principal,
      accountId: request.accountId ?? request.principal.accountId,
      region: request.region,
      requestId: request.requestId ?? randomUUID(),
      ...(request.sourceArn === undefined ? {} : { sourceArn: request.sourceArn }),
      hold: release,
      note: (more) => Object.assign(facts, more),
    };
    try {
      const params = readInput(service, request.operation, operation, request.params);
      for (const authorization of operation.authorize(params, call)) {
        authorizations.push({ action: authorization.action, resource: authorization.resource });
        const answer = evaluate(call, authorization);
        if (!answer.isAllowed) {
          decision = "denied";
          throw new AwsError(
            service.accessDenied?.code ?? "AccessDeniedException",
            answer.message,
            service.accessDenied?.status ?? 400,
          );
        }
      }
      decision = "allowed";
      return await this.faults.around(call, params, async (changed) => operation.run(changed, call));
    } catch (error) {
      outcome = error instanceof AwsError ? error.code : "InternalFailure";
      throw error;
    } finally {
      this.trace.record({
        time: this.clock.now(),
        accountId: call.accountId,
        principal: request.principal.arn,
        call: `${request.service}:${request.operation}`,
        authorizations,
        decision,
        outcome,
        facts,
      });
      release();
    }
  }

  /** What a fault plan may do to this cloud. */
  faultPorts(): FaultPorts {
    return {
      clock: this.clock,
      expireSession: (principalArn) => this.accounts.expireSessions(principalArn),
      loseEnvironments: (functionName) => {
        const lost = this.services.lambda.functions().filter(({ name }) => name === functionName);
        for (const lambda of lost) void this.clock.holding(() => lambda.dropEnvironments());
      },
    };
  }

  /** Drops all data and keeps all resources. */
  emptyData(): void {
    for (const service of Object.values(this.services)) service.emptyData();
    this.trace.clear();
  }

  /** Drops all data, waits until nothing is in flight, and drops what that has left behind: a call that was under way may still write. */
  async emptyAtRest(): Promise<void> {
    this.emptyData();
    await this.clock.whenIdle();
    this.emptyData();
  }

  /** Ends everything: services first, then the clock. */
  async close(): Promise<void> {
    for (const service of Object.values(this.services)) await service.close();
    this.clock.close();
  }
}
