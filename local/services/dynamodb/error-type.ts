/** Errors of the common layer in front of DynamoDB. */
const CORAL_SERVICE = new Set([
  "AccessDeniedException",
  "ExpiredTokenException",
  "IncompleteSignatureException",
  "InternalFailure",
  "InvalidSignatureException",
  "MissingAuthenticationTokenException",
  "SerializationException",
  "UnknownOperationException",
  "UnrecognizedClientException",
]);

/** The `__type` of an error of DynamoDB and of its streams: code and namespace, as in dynalite's tests. */
export function errorTypeOf(code: string): string {
  if (code === "ValidationException") return `com.amazon.coral.validate#${code}`;
  if (code === "ThrottlingException") return `com.amazon.coral.availability#${code}`;
  if (CORAL_SERVICE.has(code)) return `com.amazon.coral.service#${code}`;
  return code === "NotSupportedByLocalCloud" ? code : `com.amazonaws.dynamodb.v20120810#${code}`;
}
