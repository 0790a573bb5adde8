import { z } from "zod";
import { AwsError } from "../kernel/errors.ts";
import { PolicyKind, parsePolicy } from "./parse-policy.ts";

/** An argument with JSON text. Empty: none. */
export const jsonText = z.string().superRefine((text, context) => {
  const mistake = jsonMistake(text);
  if (mistake !== undefined) context.addIssue({ code: "custom", message: mistake });
});

/** An argument with a resource policy as JSON text; checks the policy language only. Empty: none. */
export const resourcePolicyText = z.string().superRefine((text, context) => {
  const mistake = text === "" ? undefined : (jsonMistake(text) ?? policyMistake(text));
  if (mistake !== undefined) context.addIssue({ code: "custom", message: mistake });
});

/** A resource policy as JSON text; not empty. */
export const requiredPolicyText = z.string().superRefine(requirePolicy);

/** A resource policy as JSON text or object; not empty. */
export const resourcePolicyDocument = z
  .union([z.string(), z.record(z.string(), z.unknown())])
  .superRefine(requirePolicy);

function requirePolicy(policy: unknown, context: z.core.$RefinementCtx): void {
  const mistake = (typeof policy === "string" ? jsonMistake(policy || " ") : undefined) ?? policyMistake(policy);
  if (mistake !== undefined) context.addIssue({ code: "custom", message: mistake });
}

function jsonMistake(text: string): string | undefined {
  try {
    if (text !== "") JSON.parse(text);
    return undefined;
  } catch (error) {
    return `contains an invalid JSON: ${(error as Error).message}`;
  }
}

function policyMistake(policy: unknown): string | undefined {
  try {
    parsePolicy(policy, PolicyKind.Resource);
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
}
