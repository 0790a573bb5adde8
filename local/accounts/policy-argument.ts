import { z } from "zod";
import { AwsError } from "../kernel/errors.ts";
import { PolicyKind, parsePolicy } from "./parse-policy.ts";

/** An argument that holds JSON as text. Empty: none. */
export const jsonText = z.string().superRefine((text, context) => {
  const mistake = jsonMistake(text);
  if (mistake !== undefined) context.addIssue({ code: "custom", message: mistake });
});

/** An argument that holds a resource's policy as JSON text, checked as far as its own language goes. Empty: none. */
export const resourcePolicyText = z.string().superRefine((text, context) => {
  const mistake = text === "" ? undefined : (jsonMistake(text) ?? policyMistake(text));
  if (mistake !== undefined) context.addIssue({ code: "custom", message: mistake });
});

/** The same, never empty. */
export const requiredPolicyText = z.string().superRefine(requirePolicy);

/** The same, as text or as the object itself; never empty. */
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
