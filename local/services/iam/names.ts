import { z } from "zod";

/** A name of IAM: letters, digits and `_+=,.@-`. @param maxLength in characters. */
export function iamName(maxLength: number) {
  return z
    .string()
    .regex(new RegExp(`^[\\w+=,.@-]{1,${maxLength}}$`), `must be 1 to ${maxLength} characters of [\\w+=,.@-]`);
}

/** A path: `/`, or up to 512 characters that begin and end with `/`. */
export const iamPath = z
  .string()
  .regex(/^(\/|\/[\x21-\x7e]{1,510}\/)$/, 'must begin and end with "/" and have up to 512 characters without spaces');

/** Description of a role. */
export const roleDescription = z
  .string()
  .max(1_000, "has up to 1,000 characters")
  .regex(
    /^[\t\n\r\x20-\x7e\xa1-\xff]*$/,
    "may hold the characters of Latin-1 only: no typographic quotes, for example",
  );

/** Description of a policy. */
export const policyDescription = z.string().max(1_000, "has up to 1,000 characters");

/** Maximum session duration of a role, in seconds: 1 to 12 hours. */
export const maxSessionDuration = z
  .int("must be a whole number of seconds")
  .min(3_600, "must be 3,600 to 43,200 seconds")
  .max(43_200, "must be 3,600 to 43,200 seconds");

/** The ARN of a policy, of an account or of AWS. */
export const policyArn = z
  .string()
  .regex(/^arn:[^:]+:iam::(\d{12}|aws):policy\/[\x21-\x7e]+$/, "must be the ARN of a policy");
