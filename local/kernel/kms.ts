import { createHash } from "node:crypto";
import { dnsSuffixOf, partitionOf } from "../../aws/partitions.ts";
import type { AuthorizationRequest } from "./service.ts";

/** Where a key is. */
interface KeyOwner {
  readonly accountId: string;
  readonly region: string;
}

/** ARN of the key that its id, or its ARN, names. */
export function keyArn(key: string, { accountId, region }: KeyOwner): string {
  return key.startsWith("arn:") ? key : `arn:${partitionOf(region)}:kms:${region}:${accountId}:key/${key}`;
}

/**
 * What IAM is asked about a resource's encryption key; undefined for a key that AWS manages, which needs no grant.
 * @param context condition keys of KMS that the service's calls have, as `serviceKeyContext` makes them.
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

/** The condition keys of a call of KMS that a service makes for a principal, with the encryption context that its documentation says. */
export function serviceKeyContext(
  service: "kinesis" | "dynamodb" | "sqs" | "sns" | "s3" | "firehose",
  region: string,
  encryptionContext: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const entries = Object.entries(encryptionContext).map(([key, value]) => [`kms:EncryptionContext:${key}`, value]);
  return { "kms:ViaService": `${service}.${region}.${dnsSuffixOf(region)}`, ...Object.fromEntries(entries) };
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
