import { AwsError } from "../kernel/errors.ts";
import type { ErrorFault, ErrorWords, ServiceFaults } from "../kernel/fault-port.ts";

/** AWS's common errors, for services without errors of their own. */
const usualErrors: Readonly<Record<ErrorFault, ErrorWords>> = {
  throttle: { code: "ThrottlingException", message: "Rate exceeded", status: 400 },
  error: { code: "InternalFailure", message: "Internal failure", status: 500 },
  missing: { code: "ResourceNotFoundException", message: "Requested resource not found", status: 400 },
  refuse: { code: "AccessDeniedException", message: "Access Denied", status: 403 },
  expire: {
    code: "ExpiredTokenException",
    message: "The security token included in the request is expired",
    status: 400,
  },
};

/** A service's error for a kind of fault. */
export function serviceError(kind: ErrorFault, service: ServiceFaults | undefined): AwsError {
  const { code, message, status } = service?.errors?.[kind] ?? usualErrors[kind];
  return new AwsError(code, message, status);
}

/** A connection reset: the front door destroys the socket instead of responding. */
export class ConnectionResetError extends AwsError {
  constructor() {
    super("ConnectionReset", "The connection was reset.", 500);
  }
}

/** The mapping's poller is lost, with its state since the last checkpoint. */
export class WorkerLostError extends AwsError {
  constructor() {
    super("WorkerLost", "The worker of the event source mapping was lost.", 500);
  }
}

/** The execution environment exited or timed out, in the words of the function's error. */
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
