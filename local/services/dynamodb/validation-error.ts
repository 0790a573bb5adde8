import { AwsError } from "../../kernel/errors.ts";

/** AWS's refusal of a request, in these words. */
export function validationError(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
