/** Errors that come from the layer before DynamoDB. */
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

/** What `__type` holds for an error of DynamoDB and of its streams: AWS's code with the namespace that it comes from (held by dynalite's tests). */
export function errorTypeOf(code: string): string {
  if (code === "ValidationException") return `com.amazon.coral.validate#${code}`;
  if (code === "ThrottlingException") return `com.amazon.coral.availability#${code}`;
  if (CORAL_SERVICE.has(code)) return `com.amazon.coral.service#${code}`;
  return code === "NotSupportedByLocalCloud" ? code : `com.amazonaws.dynamodb.v20120810#${code}`;
}
