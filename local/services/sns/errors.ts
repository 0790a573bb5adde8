import { AwsError } from "../../kernel/errors.ts";

/** SNS' error for a parameter that cannot be. @param detail such as `Empty message`. */
export function invalidParameter(detail: string): AwsError {
  return new AwsError("InvalidParameter", `Invalid parameter: ${detail}`);
}

/** What every operation answers for a topic that is not there. */
export function topicDoesNotExist(): AwsError {
  return new AwsError("NotFound", "Topic does not exist", 404);
}
