import { AwsError } from "../../kernel/errors.ts";

/** A ValidationException with this message. */
export function validationError(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

/** The ValidationException for parameters that contradict each other. */
export function invalid(reason: string): AwsError {
  return validationError(`One or more parameter values were invalid: ${reason}`);
}

/** The error for a table that does not exist, without or with its name. */
export function tableNotFound(name?: string): AwsError {
  return new AwsError(
    "ResourceNotFoundException",
    name === undefined ? "Requested resource not found" : `Requested resource not found: Table: ${name} not found`,
  );
}
