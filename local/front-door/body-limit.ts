import { AwsError } from "../kernel/errors.ts";
import type { BodyRules, HttpRequest } from "../kernel/service.ts";

/** Longest body, in bytes, of a request to a service without limits of its own. */
export const MAX_CALL_BYTES = 32 * 1024 ** 2;

/**
 * Upper bound of an `aws-chunked` body when only the decoded length is declared; chunks of 8 KiB or more need far less.
 */
const chunkedLength = (decoded: number) => 2 * decoded + 64 * 1024;

/** The declared length of a request's body; undefined when there is none. */
export function announcedLength({ headers }: Pick<HttpRequest, "headers">): number | undefined {
  return wholeNumber(headers["content-length"]);
}

/**
 * Bytes to read of a signed request's body: with a service's own limits, the declared length, or 0 if that is too long.
 */
export function bodyLimit(request: Pick<HttpRequest, "headers">, rules: BodyRules | undefined): number {
  if (!rules) return MAX_CALL_BYTES;
  const decoded = wholeNumber(request.headers["x-amz-decoded-content-length"]);
  const length = announcedLength(request) ?? (decoded === undefined ? 0 : chunkedLength(decoded));
  return length <= rules.maxBytes ? length : 0;
}

/** The service's error for a body over its limit. */
export function tooLong(request: HttpRequest, rules: BodyRules | undefined): AwsError {
  if (!rules) return new AwsError("RequestEntityTooLarge", `The body is longer than ${MAX_CALL_BYTES} bytes.`, 413);
  const length = announcedLength(request) ?? request.headers["x-amz-decoded-content-length"];
  return rules.tooLong(length !== undefined);
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
