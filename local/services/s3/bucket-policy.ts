import { statementsOf } from "../../accounts/compiled-policy.ts";
import { type AttachedPolicy, missingRole, readPolicy } from "../../accounts/resource-policy.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { PolicyStatement } from "../../kernel/policy.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { Bucket } from "./bucket.ts";

/**
 * Parses a bucket policy and checks it as S3 does: grammar, actions, resources, and that the roles that it names exist.
 * @throws AwsError MalformedPolicy.
 */
export function readBucketPolicy(
  ports: Ports,
  bucket: Bucket,
  policy: string | Readonly<Record<string, unknown>>,
): AttachedPolicy {
  const read = readPolicy(policy, malformed);
  for (const statement of statementsOf(read.document)) {
    checkActions(statement);
    checkResources(statement, bucket);
  }
  const role = missingRole(read.document, ports.roles);
  if (role !== undefined) throw malformed(`Invalid principal in policy: ${role}`);
  return read;
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

function malformed(message: string): AwsError {
  return new AwsError("MalformedPolicy", message);
}
