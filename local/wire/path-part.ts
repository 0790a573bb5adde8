import { AwsError } from "../kernel/errors.ts";

/** Decodes a part of a path, such as an ARN. Refuses a percent sign that does not begin a UTF-8 character. */
export function decodePathPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new AwsError("SerializationException", `"${part}" in the path is not percent-encoded UTF-8.`);
  }
}
