import type { Clock } from "../kernel/clock.ts";
import { type FaultableOperation, FaultKind, type FaultPoint, type Faults } from "../kernel/fault-port.ts";
import { ownValue } from "../kernel/own-value.ts";
import { ConnectionResetError, EnvironmentLostError, serviceError, WorkerLostError } from "./errors.ts";
import type { FaultableServices, FaultSpec } from "./spec.ts";
import { verdict } from "./verdict.ts";

/** The plan's ports to the cloud. */
export interface FaultPorts {
  readonly clock: Clock;
  readonly services: FaultableServices;
  /** Expires the session credentials of a principal now. */
  expireSession(principalArn: string): void;
  /** Ends the execution environments of a function, with invocations in flight. */
  loseEnvironments(functionName: string): void;
}

interface PlannedFault {
  readonly spec: FaultSpec;
  readonly index: number;
  /** Number of matching calls so far. */
  matched: number;
  /** Number of attempts by identity: a retry is another attempt, with a verdict of its own. */
  readonly attempts: Map<string, number>;
}

/** The planned death of an invocation, after a number of its own calls. */
interface Doom {
  callsLeft: number;
  readonly end: () => void;
}

/** Maximum number of its own calls that a doomed invocation makes. */
const MAX_CALLS_BEFORE_DEATH = 4;

/**
 * The faults of one run. Whether a fault hits a call depends on a hash of the seed, the fault, the call's identity and
 * the number of attempts, never on the order of arrival: the same seed and input hit the same calls.
 */
export class FaultPlan implements Faults {
  readonly seed: number;
  /** Number of hits of each fault, by its text. */
  readonly hits = new Map<string, number>();
  readonly #ports: FaultPorts;
  readonly #faults: readonly PlannedFault[];
  readonly #startedAt: number;
  /** Function name → the death of its running invocation. */
  readonly #doomed = new Map<string, Doom>();

  constructor(specs: readonly FaultSpec[], seed: number, ports: FaultPorts) {
    this.seed = seed;
    this.#ports = ports;
    this.#startedAt = ports.clock.now();
    this.#faults = specs.map((spec, index) => ({ spec, index, matched: 0, attempts: new Map() }));
  }

  async around<T>(point: FaultPoint, params: unknown, run: (params: unknown) => Promise<T>): Promise<T> {
    const hits = this.#hits(point, params);
    const latency = hits
      .filter(({ kind }) => kind === FaultKind.Latency)
      .reduce((sum, { milliseconds = 0 }) => sum + milliseconds, 0);
    // A function's timers and the duration of its calls are real time.
    if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
    const hit = (kind: FaultKind) => hits.some((spec) => spec.kind === kind);

    const service = this.#ports.services.get(point.service);
    for (const kind of [FaultKind.Throttle, FaultKind.Error, FaultKind.Missing, FaultKind.Refuse]) {
      if (hit(kind)) throw serviceError(kind, service);
    }
    if (hit(FaultKind.ResetBefore)) throw new ConnectionResetError();
    if (hit(FaultKind.Expire) && point.principal?.kind === "assumed-role") {
      this.#ports.expireSession(point.principal.arn);
      throw serviceError("expire", service);
    }
    if (hit(FaultKind.CrashBefore)) throw new EnvironmentLostError("Runtime.ExitError");
    if (hit(FaultKind.Lost)) throw new WorkerLostError();
    const partial = hits.find(({ kind }) => kind === FaultKind.Partial);
    const result = partial
      ? await this.#runPart(point, params, partial, run)
      : await this.#runWhole(
          point,
          params,
          hit(FaultKind.CrashIn) ? "Runtime.ExitError" : hit(FaultKind.Timeout) ? "Sandbox.Timedout" : undefined,
          run,
        );
    await this.#afterEffect(point);
    if (hit(FaultKind.CrashAfter)) throw new EnvironmentLostError("Runtime.ExitError");
    if (hit(FaultKind.ResetAfter)) throw new ConnectionResetError();
    return result;
  }

  /** The faults that hit this call. */
  #hits(point: FaultPoint, params: unknown): FaultSpec[] {
    const elapsed = this.#ports.clock.now() - this.#startedAt;
    const matching = this.#faults.filter(({ spec }) => matches(spec, point, elapsed));
    if (matching.length === 0) return [];
    const identity = this.#identity(point, params);
    return matching.filter((fault) => this.#isHit(fault, point, identity)).map(({ spec }) => spec);
  }

  #isHit(fault: PlannedFault, point: FaultPoint, identity: string | undefined): boolean {
    const { spec } = fault;
    fault.matched++;
    // A partial failure has a verdict for each record.
    if (spec.kind === FaultKind.Partial) return true;
    const isHit = spec.calls
      ? spec.calls.includes(fault.matched)
      : this.#judge(fault, point, identity ?? `call ${fault.matched}`);
    if (isHit) this.#count(spec);
    return isHit;
  }

  #judge(fault: PlannedFault, point: FaultPoint, identity: string): boolean {
    const rate = fault.spec.rate ?? 1;
    if (rate >= 1) return true;
    const attempt = (fault.attempts.get(identity) ?? 0) + 1;
    fault.attempts.set(identity, attempt);
    return verdict(this.seed, fault.index, point.service, point.operation, identity, attempt) < rate;
  }

  #count(spec: FaultSpec): void {
    this.hits.set(spec.text, (this.hits.get(spec.text) ?? 0) + 1);
  }

  async #runWhole<T>(
    point: FaultPoint,
    params: unknown,
    death: "Runtime.ExitError" | "Sandbox.Timedout" | undefined,
    run: (params: unknown) => Promise<T>,
  ): Promise<T> {
    if (!death) return run(params);
    const functionName = point.functionName ?? "";
    const identity = this.#identity(point, params) ?? "";
    const callsLeft = 1 + Math.floor(verdict(this.seed, "death", identity) * MAX_CALLS_BEFORE_DEATH);
    let isDead = false;
    const end = () => {
      isDead = true;
      this.#ports.loseEnvironments(functionName);
    };
    this.#doomed.set(functionName, { callsLeft, end });
    try {
      const result = await run(params);
      if (isDead) throw new EnvironmentLostError(death);
      return result;
    } finally {
      if (this.#doomed.get(functionName)?.end === end) this.#doomed.delete(functionName);
    }
  }

  /** Counts an effective call of a doomed invocation; at the last one the invocation dies. */
  async #afterEffect(point: FaultPoint): Promise<void> {
    if (this.#doomed.size === 0 || point.principal?.kind !== "assumed-role") return;
    const sessionName = point.principal.arn.split("/").at(-1) ?? "";
    const doom = this.#doomed.get(sessionName);
    if (!doom || --doom.callsLeft > 0) return;
    this.#doomed.delete(sessionName);
    doom.end();
  }

  /**
   * Runs the call for the records that the fault does not hit, and adds the service's failure results for the others.
   */
  async #runPart<T>(
    point: FaultPoint,
    params: unknown,
    spec: FaultSpec,
    run: (params: unknown) => Promise<T>,
  ): Promise<T> {
    const fault = this.#faults.find((planned) => planned.spec === spec);
    const partial = this.#operation(point)?.partial;
    if (!partial) return run(params);
    const identities = partial.identities(params);
    const failed = new Set<number>();
    for (const [index, identity] of identities.entries()) {
      if (fault && this.#judge(fault, point, identity)) failed.add(index);
    }
    if (failed.size === 0) return run(params);
    this.#count(spec);
    return partial.run(params, failed, run) as Promise<T>;
  }

  #operation({ service, operation }: FaultPoint): FaultableOperation | undefined {
    return ownValue(this.#ports.services.get(service)?.operations, operation);
  }

  #identity(point: FaultPoint, params: unknown): string | undefined {
    const operation = this.#operation(point);
    return operation?.partial?.identities(params)[0] ?? operation?.identity?.(params);
  }
}

function matches(spec: FaultSpec, point: FaultPoint, elapsedMs: number): boolean {
  if (spec.service !== point.service || (spec.operation !== "*" && spec.operation !== point.operation)) return false;
  if (spec.account !== undefined && spec.account !== point.accountId) return false;
  return elapsedMs >= spec.fromMs && (spec.forMs === undefined || elapsedMs < spec.fromMs + spec.forMs);
}
