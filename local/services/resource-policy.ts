import type { PolicyDocument } from "../accounts/policy.ts";
import { AwsError } from "../errors.ts";

/** A resource's policy from its text; throws InvalidArgumentException for what is no policy document. */
export function parsePolicy(text: string): PolicyDocument {
  try {
    const document = JSON.parse(text) as PolicyDocument | null;
    if (document?.Statement) return document;
  } catch {
    // Falls through to the error below.
  }
  throw new AwsError("InvalidArgumentException", "The policy is not a JSON policy document with a Statement.");
}
