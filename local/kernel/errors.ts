/**
 * An error response of a service, in AWS's own words. `status` is the HTTP status; `code` is AWS's error code, such as
 * `ResourceNotFoundException`.
 */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** Further members of the error's body. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/**
 * A feature of AWS that the local cloud does not have: always an error that names it, never ignored. `supported` lists
 * the alternatives.
 */
export class NotSupportedError extends AwsError {
  constructor(what: string, supported?: string) {
    super(
      "NotSupportedByLocalCloud",
      `The local cloud does not support ${what}.${supported ? ` It supports: ${supported}.` : ""}`,
      400,
    );
  }
}

/** A user's mistake: printed as its message, without a stack. */
export class UserError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UserError";
  }
}

/**
 * An error in one line: code and message of a service's error, the message of a user's mistake, and for a bug of the
 * local cloud also its first stack frame.
 */
export function failureMessage(error: unknown): string {
  if (error instanceof NotSupportedError || error instanceof UserError) return error.message;
  if (error instanceof AwsError) return `${error.code}: ${error.message}`;
  if (!(error instanceof Error)) return String(error);
  const frame = error.stack?.split("\n").find((line) => line.trimStart().startsWith("at "));
  return error.constructor === Error || !frame ? error.message : `${error.name}: ${error.message} (${frame.trim()})`;
}
