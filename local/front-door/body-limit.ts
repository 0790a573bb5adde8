import { AwsError } from "../kernel/errors.ts";
import type { BodyRules, HttpRequest } from "../kernel/service.ts";

/** Longest body, in bytes, of a request to a service that has no rule of its own. */
export const MAX_CALL_BYTES = 32 * 1024 ** 2;

/** What `aws-chunked` may add to a body whose length was said without it: chunks of 8 KiB or more need far less. */
const chunkedLength = (decoded: number) => 2 * decoded + 64 * 1024;

/** The length that a request says its body has; undefined when it does not say one. */
export function announcedLength({ headers }: Pick<HttpRequest, "headers">): number | undefined {
  return wholeNumber(headers["content-length"]);
}

/**
 * How much of the body of a signed request is read: with rules of the service's own, the length that it announces,
 * unless that is too long.
 */
export function bodyLimit(request: Pick<HttpRequest, "headers">, rules: BodyRules | undefined): number {
  if (!rules) return MAX_CALL_BYTES;
  const decoded = wholeNumber(request.headers["x-amz-decoded-content-length"]);
  const length = announcedLength(request) ?? (decoded === undefined ? 0 : chunkedLength(decoded));
  return length <= rules.maxBytes ? length : 0;
}

/** Why a body was not read to its end, in the words of the service. */
export function tooLong(request: HttpRequest, rules: BodyRules | undefined): AwsError {
  if (!rules) return new AwsError("RequestEntityTooLarge", `The body is longer than ${MAX_CALL_BYTES} bytes.`, 413);
  const length = announcedLength(request) ?? request.headers["x-amz-decoded-content-length"];
  return rules.tooLong(length !== undefined);
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
