import { AwsError } from "../../../kernel/errors.ts";
import type { PolicyDocument } from "../../../kernel/policy.ts";
import { policyArn } from "../names.ts";

/** The ARN of a policy. @throws AwsError InvalidInput for any other text. */
export function checkedPolicyArn(arn: string): string {
  if (policyArn.safeParse(arn).success) return arn;
  throw new AwsError("InvalidInput", `ARN ${arn} is not valid.`);
}

/** A policy document in IAM's answers: URL-encoded JSON. */
export function encodeDocument(document: PolicyDocument): string {
  return encodeURIComponent(JSON.stringify(document));
}

/** Cloud time in answers: epoch seconds. */
export function wireTime(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
