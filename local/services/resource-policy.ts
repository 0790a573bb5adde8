import { PolicyKind, parsePolicy as parse } from "../accounts/parse-policy.ts";
import type { PolicyDocument } from "../accounts/policy.ts";
import { AwsError } from "../errors.ts";

/**
 * A resource's policy from its text.
 * @throws AwsError InvalidArgumentException for what is no policy, NotSupportedError for what is not evaluated here.
 */
export function parsePolicy(text: string): PolicyDocument {
  try {
    return parse(text, PolicyKind.Resource);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "MalformedPolicyDocument") throw error;
    throw new AwsError("InvalidArgumentException", error.message);
  }
}
