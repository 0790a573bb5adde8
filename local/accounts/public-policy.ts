import type { PolicyDocument, PolicyStatement } from "../kernel/policy.ts";
import { statementsOf } from "./compiled-policy.ts";

/**
 * Condition keys that restrict a statement to known callers; with a value without wildcards the statement is not
 * public.
 */
const pinningKeys = new Set(
  [
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIp",
    "aws:SourceOrgID",
    "aws:SourceOwner",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:userid",
  ].map((key) => key.toLowerCase()),
);

/** Operators that can restrict; `…IfExists` and negative ones admit unknown callers. */
const pinningOperators =
  /^(ForAnyValue:)?(StringEquals|StringLike|ArnEquals|ArnLike|IpAddress|StringEqualsIgnoreCase)$/;

/** Further restrictions to known callers, in the policies of one service. */
export interface PinningRules {
  /** Condition keys of the service. */
  readonly keys?: readonly string[];
  /** Whether an ARN without an account still identifies one owner, such as a bucket's. */
  isFixedArn?(arn: string): boolean;
}

/** Whether a policy is public: it allows an action to everyone, without a condition that restricts the callers. */
export function isPublicPolicy(policy: PolicyDocument, rules: PinningRules = {}): boolean {
  return statementsOf(policy).some(
    (statement) => statement.Effect === "Allow" && isForEveryone(statement) && !isPinned(statement, rules),
  );
}

function isForEveryone(statement: PolicyStatement): boolean {
  if (statement.NotPrincipal !== undefined) return true;
  if (statement.Principal === "*") return true;
  const aws = statement.Principal?.["AWS"];
  return (typeof aws === "string" ? [aws] : (aws ?? [])).includes("*");
}

function isPinned(statement: PolicyStatement, rules: PinningRules): boolean {
  const keys = new Set([...pinningKeys, ...(rules.keys ?? []).map((key) => key.toLowerCase())]);
  return Object.entries(statement.Condition ?? {}).some(
    ([operator, block]) =>
      pinningOperators.test(operator) &&
      Object.entries(block).some(
        ([key, values]) =>
          keys.has(key.toLowerCase()) && [values].flat().every((value) => isFixed(key, String(value), rules)),
      ),
  );
}

function isFixed(key: string, value: string, { isFixedArn }: PinningRules): boolean {
  if (key.toLowerCase() === "aws:sourceip") return !/\/[0-7]$/.test(value) && value !== "*";
  if (key.toLowerCase().endsWith("arn")) {
    return /^\d{12}$/.test(value.split(":")[4] ?? "") || isFixedArn?.(value) === true;
  }
  return !/[*?]/.test(value);
}
