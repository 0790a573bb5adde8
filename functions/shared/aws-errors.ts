/** How to handle an error of an AWS call. */
export const Verdict = {
  /** May succeed later: retry with backoff, within the deadline. */
  Retry: "retry",
  /** The service never accepts this item: isolate and park it. */
  Park: "park",
  /** The deployment is wrong, not a record: throw, park nothing. */
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
  "CorruptAnswerError",
  // Of a global table with strong consistency: another region writes the item at this moment.
  "ReplicatedWriteConflictException",
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

/** Expired or unknown credentials: replaced once. */
const STALE_CREDENTIALS_NAMES: ReadonlySet<string> = new Set([
  "ExpiredTokenException",
  "ExpiredToken",
  "UnrecognizedClientException",
  "InvalidClientTokenId",
]);

/** A ValidationException about the table's key schema: every item would be refused, so none is parked. */
const KEY_SCHEMA_REFUSALS: readonly RegExp[] = [
  /^The provided key element does not match the schema/,
  /^One or more parameter values were invalid: (Missing the key|Type mismatch for key) /,
];

/** DynamoDB's InvalidSignatureException for clock skew; the SDK corrects it by the next attempt. */
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

/** Whether new credentials may help: the session has expired or is unknown. */
export function isStaleCredentials(error: unknown): boolean {
  return STALE_CREDENTIALS_NAMES.has(shapeOf(error).name ?? "");
}

/** Classifies an AWS error; the only place that does. Unknown errors fail the invocation. */
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
