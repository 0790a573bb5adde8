import { AwsError } from "../../kernel/errors.ts";

/** SQS' error for a parameter that is well-formed and still cannot be. */
export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterValue", message);
}

/** @param reason ends with a full stop. */
export function invalidValue(value: string, parameter: string, reason: string): AwsError {
  return invalidParameter(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);
}

/** SQS' error for a parameter that is not there. */
export function missingParameter(parameter: string): AwsError {
  return new AwsError("MissingParameter", `The request must contain the parameter ${parameter}.`);
}

/** What every operation answers for a queue that is not there. */
export function queueDoesNotExist(): AwsError {
  return new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
}
