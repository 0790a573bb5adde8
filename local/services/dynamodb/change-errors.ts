import type { AwsError } from "../../kernel/errors.ts";
import { validationError } from "./validation-error.ts";

/** Provisioned capacity, in units a second. */
export interface Throughput {
  readonly read: number;
  readonly write: number;
}

/** AWS's refusal of parameters that do not go together. */
export function invalid(reason: string): AwsError {
  return validationError(`One or more parameter values were invalid: ${reason}`);
}

/** AWS's refusal of a capacity that is there already. @param whose such as `the table`, `index by-user`. */
export function unchangedThroughput(whose: string, kind: "table" | "index", { read, write }: Throughput): AwsError {
  const units = (name: string, value: number) =>
    `Current ${name} provisioned for the ${kind}: ${value}. Requested ${name}: ${value}.`;
  return validationError(
    `The provisioned throughput for the ${whose} will not change. The requested value equals the current value. ` +
      `${units("ReadCapacityUnits", read)} ${units("WriteCapacityUnits", write)} ` +
      "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.",
  );
}
