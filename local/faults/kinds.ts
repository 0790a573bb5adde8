import { AwsError } from "../kernel/errors.ts";

/** What can go wrong. */
export const FaultKind = {
  /** The service's own throttle. */
  Throttle: "throttle",
  /** The service's own internal error. */
  Error: "error",
  /** The service refuses access. */
  Refuse: "refuse",
  /** What is called does not exist (for a while). */
  Missing: "missing",
  /** Some records or items of a batch are not done, as the service reports it. */
  Partial: "partial",
  /** The answer comes later, by milliseconds of real time. */
  Latency: "latency",
  /** The connection breaks before the service did anything. */
  ResetBefore: "reset-before",
  /** The service did it, and the connection breaks before the answer. */
  ResetAfter: "reset-after",
  /** The caller's session credentials end now. */
  Expire: "expire",
  /** The execution environment dies before the handler runs. */
  CrashBefore: "crash-before",
  /** The execution environment dies after one of the invocation's own calls had its effect. */
  CrashIn: "crash-in",
  /** The execution environment dies after the handler's work, before its answer counts. */
  CrashAfter: "crash-after",
  /** The invocation is ended by its timeout, after one of its own calls had its effect. */
  Timeout: "timeout",
  /** The mapping's worker is lost between an invocation that ended and its checkpoint. */
  Lost: "lost",
} as const;
export type FaultKind = (typeof FaultKind)[keyof typeof FaultKind];

/** Operations that can fail for a part of their records. */
export const PARTIAL_OPERATIONS: ReadonlySet<string> = new Set([
  "kinesis:PutRecords",
  "dynamodb:BatchWriteItem",
  "firehose:PutRecordBatch",
]);

/** Kinds that belong to invocations only, and the one that belongs to checkpoints only. */
export const INVOCATION_KINDS: ReadonlySet<FaultKind> = new Set([
  FaultKind.CrashBefore,
  FaultKind.CrashIn,
  FaultKind.CrashAfter,
  FaultKind.Timeout,
]);

interface ErrorForm {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

/** Each service's own errors, as its API reference names them. `default` serves the others. */
const errorForms: Readonly<Record<"throttle" | "error" | "missing", Readonly<Record<string, ErrorForm>>>> = {
  throttle: {
    kinesis: { code: "ProvisionedThroughputExceededException", message: "Rate exceeded for shard.", status: 400 },
    dynamodb: { code: "ThrottlingException", message: "Rate of requests exceeds the allowed throughput.", status: 400 },
    "streams.dynamodb": {
      code: "ThrottlingException",
      message: "Rate of requests exceeds the allowed throughput.",
      status: 400,
    },
    firehose: { code: "ServiceUnavailableException", message: "Slow down.", status: 503 },
    s3: { code: "SlowDown", message: "Please reduce your request rate.", status: 503 },
    sts: { code: "Throttling", message: "Rate exceeded", status: 400 },
    lambda: { code: "TooManyRequestsException", message: "Rate Exceeded.", status: 429 },
    "execute-api": { code: "TooManyRequestsException", message: "Too Many Requests", status: 429 },
    default: { code: "ThrottlingException", message: "Rate exceeded", status: 400 },
  },
  error: {
    kinesis: { code: "InternalFailure", message: "Internal service failure.", status: 500 },
    dynamodb: { code: "InternalServerError", message: "Internal server error", status: 500 },
    "streams.dynamodb": { code: "InternalServerError", message: "Internal server error", status: 500 },
    s3: { code: "InternalError", message: "We encountered an internal error. Please try again.", status: 500 },
    lambda: { code: "ServiceException", message: "An error occurred. Please retry.", status: 500 },
    default: { code: "InternalFailure", message: "Internal failure", status: 500 },
  },
  missing: {
    s3: { code: "NoSuchBucket", message: "The specified bucket does not exist", status: 404 },
    default: { code: "ResourceNotFoundException", message: "Requested resource not found", status: 400 },
  },
};

/** The error of a service for a kind. */
export function serviceError(kind: "throttle" | "error" | "missing", service: string): AwsError {
  const form = errorForms[kind][service] ?? errorForms[kind]["default"];
  if (!form) throw new Error(`no error form for ${kind}`);
  return new AwsError(form.code, form.message, form.status);
}

/** A connection that breaks: the front door destroys the socket instead of answering. */
export class ConnectionResetError extends AwsError {
  constructor() {
    super("ConnectionReset", "The connection was reset.", 500);
  }
}

/** The mapping's worker is lost: what it knew beyond the last checkpoint is forgotten. */
export class WorkerLostError extends AwsError {
  constructor() {
    super("WorkerLost", "The worker of the event source mapping was lost.", 500);
  }
}

/** An execution environment that ended by itself. `atCall`: after so many calls of the invocation; 0: before the handler ran; Infinity: after it. */
export class EnvironmentLostError extends AwsError {
  readonly errorType: "Runtime.ExitError" | "Sandbox.Timedout";

  constructor(errorType: "Runtime.ExitError" | "Sandbox.Timedout") {
    super(
      errorType,
      errorType === "Sandbox.Timedout" ? "Task timed out" : "Runtime exited without providing a reason",
      400,
    );
    this.errorType = errorType;
  }
}
