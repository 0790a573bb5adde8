import { z } from "zod";
import { PolicyKind, parsePolicy } from "../accounts/parse-policy.ts";
import { AwsError } from "../kernel/errors.ts";

/** One element of a provider's `assumeRoles`. */
export interface AssumedRole {
  readonly roleArn: string;
  readonly externalId?: string;
  /** Default: made like the Go SDK's. */
  readonly sessionName?: string;
  /** Default: 900, as in the Go SDK. */
  readonly durationSeconds: number;
  /** Session policy: JSON text, restricts the role's permissions. */
  readonly policy?: string;
}

const DEFAULT_DURATION_SECONDS = 900;
const MIN_DURATION_SECONDS = 900;
const MAX_DURATION_SECONDS = 43_200;

/** Seconds of each unit of a Go duration (`time.ParseDuration`). */
const SECONDS_OF_UNIT: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3_600,
};

const duration = z.string("must be text such as 30m").transform((text, context) => {
  const seconds = secondsOf(text);
  if (seconds !== undefined && seconds >= MIN_DURATION_SECONDS && seconds <= MAX_DURATION_SECONDS) {
    return Math.floor(seconds);
  }
  const message =
    seconds === undefined
      ? `is not a duration such as 30m or 1h: ${text}`
      : `duration "${text}" must be between 15 minutes (15m) and 12 hours (12h), inclusive`;
  context.addIssue({ code: "custom", message });
  return z.NEVER;
});

const policy = z.string("must be JSON as text").superRefine((text, context) => {
  try {
    parsePolicy(text, PolicyKind.Identity);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    context.addIssue({ code: "custom", message: error.message });
  }
});

/**
 * Reads one element of `assumeRoles`. Parameters of STS that the local cloud does not have (session tags, policy ARNs,
 * a source identity) are refused by name.
 */
export const assumedRole = z
  .strictObject({
    duration: duration.optional(),
    externalId: z
      .string("must be text; write it in quotes")
      .regex(/^[\w+=,.@:/-]{2,1224}$/, "must be 2 to 1,224 characters of [\\w+=,.@:/-]")
      .optional(),
    policy: policy.optional(),
    roleArn: z
      .string("is missing: the ARN of the role")
      .regex(/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/, "is not the ARN of a role"),
    sessionName: z
      .string("must be text")
      .regex(/^[\w+=,.@-]{2,64}$/, "must be 2 to 64 characters of [\\w+=,.@-]")
      .optional(),
  })
  .transform(({ duration: durationSeconds = DEFAULT_DURATION_SECONDS, ...role }): AssumedRole => {
    return { ...role, durationSeconds };
  });

/** The account id in a role's ARN. */
export function accountOfRole(roleArn: string): string {
  return roleArn.split(":")[4] ?? "";
}

/** A Go duration in seconds; undefined for any other text. */
function secondsOf(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text) return undefined;
  return parts.reduce((sum, [, amount, unit = ""]) => sum + Number(amount) * (SECONDS_OF_UNIT[unit] ?? 0), 0);
}
