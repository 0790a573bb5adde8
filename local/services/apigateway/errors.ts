import { AwsError } from "../../kernel/errors.ts";

/** The value, unless it is undefined: then throws NotFoundException with this message. */
export function found<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw notFound(message);
  return value;
}

/** `NotFoundException`, 404. */
export function notFound(message: string): AwsError {
  return new AwsError("NotFoundException", message, 404);
}

/** `BadRequestException`, 400. */
export function badRequest(message: string): AwsError {
  return new AwsError("BadRequestException", message, 400);
}

/** `ConflictException`, 409. */
export function conflict(message: string): AwsError {
  return new AwsError("ConflictException", message, 409);
}
