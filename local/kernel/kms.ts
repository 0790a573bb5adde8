import { createHash } from "node:crypto";
import { dnsSuffixOf, partitionOf } from "../../aws/partitions.ts";
import type { AuthorizationRequest } from "./service.ts";

/** Account and region of a key. */
interface KeyOwner {
  readonly accountId: string;
  readonly region: string;
}

/** ARN of the key with this id; an ARN stays as it is. */
export function keyArn(key: string, { accountId, region }: KeyOwner): string {
  return key.startsWith("arn:") ? key : `arn:${partitionOf(region)}:kms:${region}:${accountId}:key/${key}`;
}

/**
 * The authorization request for a resource's encryption key; undefined for an AWS managed key, which needs no
 * permission.
 * @param context condition keys of the service's KMS call, from `serviceKeyContext`.
 */
export function keyAuthorization(
  action: "kms:GenerateDataKey" | "kms:Decrypt",
  kmsKeyId: string,
  owner: KeyOwner,
  context?: AuthorizationRequest["context"],
): AuthorizationRequest | undefined {
  if (isAwsManagedKey(kmsKeyId)) return undefined;
  return { action, resource: keyArn(kmsKeyId, owner), ...(context && { context }) };
}

/**
 * The condition keys of a KMS call that a service makes for a principal, with the documented encryption context of
 * that service.
 */
export function serviceKeyContext(
  service: "kinesis" | "dynamodb" | "sqs" | "sns" | "s3" | "firehose",
  region: string,
  encryptionContext: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const entries = Object.entries(encryptionContext).map(([key, value]) => [`kms:EncryptionContext:${key}`, value]);
  return { "kms:ViaService": `${service}.${region}.${dnsSuffixOf(region)}`, ...Object.fromEntries(entries) };
}

/** Whether this is the alias of an AWS managed key, such as `alias/aws/kinesis`. */
export function isAwsManagedKey(kmsKeyId: string): boolean {
  return /(^|:)alias\/aws\//.test(kmsKeyId);
}

/** ARN of the AWS managed key of a service in an account and region. @param alias such as `alias/aws/dynamodb`. */
export function managedKeyArn(alias: string, { accountId, region }: KeyOwner): string {
  const digits = createHash("sha256").update(`${accountId} ${region} ${alias}`).digest("hex");
  const keyId = digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
  return keyArn(keyId, { accountId, region });
}
