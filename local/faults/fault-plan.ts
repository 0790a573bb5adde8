import type { Clock } from "../kernel/clock.ts";
import { AwsError } from "../kernel/errors.ts";
import type { FaultPoint, Faults } from "../kernel/fault-port.ts";
import { callIdentity, recordIdentities, verdict } from "./identity.ts";
import { ConnectionResetError, EnvironmentLostError, FaultKind, serviceError, WorkerLostError } from "./kinds.ts";
import type { FaultSpec } from "./spec.ts";

/** What the plan needs of the cloud. */
export interface FaultPorts {
  readonly clock: Clock;
  /** Ends the session credentials of a principal now. */
  expireSession(principalArn: string): void;
  /** Ends the execution environments of a function, also those that run something. */
  loseEnvironments(functionName: string): void;
}

interface PlannedFault {
  readonly spec: FaultSpec;
  readonly index: number;
  /** Calls that matched so far. */
  matched: number;
  /** How often each identity was seen: a retry is another attempt, and may fare otherwise. */
  readonly attempts: Map<string, number>;
}

/** Of an invocation that will die: after how many of its own calls. */
interface Doom {
  callsLeft: number;
  readonly end: () => void;
}

/** After at most so many of its own calls a doomed invocation dies. */
const MAX_CALLS_BEFORE_DEATH = 4;

/**
 * The faults of one run. Whether a call is hit is a hash of the seed, the fault, what the call is about and how often that was tried, never of the order in
 * which calls arrive: the same seed and input hit the same calls.
 */
export class FaultPlan implements Faults {
  readonly seed: number;
  /** How often each fault hit, by its text. */
  readonly hits = new Map<string, number>();
  readonly #ports: FaultPorts;
  readonly #faults: readonly PlannedFault[];
  readonly #startedAt: number;
  /** Function name → what ends its running invocation. */
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
    // A function's timers are real, and so is the time that its calls take.
    if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
    const hit = (kind: FaultKind) => hits.some((spec) => spec.kind === kind);

    if (hit(FaultKind.Throttle)) throw serviceError("throttle", point.service);
    if (hit(FaultKind.Error)) throw serviceError("error", point.service);
    if (hit(FaultKind.Missing)) throw serviceError("missing", point.service);
    if (hit(FaultKind.Refuse))
      throw new AwsError(point.service === "s3" ? "AccessDenied" : "AccessDeniedException", "Access Denied", 403);
    if (hit(FaultKind.ResetBefore)) throw new ConnectionResetError();
    if (hit(FaultKind.Expire) && point.principal?.kind === "assumed-role") {
      this.#ports.expireSession(point.principal.arn);
      throw expiredToken(point.service);
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
    const identity = callIdentity(point.service, point.operation, params);
    return matching.filter((fault) => this.#isHit(fault, point, identity)).map(({ spec }) => spec);
  }

  #isHit(fault: PlannedFault, point: FaultPoint, identity: string | undefined): boolean {
    const { spec } = fault;
    fault.matched++;
    // The records of a partial failure are judged one by one.
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
    const identity = callIdentity(point.service, point.operation, params) ?? "";
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

  /** A call of a function in a doomed invocation had its effect: perhaps it was the last. */
  async #afterEffect(point: FaultPoint): Promise<void> {
    if (this.#doomed.size === 0 || point.principal?.kind !== "assumed-role") return;
    const sessionName = point.principal.arn.split("/").at(-1) ?? "";
    const doom = this.#doomed.get(sessionName);
    if (!doom || --doom.callsLeft > 0) return;
    this.#doomed.delete(sessionName);
    doom.end();
  }

  /** Runs the call for the records that are not hit, and answers for the others what the service answers for a part that failed. */
  async #runPart<T>(
    point: FaultPoint,
    params: unknown,
    spec: FaultSpec,
    run: (params: unknown) => Promise<T>,
  ): Promise<T> {
    const fault = this.#faults.find((planned) => planned.spec === spec);
    const identities = recordIdentities(point.service, point.operation, params);
    const failed = new Set<number>();
    for (const [index, identity] of identities.entries()) {
      if (fault && this.#judge(fault, point, identity)) failed.add(index);
    }
    if (failed.size === 0) return run(params);
    this.#count(spec);
    return partialCalls[`${point.service}:${point.operation}`]?.(
      params,
      failed,
      run as (params: unknown) => Promise<unknown>,
    ) as Promise<T>;
  }
}

type PartialCall = (
  params: unknown,
  failed: ReadonlySet<number>,
  run: (params: unknown) => Promise<unknown>,
) => Promise<unknown>;

interface WithRecords {
  readonly Records: readonly unknown[];
}

/** Calls with the records that are left, and puts the answers of the failed ones in their places. */
async function mergedRecords(
  params: WithRecords,
  failed: ReadonlySet<number>,
  run: (params: unknown) => Promise<unknown>,
  answers: string,
  failure: unknown,
): Promise<unknown[]> {
  const rest = params.Records.filter((_, index) => !failed.has(index));
  const done =
    rest.length === 0 ? [] : [...((await run({ ...params, Records: rest })) as Record<string, unknown[]>)[answers]!];
  return params.Records.map((_, index) => (failed.has(index) ? failure : done.shift()));
}

const partialCalls: Readonly<Record<string, PartialCall>> = {
  async "kinesis:PutRecords"(params, failed, run) {
    const failure = { ErrorCode: "InternalFailure", ErrorMessage: "Internal Service Failure" };
    const Records = await mergedRecords(params as WithRecords, failed, run, "Records", failure);
    const FailedRecordCount = Records.filter(
      (record) => (record as { ErrorCode?: string }).ErrorCode !== undefined,
    ).length;
    return { FailedRecordCount, Records };
  },
  async "firehose:PutRecordBatch"(params, failed, run) {
    const failure = { ErrorCode: "ServiceUnavailableException", ErrorMessage: "Slow down." };
    const RequestResponses = await mergedRecords(params as WithRecords, failed, run, "RequestResponses", failure);
    const FailedPutCount = RequestResponses.filter(
      (record) => (record as { ErrorCode?: string }).ErrorCode !== undefined,
    ).length;
    return { FailedPutCount, Encrypted: false, RequestResponses };
  },
  async "dynamodb:BatchWriteItem"(params, failed, run) {
    const { RequestItems, ...rest } = params as { RequestItems: Record<string, unknown[]> };
    let position = 0;
    const kept: Record<string, unknown[]> = {};
    const unprocessed: Record<string, unknown[]> = {};
    for (const [table, writes] of Object.entries(RequestItems)) {
      for (const write of writes) {
        const side = failed.has(position++) ? unprocessed : kept;
        side[table] = [...(side[table] ?? []), write];
      }
    }
    const answer =
      Object.keys(kept).length === 0
        ? { UnprocessedItems: {} }
        : ((await run({ ...rest, RequestItems: kept })) as { UnprocessedItems?: Record<string, unknown[]> });
    const merged: Record<string, unknown[]> = { ...answer.UnprocessedItems };
    for (const [table, writes] of Object.entries(unprocessed)) merged[table] = [...(merged[table] ?? []), ...writes];
    return { ...answer, UnprocessedItems: merged };
  },
};

function matches(spec: FaultSpec, point: FaultPoint, elapsedMs: number): boolean {
  if (spec.service !== point.service || (spec.operation !== "*" && spec.operation !== point.operation)) return false;
  if (spec.account !== undefined && spec.account !== point.accountId) return false;
  return elapsedMs >= spec.fromMs && (spec.forMs === undefined || elapsedMs < spec.fromMs + spec.forMs);
}

function expiredToken(service: string): AwsError {
  const isXml = service === "s3" || service === "sts";
  return new AwsError(
    isXml ? "ExpiredToken" : "ExpiredTokenException",
    "The security token included in the request is expired",
    isXml && service === "sts" ? 403 : 400,
  );
}
