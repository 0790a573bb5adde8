import { statementsOf } from "../../accounts/compiled-policy.ts";
import { PolicyKind, parsePolicy } from "../../accounts/parse-policy.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { PolicyStatement } from "../../kernel/policy.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { Bucket, BucketPolicy } from "./bucket.ts";

/**
 * Parses a bucket policy and checks it as S3 does: grammar, actions, resources, and that the roles that it names exist.
 * @throws AwsError MalformedPolicy.
 */
export function readBucketPolicy(
  ports: Ports,
  bucket: Bucket,
  policy: string | Readonly<Record<string, unknown>>,
): BucketPolicy {
  const document = parse(policy);
  for (const statement of statementsOf(document)) {
    checkActions(statement);
    checkResources(statement, bucket);
    checkPrincipals(statement, ports);
  }
  return { document, text: typeof policy === "string" ? policy : JSON.stringify(policy) };
}

function parse(policy: string | Readonly<Record<string, unknown>>) {
  try {
    return parsePolicy(policy, PolicyKind.Resource);
  } catch (error) {
    if (error instanceof AwsError && error.code === "MalformedPolicyDocument") throw malformed(error.message);
    throw error;
  }
}

function checkActions(statement: PolicyStatement): void {
  for (const action of [statement.Action ?? statement.NotAction ?? []].flat()) {
    if (action !== "*" && !/^s3:/i.test(action)) throw malformed(`Policy has invalid action: ${action}`);
  }
}

function checkResources(statement: PolicyStatement, bucket: Bucket): void {
  for (const resource of [statement.Resource ?? statement.NotResource ?? []].flat()) {
    if (resource !== bucket.arn && !resource.startsWith(`${bucket.arn}/`)) {
      throw malformed(`Policy has invalid resource: ${resource} is not ${bucket.arn} nor in it`);
    }
  }
}

function checkPrincipals(statement: PolicyStatement, ports: Ports): void {
  const principal = statement.Principal ?? statement.NotPrincipal;
  if (principal === undefined || principal === "*") return;
  for (const arn of [principal["AWS"] ?? []].flat()) {
    if (/^arn:[^:]+:iam::\d{12}:role\//.test(arn) && !ports.roles.find(arn)) {
      throw malformed(`Invalid principal in policy: ${arn}`);
    }
  }
}

function malformed(message: string): AwsError {
  return new AwsError("MalformedPolicy", message);
}
