import { randomBytes } from "node:crypto";
import { AwsError } from "../../kernel/errors.ts";
import { isAwsManagedKey, keyArn, keyAuthorization, managedKeyArn, serviceKeyContext } from "../../kernel/kms.ts";
import type { AuthorizationRequest, Call } from "../../kernel/service.ts";
import type { Bucket } from "./bucket.ts";

/** The key of S3 that AWS manages in every account. */
const MANAGED_ALIAS = "alias/aws/s3";

/** How an object, or an upload in parts, is encrypted. */
export interface ObjectEncryption {
  readonly sseAlgorithm: "AES256" | "aws:kms";
  /** ARN of its key; undefined with `AES256`. */
  readonly kmsKeyArn?: string | undefined;
  /** Whether its data key comes from the bucket's own (an S3 Bucket Key): then KMS hears of the bucket, not of the object. */
  readonly bucketKeyEnabled: boolean;
}

/** What a write says about encryption. */
export interface EncryptionParams {
  readonly ServerSideEncryption?: "AES256" | "aws:kms" | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
}

/** Members of an answer that say how an object is encrypted. */
export interface EncryptionMembers {
  readonly ServerSideEncryption: ObjectEncryption["sseAlgorithm"];
  readonly SSEKMSKeyId?: string;
  readonly BucketKeyEnabled?: true;
}

/** Whether this is the alias of a customer managed key: without KMS nothing can say which key that is. */
export function isOwnAlias(key: string): boolean {
  return /(^|:)alias\//.test(key) && !isAwsManagedKey(key);
}

/**
 * How what is written now is encrypted: as the request says, else as the bucket does by default.
 * A request that asks for `aws:kms` without a key gets the key that AWS manages, whatever the bucket's own is (S3 API reference, PutObject, SSEKMSKeyId).
 * @throws AwsError InvalidArgument for a key without `aws:kms`, KMS.NotFoundException for a key of another region.
 */
export function encryptionOf(
  bucket: Bucket,
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
  // An id without an account is one of the account that asks.
  const owner = { accountId: call.principal.accountId, region: bucket.region };
  const arn = key === undefined || isAwsManagedKey(key) ? managedKeyArn(MANAGED_ALIAS, owner) : keyArn(key, owner);
  const keyRegion = arn.split(":")[3];
  if (keyRegion !== bucket.region) throw new AwsError("KMS.NotFoundException", `Invalid arn ${keyRegion}`, 400);
  return { sseAlgorithm, kmsKeyArn: arn, bucketKeyEnabled: params.BucketKeyEnabled ?? byDefault.bucketKeyEnabled };
}

/**
 * What IAM is asked about the key of an object: `kms:GenerateDataKey` to write, `kms:Decrypt` to read; nothing with AES256 or the key that AWS manages.
 * The encryption context is the ARN of the object, with an S3 Bucket Key that of the bucket (S3 User Guide, "Using server-side encryption with AWS KMS
 * keys", "Encryption context").
 */
export function askForKey(
  action: "kms:GenerateDataKey" | "kms:Decrypt",
  bucket: Bucket,
  key: string,
  { kmsKeyArn, bucketKeyEnabled }: ObjectEncryption,
): AuthorizationRequest[] {
  if (kmsKeyArn === undefined) return [];
  const [, , , region = "", accountId = ""] = kmsKeyArn.split(":");
  if (kmsKeyArn === managedKeyArn(MANAGED_ALIAS, { accountId, region })) return [];
  const context = serviceKeyContext("s3", bucket.region, {
    "aws:s3:arn": bucketKeyEnabled ? bucket.arn : `${bucket.arn}/${key}`,
  });
  const request = keyAuthorization(action, kmsKeyArn, bucket, context);
  return request ? [request] : [];
}

/** How an object is encrypted, as members of an answer. */
export function encryptionMembers({ sseAlgorithm, kmsKeyArn, bucketKeyEnabled }: ObjectEncryption): EncryptionMembers {
  return {
    ServerSideEncryption: sseAlgorithm,
    ...(kmsKeyArn === undefined ? {} : { SSEKMSKeyId: kmsKeyArn }),
    ...(bucketKeyEnabled ? { BucketKeyEnabled: true } : {}),
  };
}

/** The ETag of what is encrypted so: its MD5, and with a key of KMS something else that nobody can compute (S3 API reference, Object, ETag). */
export function etagOf({ sseAlgorithm }: ObjectEncryption, md5: string): string {
  return sseAlgorithm === "AES256" ? md5 : randomBytes(16).toString("hex");
}
