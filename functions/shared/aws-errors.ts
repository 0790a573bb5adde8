/** What is to be done about an error that an AWS call ended with. */
export const Verdict = {
  /** May succeed later: again after a backoff, while there is time. */
  Retry: "retry",
  /** The service will never take this item: isolate it and park it. */
  Park: "park",
  /** Something is wrong with the deployment and not with a record: throw, park nothing. */
  Fail: "fail",
} as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

const RETRYABLE_NAMES: ReadonlySet<string> = new Set([
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
  "Throttling",
  "ThrottledException",
  "TooManyRequestsException",
  "SlowDown",
  "RequestTimeout",
  "RequestTimeoutException",
  "TimeoutError",
  "InternalServerError",
  "InternalFailure",
  "InternalError",
  "InternalServiceError",
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "RequestTimeTooSkewed",
]);

const RETRYABLE_SOCKET_CODES: ReadonlySet<string> = new Set([
  "ECONNRESET",
  "ECONNREFUSED",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EAI_AGAIN",
  "ERR_HTTP2_STREAM_ERROR",
  "UND_ERR_SOCKET",
]);

/** Expired or not (yet) known credentials: to be replaced once. */
const STALE_CREDENTIALS_NAMES: ReadonlySet<string> = new Set([
  "ExpiredTokenException",
  "ExpiredToken",
  "UnrecognizedClientException",
  "InvalidClientTokenId",
]);

/** A ValidationException that speaks of the table's key schema: every item would be refused, so none is parked. */
const KEY_SCHEMA_REFUSALS: readonly RegExp[] = [
  /^The provided key element does not match the schema/,
  /^One or more parameter values were invalid: (Missing the key|Type mismatch for key) /,
];

/** DynamoDB's InvalidSignatureException for a clock that is off; the SDK has corrected itself by the next attempt. */
const CLOCK_SKEW_MESSAGE = /^Signature (expired|not yet current)/;

interface ErrorShape {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

function shapeOf(error: unknown): ErrorShape {
  return typeof error === "object" && error !== null ? (error as ErrorShape) : {};
}

/** True when other credentials may help: the session has expired or is not known. */
export function isStaleCredentials(error: unknown): boolean {
  return STALE_CREDENTIALS_NAMES.has(shapeOf(error).name ?? "");
}

/** The one place where an AWS error is judged. What is not known fails loudly. */
export function judge(error: unknown): Verdict {
  const { name = "", message = "", code = "", $metadata } = shapeOf(error);
  if (name === "ValidationException") {
    return KEY_SCHEMA_REFUSALS.some((refusal) => refusal.test(message)) ? Verdict.Fail : Verdict.Park;
  }
  if (RETRYABLE_NAMES.has(name) || RETRYABLE_SOCKET_CODES.has(code)) return Verdict.Retry;
  if (name === "InvalidSignatureException" && CLOCK_SKEW_MESSAGE.test(message)) return Verdict.Retry;
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 500 || status === 429 ? Verdict.Retry : Verdict.Fail;
}
