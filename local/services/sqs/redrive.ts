import { z } from "zod";
import { AwsError } from "../../kernel/errors.ts";
import { MAX_RECEIVE_COUNT } from "./limits.ts";

const redrivePolicy = z.strictObject({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: z.coerce.number().int().min(1).max(MAX_RECEIVE_COUNT),
});

/** Where messages go that were received too often, and how often that is. */
export type RedrivePolicy = z.infer<typeof redrivePolicy> & { readonly text: string };

const redriveAllowPolicy = z.strictObject({
  redrivePermission: z.enum(["allowAll", "denyAll", "byQueue"]),
  sourceQueueArns: z.array(z.string()).min(1).max(10).optional(),
});

/** Which queues may name this one as their dead-letter queue. */
export type RedriveAllowPolicy = z.infer<typeof redriveAllowPolicy> & { readonly text: string };

/** @throws AwsError InvalidAttributeValue for what is no redrive policy. */
export function parseRedrivePolicy(text: string): RedrivePolicy {
  return { ...parse(redrivePolicy, "RedrivePolicy", text, ["maxReceiveCount", "deadLetterTargetArn"]), text };
}

/** @throws AwsError InvalidAttributeValue for what is no redrive allow policy. */
export function parseRedriveAllowPolicy(text: string): RedriveAllowPolicy {
  return { ...parse(redriveAllowPolicy, "RedriveAllowPolicy", text), text };
}

function parse<T>(schema: z.ZodType<T>, attribute: string, text: string, mandatory: readonly string[] = []): T {
  const invalid = (reason: string) =>
    new AwsError("InvalidAttributeValue", `Value ${text} for parameter ${attribute} is invalid. Reason: ${reason}.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid("not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid("not a JSON map");
  const missing = mandatory.find((name) => !Object.hasOwn(value, name));
  // AWS's words, quoted by rubyonjets/jets, pull request 101.
  if (missing !== undefined) throw invalid(`Redrive policy does not contain mandatory attribute: ${missing}`);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(`${issue?.path.join(".") || attribute}: ${issue?.message}`);
}
