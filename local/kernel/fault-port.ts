import type { Principal } from "./principal.ts";

/** A place where a fault plan can strike: a call, a request to the gateway, an invocation, a checkpoint. */
export interface FaultPoint {
  /** Signing name, such as `kinesis`. */
  readonly service: string;
  readonly operation: string;
  readonly accountId: string;
  readonly principal?: Principal;
  /** For an invocation: the function's name, which is also its role session's. */
  readonly functionName?: string;
}

/** Kinds of faults. */
export const FaultKind = {
  /** The service's throttling error. */
  Throttle: "throttle",
  /** The service's internal error. */
  Error: "error",
  /** The service refuses access. */
  Refuse: "refuse",
  /** The resource does not exist (for a while). */
  Missing: "missing",
  /** Some records or items of a batch fail, as the service reports it. */
  Partial: "partial",
  /** The response is delayed, by milliseconds of real time. */
  Latency: "latency",
  /** The connection breaks before the call has an effect. */
  ResetBefore: "reset-before",
  /** The connection breaks after the call took effect, before the response. */
  ResetAfter: "reset-after",
  /** The caller's session credentials expire now. */
  Expire: "expire",
  /** The execution environment dies before the handler runs. */
  CrashBefore: "crash-before",
  /** The execution environment dies after one of the invocation's own calls took effect. */
  CrashIn: "crash-in",
  /** The execution environment dies after the handler's work, before its response counts. */
  CrashAfter: "crash-after",
  /** The invocation times out after one of its own calls took effect. */
  Timeout: "timeout",
  /** The event source mapping's worker is lost between the end of an invocation and its checkpoint. */
  Lost: "lost",
} as const;
export type FaultKind = (typeof FaultKind)[keyof typeof FaultKind];

/** Code, message and HTTP status of a service's error. */
export interface ErrorWords {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

/** Kinds of faults that are an error of the service. */
export type ErrorFault = "throttle" | "error" | "missing" | "refuse" | "expire";

/** How a batch operation fails for some of its records. */
export interface PartialFailure {
  /** The identity of each record, in order: see `FaultableOperation.identity`. */
  identities(params: unknown): readonly string[];
  /**
   * Makes the call for the records that do not fail, and puts the service's errors for the others into the response.
   * @param failed indexes of the records that fail; at least one.
   */
  run(params: unknown, failed: ReadonlySet<number>, run: (params: unknown) => Promise<unknown>): Promise<unknown>;
}

/** The faults of one operation. */
export interface FaultableOperation {
  /** Default: `CALL_FAULTS`. `partial` is implied by the member of that name. */
  readonly kinds?: readonly FaultKind[];
  /**
   * Content of the call that is the same in every run with the same input, whatever the order of the calls: no sequence
   * numbers, ids or times. Undefined: calls are told apart by their number. Default: the identity of the first record.
   */
  identity?(params: unknown): string | undefined;
  readonly partial?: PartialFailure;
}

/** The faults of a service's operations, and its errors for them. */
export interface ServiceFaults {
  /** The service's name in fault specifications; default: its signing name. */
  readonly service?: string;
  readonly operations: Readonly<Record<string, FaultableOperation>>;
  /** Default: AWS's common errors. */
  readonly errors?: Readonly<Partial<Record<ErrorFault, ErrorWords>>>;
  /** Faults hit its requests before their account is known, so that a specification cannot name one. */
  readonly isBeforeAccount?: boolean;
  /** What to use instead of a kind that the service does not have. */
  readonly hints?: Readonly<Partial<Record<FaultKind, string>>>;
}

/** Faults that any call can have. */
export const CALL_FAULTS: readonly FaultKind[] = [
  FaultKind.Throttle,
  FaultKind.Error,
  FaultKind.Refuse,
  FaultKind.Missing,
  FaultKind.Latency,
  FaultKind.ResetBefore,
  FaultKind.ResetAfter,
];

/**
 * Injects faults: `around` may throw an AwsError before or after `run`, delay it, or run it with only some of its
 * parameters.
 */
export interface Faults {
  around<T>(point: FaultPoint, params: unknown, run: (params: unknown) => Promise<T>): Promise<T>;
}

/** No faults. */
export const noFaults: Faults = { around: (_point, params, run) => run(params) };

/** Lets a fault plan crash functions: whoever runs functions registers here how to end one. */
export class Crashes {
  readonly #ends = new Set<(functionName: string) => void>();

  /** @param end ends the running invocations of the function with this name. */
  onCrash(end: (functionName: string) => void): void {
    this.#ends.add(end);
  }

  crash(functionName: string): void {
    for (const end of this.#ends) end(functionName);
  }
}
