import { z } from "zod";
import { AwsError } from "../../kernel/errors.ts";

/** Name of a log group. */
export const logGroupName = z.string().regex(/^[.\-_/#A-Za-z0-9]{1,512}$/, "must be 1 to 512 of a-z A-Z 0-9 . - _ / #");
/** Name of a log stream. */
export const logStreamName = z.string().regex(/^[^:*]{1,512}$/, "must be 1 to 512 characters without : and *");

/** ARN of a KMS key; CloudWatch Logs accepts neither ids nor aliases. */
export const kmsKeyArn = z
  .string()
  .max(256)
  .regex(/^arn:[^:]+:kms:[^:]*:\d{12}:key\/.+$/, "must be the ARN of a KMS key");

/** @throws AwsError InvalidParameterException for a key that is not an ARN. */
export function checkKey(key: string | undefined): void {
  // As reported with ids of keys (hashicorp/terraform 24194).
  if (!kmsKeyArn.optional().safeParse(key).success) throw invalid("The specified KMS Key Id could not be found.");
}

/** CloudWatch Logs' error for an invalid parameter. */
export function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}
