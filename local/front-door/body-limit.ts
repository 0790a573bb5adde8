import { AwsError } from "../kernel/errors.ts";
import type { HttpRequest } from "../kernel/service.ts";

/** Longest body, in bytes, of a request for anything but a bucket or a gateway. */
export const MAX_CALL_BYTES = 32 * 1024 ** 2;

/** Longest body, in bytes, of one request to a bucket. AWS takes 5 GiB; here all of it is in memory. */
const MAX_BUCKET_CALL_BYTES = 1024 ** 3;

/** What `aws-chunked` may add to a body whose length was said without it: chunks of 8 KiB or more need far less. */
const chunkedLength = (decoded: number) => 2 * decoded + 64 * 1024;

/** The length that a request says its body has; undefined when it does not say one. */
export function announcedLength({ headers }: Pick<HttpRequest, "headers">): number | undefined {
  return wholeNumber(headers["content-length"]);
}

/** How much of the body of a signed request to a bucket is read: what it says its length is, which may not be more than is possible. */
export function bucketBodyLimit(request: Pick<HttpRequest, "headers">): number {
  const decoded = wholeNumber(request.headers["x-amz-decoded-content-length"]);
  const length = announcedLength(request) ?? (decoded === undefined ? 0 : chunkedLength(decoded));
  return length <= MAX_BUCKET_CALL_BYTES ? length : 0;
}

/** Why a body was not read to its end, in the words of the service. */
export function tooLong(request: HttpRequest, service: string): AwsError {
  if (service !== "s3") {
    return new AwsError("RequestEntityTooLarge", `The body is longer than ${MAX_CALL_BYTES} bytes.`, 413);
  }
  const isSaid = announcedLength(request) ?? request.headers["x-amz-decoded-content-length"];
  if (isSaid === undefined) {
    return new AwsError("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);
  }
  return new AwsError("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", 400, {
    MaxSizeAllowed: MAX_BUCKET_CALL_BYTES,
  });
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
