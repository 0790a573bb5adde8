import { crc32 } from "node:zlib";
import type { HttpAnswer } from "./http-sender.ts";

/** An error of DynamoDB, in the form of the AWS SDK's errors. */
export class ServiceError extends Error {
  /** DynamoDB's name for it, such as ThrottlingException; "Unknown" when the answer has none. */
  override readonly name: string;
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId: string | undefined };

  constructor(name: string, message: string, { status, headers }: HttpAnswer) {
    super(message);
    this.name = name;
    const requestId = headers["x-amzn-requestid"];
    this.$metadata = { httpStatusCode: status, requestId: typeof requestId === "string" ? requestId : undefined };
  }
}

/** An answer whose bytes are not those that DynamoDB's checksum is of. The request may be sent again. */
export class CorruptAnswerError extends Error {
  override readonly name = "CorruptAnswerError";
}

/** @throws CorruptAnswerError when the answer has a checksum, and it is of other bytes */
export function checkChecksum({ headers, body }: HttpAnswer): void {
  const expected = headers["x-amz-crc32"];
  if (expected === undefined) return;
  const actual = crc32(body);
  if (Number(expected) !== actual) {
    throw new CorruptAnswerError(`DynamoDB's answer has the CRC32 ${actual}, and says that it is ${expected}`);
  }
}

/** The error of an answer that is not a success. */
export function toServiceError(answer: HttpAnswer): ServiceError {
  const fields = readFields(answer.body);
  const type = fields["__type"] ?? fields["code"] ?? answer.headers["x-amzn-errortype"];
  const message = fields["message"] ?? fields["Message"];
  return new ServiceError(
    typeof type === "string" ? errorName(type) : "Unknown",
    typeof message === "string" ? message : `DynamoDB answered with status ${answer.status}`,
    answer,
  );
}

/** `ThrottlingException` of `com.amazon.coral.availability#ThrottlingException:http://…`. */
function errorName(type: string): string {
  const name = type.split(/[,:]/)[0] ?? "";
  return name.slice(name.indexOf("#") + 1) || "Unknown";
}

/** The fields of an answer; none when it is not of DynamoDB, but of something on the way. */
function readFields(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(body.toString());
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
