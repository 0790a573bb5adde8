import { createHash } from "node:crypto";
import { dnsSuffixOf, partitionOf } from "../../aws/partitions.ts";
import { NotSupportedError } from "./errors.ts";
import type { Place } from "./place.ts";
import type { AuthorizationRequest } from "./service.ts";

/** ARN of the key with this id; an ARN stays as it is. */
export function keyArn(key: string, { accountId, region }: Place): string {
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
  owner: Place,
  context?: AuthorizationRequest["context"],
): AuthorizationRequest | undefined {
  if (isAwsManagedKey(kmsKeyId)) return undefined;
  return { action, resource: keyArn(kmsKeyId, owner), ...(context && { context }) };
}

/**
 * The condition keys of a KMS call that a service makes for a principal, with the documented encryption context of
 * that service.
 * @param service signing name, such as `kinesis`.
 */
export function serviceKeyContext(
  service: string,
  region: string,
  encryptionContext: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const entries = Object.entries(encryptionContext).map(([key, value]) => [`kms:EncryptionContext:${key}`, value]);
  return { "kms:ViaService": `${service}.${region}.${dnsSuffixOf(region)}`, ...Object.fromEntries(entries) };
}

/** How a call uses data encrypted by a customer managed key. */
export type KeyUse = "read" | "write";
const ACTIONS = { read: ["kms:Decrypt"], write: ["kms:GenerateDataKey", "kms:Decrypt"] } as const;

/**
 * The authorization requests for the key of a resource that a service reads or writes for a principal; none for an AWS
 * managed key.
 */
export function keyQuestions(
  use: KeyUse | undefined,
  kmsKeyId: string | undefined,
  owner: Place,
  context: AuthorizationRequest["context"],
): readonly AuthorizationRequest[] {
  if (!use || !kmsKeyId) return [];
  return ACTIONS[use].map((one) => keyAuthorization(one, kmsKeyId, owner, context)).filter((one) => one !== undefined);
}

/** Whether this is the alias of an AWS managed key, such as `alias/aws/kinesis`. */
export function isAwsManagedKey(kmsKeyId: string): boolean {
  return /(^|:)alias\/aws\//.test(kmsKeyId);
}

/**
 * Refuses the alias of a customer managed key, which cannot be resolved here.
 * @param managed the alias of the service's AWS managed key, such as `alias/aws/sqs`.
 */
export function refuseOwnAlias(kmsKeyId: string, managed: string): void {
  if (!kmsKeyId.includes("alias/") || isAwsManagedKey(kmsKeyId)) return;
  throw new NotSupportedError(`the alias of a customer managed key (${kmsKeyId})`, `${managed}, key ids and key ARNs`);
}

/** ARN of the AWS managed key of a service in an account and region. @param alias such as `alias/aws/dynamodb`. */
export function managedKeyArn(alias: string, { accountId, region }: Place): string {
  const digits = createHash("sha256").update(`${accountId} ${region} ${alias}`).digest("hex");
  const keyId = digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
  return keyArn(keyId, { accountId, region });
}
