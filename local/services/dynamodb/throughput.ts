import type { AwsError } from "../../kernel/errors.ts";
import { validationError } from "./errors.ts";

/** Provisioned capacity, in units per second. */
export interface Throughput {
  readonly read: number;
  readonly write: number;
}

/** The error for setting the current capacity again. @param whose such as `table`, `index by-user`. */
export function unchangedThroughput(whose: string, kind: "table" | "index", { read, write }: Throughput): AwsError {
  const units = (name: string, value: number) =>
    `Current ${name} provisioned for the ${kind}: ${value}. Requested ${name}: ${value}.`;
  return validationError(
    `The provisioned throughput for the ${whose} will not change. The requested value equals the current value. ` +
      `${units("ReadCapacityUnits", read)} ${units("WriteCapacityUnits", write)} ` +
      "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.",
  );
}
