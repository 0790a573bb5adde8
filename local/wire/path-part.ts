import { AwsError } from "../kernel/errors.ts";

/**
 * A part of a path as it is meant, such as an ARN in a path. A percent sign that begins no UTF-8 character is refused.
 */
export function decodePathPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new AwsError("SerializationException", `"${part}" in the path is not percent-encoded UTF-8.`);
  }
}
