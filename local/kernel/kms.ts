import { createHash } from "node:crypto";
import { dnsSuffixOf } from "../../aws/partitions.ts";
import { NotSupportedError } from "./errors.ts";
import { arnIn, type Place } from "./place.ts";
import type { AuthorizationRequest } from "./service.ts";

/** ARN of the key with this id; an ARN stays as it is. */
export function keyArn(key: string, owner: Place): string {
  return key.startsWith("arn:") ? key : arnIn(owner, "kms", `key/${key}`);
}

/** KMS actions of a service on the key of a resource, for a principal that reads or writes the resource's data. */
export type KeyAction = "kms:GenerateDataKey" | "kms:Decrypt";

/** The KMS actions of services that decrypt a data key when data is written too. */
export const WRITE_ACTIONS: readonly KeyAction[] = ["kms:GenerateDataKey", "kms:Decrypt"];

/**
 * The authorization requests for the key of a resource; none without a key, or for an AWS managed key, which needs no
 * permission.
 * @param context condition keys of the service's KMS call, from `serviceKeyContext`.
 */
export function keyAuthorization(
  actions: readonly KeyAction[],
  kmsKeyId: string | undefined,
  owner: Place,
  context: AuthorizationRequest["context"],
): readonly AuthorizationRequest[] {
  if (!kmsKeyId || isAwsManagedKey(kmsKeyId)) return [];
  return actions.map((action) => ({ action, resource: keyArn(kmsKeyId, owner), ...(context && { context }) }));
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

/** Whether this is the alias of an AWS managed key, such as `alias/aws/kinesis`. */
export function isAwsManagedKey(kmsKeyId: string): boolean {
  return /(^|:)alias\/aws\//.test(kmsKeyId);
}

/**
 * The customer managed key of a setting; undefined for none, and for an AWS managed key.
 * @param managed the alias of the service's AWS managed key, such as `alias/aws/sqs`.
 * @throws NotSupportedError for the alias of a customer managed key, which cannot be resolved here.
 */
export function customerKey(kmsKeyId: string | undefined, managed: string): string | undefined {
  if (!kmsKeyId || isAwsManagedKey(kmsKeyId)) return undefined;
  if (!kmsKeyId.includes("alias/")) return kmsKeyId;
  throw new NotSupportedError(`the alias of a customer managed key (${kmsKeyId})`, `${managed}, key ids and key ARNs`);
}

/** ARN of the AWS managed key of a service in an account and region. @param alias such as `alias/aws/dynamodb`. */
export function managedKeyArn(alias: string, { accountId, region }: Place): string {
  const digits = createHash("sha256").update(`${accountId} ${region} ${alias}`).digest("hex");
  const keyId = digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
  return keyArn(keyId, { accountId, region });
}
