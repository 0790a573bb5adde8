import { invalidValue } from "./errors.ts";
import { MAX_DELAY_SECONDS, MAX_VISIBILITY_SECONDS, MAX_WAIT_SECONDS } from "./limits.ts";

/** Ranges of the numeric parameters, and SQS' words for a number outside of them. */
export const NUMBERS = {
  DelaySeconds: { max: MAX_DELAY_SECONDS, min: 0, reason: `DelaySeconds must be >= 0 and <= ${MAX_DELAY_SECONDS}.` },
  MaxNumberOfMessages: { max: 10, min: 1, reason: "Must be between 1 and 10, if provided." },
  MaxResults: { max: 1_000, min: 1, reason: "Must be between 1 and 1000, if provided." },
  VisibilityTimeout: {
    max: MAX_VISIBILITY_SECONDS,
    min: 0,
    reason: `Must be between 0 and ${MAX_VISIBILITY_SECONDS}, if provided.`,
  },
  WaitTimeSeconds: { max: MAX_WAIT_SECONDS, min: 0, reason: `Must be >= 0 and <= ${MAX_WAIT_SECONDS}, if provided.` },
} as const;

/**
 * Checks a number of one entry of a batch, whose error is the entry's alone: the others are sent (an answer of AWS in
 * getmoto/moto issue 5372; aws/aws-sdk-ruby pull request 265).
 * Throws AwsError InvalidParameterValue.
 */
export function checkEntryNumber(name: keyof typeof NUMBERS, value: number | undefined): void {
  const { min, max, reason } = NUMBERS[name];
  if (value !== undefined && (value < min || value > max)) throw invalidValue(String(value), name, reason);
}
