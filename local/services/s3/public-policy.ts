import { arnPattern } from "../../../aws/arn.ts";
import { statementsOf } from "../../accounts/compiled-policy.ts";
import type { PolicyDocument, PolicyStatement } from "../../kernel/policy.ts";

/**
 * Condition keys that tie a statement to someone known; with a value that is no wildcard the statement is not public.
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
    "s3:DataAccessPointAccount",
    "s3:DataAccessPointArn",
  ].map((key) => key.toLowerCase()),
);

/** Operators by which a condition can pin; `…IfExists` and the negative ones let the unknown through. */
const pinningOperators =
  /^(ForAnyValue:)?(StringEquals|StringLike|ArnEquals|ArnLike|IpAddress|StringEqualsIgnoreCase)$/;

/**
 * Whether S3 counts a bucket policy as public: it allows something to everyone, without a condition that pins who that
 * is.
 */
export function isPublicPolicy(policy: PolicyDocument): boolean {
  return statementsOf(policy).some(
    (statement) => statement.Effect === "Allow" && isForEveryone(statement) && !isPinned(statement),
  );
}

function isForEveryone(statement: PolicyStatement): boolean {
  if (statement.NotPrincipal !== undefined) return true;
  if (statement.Principal === "*") return true;
  const aws = statement.Principal?.["AWS"];
  return (typeof aws === "string" ? [aws] : (aws ?? [])).includes("*");
}

function isPinned(statement: PolicyStatement): boolean {
  return Object.entries(statement.Condition ?? {}).some(
    ([operator, block]) =>
      pinningOperators.test(operator) &&
      Object.entries(block).some(
        ([key, values]) =>
          pinningKeys.has(key.toLowerCase()) && [values].flat().every((value) => isFixed(key, String(value))),
      ),
  );
}

const FIXED_BUCKET_ARN = arnPattern({ service: "s3", resource: "[^*?]+", hasRegion: false, hasAccount: false });

function isFixed(key: string, value: string): boolean {
  if (key.toLowerCase() === "aws:sourceip") return !/\/[0-7]$/.test(value) && value !== "*";
  if (key.toLowerCase().endsWith("arn"))
    return /^\d{12}$/.test(value.split(":")[4] ?? "") || FIXED_BUCKET_ARN.test(value);
  return !/[*?]/.test(value);
}
