import { randomBytes } from "node:crypto";
import { AwsError } from "../../kernel/errors.ts";
import {
  isAwsManagedKey,
  type KeyAction,
  keyArn,
  keyAuthorization,
  managedKeyArn,
  serviceKeyContext,
} from "../../kernel/kms.ts";
import type { Place } from "../../kernel/place.ts";
import { placeOf } from "../../kernel/place.ts";
import type { AuthorizationRequest, Call } from "../../kernel/service.ts";

/** The AWS managed key of S3, which every account has. */
const MANAGED_ALIAS = "alias/aws/s3";

/** How an object, or an upload in parts, is encrypted. */
export interface ObjectEncryption {
  readonly sseAlgorithm: "AES256" | "aws:kms";
  /** ARN of the KMS key; undefined with `AES256`. */
  readonly kmsKeyArn?: string | undefined;
  /**
   * Whether an S3 Bucket Key makes the data key: then the encryption context names the bucket instead of the object.
   */
  readonly bucketKeyEnabled: boolean;
}

/**
 * How a bucket encrypts new objects. The local cloud takes no customer-provided keys (SSE-C), whether the bucket blocks
 * them or not.
 */
export interface BucketEncryption {
  readonly sseAlgorithm: ObjectEncryption["sseAlgorithm"];
  /** Id or ARN of the key, as it was given; undefined for the AWS managed key, and with `AES256`. */
  readonly kmsKeyId?: string | undefined;
  readonly bucketKeyEnabled: boolean;
  /** Kinds of encryption that uploads may not use; `NONE` for no block. */
  readonly blockedEncryptionTypes: readonly ("SSE-C" | "NONE")[];
}

/**
 * The encryption of a new bucket, and of one whose encryption is deleted. SSE-C is blocked in new buckets since March
 * 2026.
 */
export const defaultEncryption: BucketEncryption = {
  sseAlgorithm: "AES256",
  bucketKeyEnabled: false,
  blockedEncryptionTypes: ["SSE-C"],
};

/** The bucket of an object that is encrypted or decrypted. */
export interface EncryptedBucket extends Place {
  readonly arn: string;
  readonly encryption: BucketEncryption;
}

/** Parameters of a write about encryption. */
export interface EncryptionParams {
  readonly ServerSideEncryption?: "AES256" | "aws:kms" | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
}

/** Members of an answer about the encryption of an object. */
export interface EncryptionMembers {
  readonly ServerSideEncryption: ObjectEncryption["sseAlgorithm"];
  readonly SSEKMSKeyId?: string;
  readonly BucketKeyEnabled?: true;
}

/** Whether this is the alias of a customer managed key, which cannot be resolved without KMS. */
export function isOwnAlias(key: string): boolean {
  return /(^|:)alias\//.test(key) && !isAwsManagedKey(key);
}

/**
 * The encryption of a new object or upload: what the request says, else the bucket's default.
 * `aws:kms` without a key is the AWS managed key, whatever the bucket's default key is (S3 API reference, PutObject,
 * SSEKMSKeyId).
 * @throws AwsError InvalidArgument for a key without `aws:kms`, KMS.NotFoundException for a key of another region.
 */
export function encryptionOf(
  bucket: EncryptedBucket,
  params: EncryptionParams,
  call: Pick<Call, "principal">,
): ObjectEncryption {
  const { encryption: byDefault } = bucket;
  const sseAlgorithm = params.ServerSideEncryption ?? byDefault.sseAlgorithm;
  if (params.SSEKMSKeyId !== undefined && params.ServerSideEncryption !== "aws:kms") {
    throw new AwsError(
      "InvalidArgument",
      "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
      400,
      { ArgumentName: "x-amz-server-side-encryption", ArgumentValue: params.ServerSideEncryption ?? "null" },
    );
  }
  if (sseAlgorithm === "AES256") return { sseAlgorithm, bucketKeyEnabled: false };
  const key = params.ServerSideEncryption === undefined ? byDefault.kmsKeyId : params.SSEKMSKeyId;
  // An id without an account is one of the caller's account.
  const owner = { accountId: call.principal.accountId, region: bucket.region };
  const arn = key === undefined || isAwsManagedKey(key) ? managedKeyArn(MANAGED_ALIAS, owner) : keyArn(key, owner);
  const keyRegion = arn.split(":")[3];
  if (keyRegion !== bucket.region) throw new AwsError("KMS.NotFoundException", `Invalid arn ${keyRegion}`, 400);
  return { sseAlgorithm, kmsKeyArn: arn, bucketKeyEnabled: params.BucketKeyEnabled ?? byDefault.bucketKeyEnabled };
}

/**
 * What IAM is asked for the KMS key of an object: `kms:GenerateDataKey` to write, `kms:Decrypt` to read; nothing with
 * AES256 or the AWS managed key. The encryption context is the ARN of the object, with an S3 Bucket Key that of the
 * bucket (S3 user guide, "Using server-side encryption with AWS KMS keys", "Encryption context").
 */
export function authorizeKey(
  action: KeyAction,
  bucket: EncryptedBucket,
  key: string,
  { kmsKeyArn, bucketKeyEnabled }: ObjectEncryption,
): readonly AuthorizationRequest[] {
  if (kmsKeyArn === undefined) return [];
  if (kmsKeyArn === managedKeyArn(MANAGED_ALIAS, placeOf(kmsKeyArn))) return [];
  const context = serviceKeyContext("s3", bucket.region, {
    "aws:s3:arn": bucketKeyEnabled ? bucket.arn : `${bucket.arn}/${key}`,
  });
  return keyAuthorization([action], kmsKeyArn, bucket, context);
}

/** The encryption of an object as members of an answer. */
export function encryptionMembers({ sseAlgorithm, kmsKeyArn, bucketKeyEnabled }: ObjectEncryption): EncryptionMembers {
  return {
    ServerSideEncryption: sseAlgorithm,
    ...(kmsKeyArn === undefined ? {} : { SSEKMSKeyId: kmsKeyArn }),
    ...(bucketKeyEnabled ? { BucketKeyEnabled: true } : {}),
  };
}

/**
 * The ETag of an object or part: its MD5, and with KMS encryption no digest of the data (S3 API reference, Object,
 * ETag).
 */
export function etagOf({ sseAlgorithm }: ObjectEncryption, md5: string): string {
  return sseAlgorithm === "AES256" ? md5 : randomBytes(16).toString("hex");
}
