import { createHash } from "node:crypto";
import { partitionOf } from "../../../aws/partitions.ts";
import type { AuthorizationRequest } from "../../service.ts";

/** Where a key is. */
interface KeyOwner {
  readonly accountId: string;
  readonly region: string;
}

/** ARN of the key that its id, or its ARN, names. */
export function keyArn(key: string, { accountId, region }: KeyOwner): string {
  return key.startsWith("arn:") ? key : `arn:${partitionOf(region)}:kms:${region}:${accountId}:key/${key}`;
}

/** What IAM is asked about a resource's encryption key; undefined for a key that AWS manages, which needs no grant. */
export function keyAuthorization(
  action: "kms:GenerateDataKey" | "kms:Decrypt",
  kmsKeyId: string,
  owner: KeyOwner,
): AuthorizationRequest | undefined {
  if (isAwsManagedKey(kmsKeyId)) return undefined;
  return { action, resource: keyArn(kmsKeyId, owner) };
}

/** Whether this is an alias of AWS's own, such as `alias/aws/kinesis`. */
export function isAwsManagedKey(kmsKeyId: string): boolean {
  return /(^|:)alias\/aws\//.test(kmsKeyId);
}

/** ARN of the key that AWS manages for a service in an account and region. @param alias such as `alias/aws/dynamodb`. */
export function managedKeyArn(alias: string, { accountId, region }: KeyOwner): string {
  const digits = createHash("sha256").update(`${accountId} ${region} ${alias}`).digest("hex");
  const keyId = digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
  return keyArn(keyId, { accountId, region });
}
