import { z } from "zod";
import { AwsError } from "../../kernel/errors.ts";

/** Bytes of one PutLogEvents, with their overhead. */
export const MAX_BATCH_BYTES = 1_048_576;

/** What a log group may be named. */
export const logGroupName = z.string().regex(/^[.\-_/#A-Za-z0-9]{1,512}$/, "must be 1 to 512 of a-z A-Z 0-9 . - _ / #");
/** What a log stream may be named. */
export const logStreamName = z.string().regex(/^[^:*]{1,512}$/, "must be 1 to 512 characters without : and *");

/** Days that a log group may keep its events; without any of them, for ever. */
export const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
/** CloudWatch Logs takes no id and no alias of a key. */
export const kmsKeyArn = z
  .string()
  .max(256)
  .regex(/^arn:[^:]+:kms:[^:]*:\d{12}:key\/.+$/, "must be the ARN of a KMS key");

/** @throws AwsError InvalidParameterException for a key that is named otherwise. */
export function checkKey(key: string | undefined): void {
  const { success, error } = kmsKeyArn.optional().safeParse(key);
  if (!success) throw invalid(`kmsKeyId: ${error.issues[0]?.message}`);
}

/** Logs' error for a parameter that cannot be. */
export function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}
