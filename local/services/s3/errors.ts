import { AwsError, NotSupportedError } from "../../kernel/errors.ts";

/** The error for an operation of S3 that the local cloud does not have. */
export function unsupportedOperation(what: string): NotSupportedError {
  return new NotSupportedError(
    what,
    "PutObject, GetObject, HeadObject, DeleteObject, DeleteObjects, CopyObject, UploadPartCopy, ListObjectsV2, ListObjects, ListObjectVersions, multipart uploads, ListBuckets, HeadBucket, GetBucketLocation, GetBucketAcl, GetObjectAcl, PutBucketAcl, PutObjectAcl, GetBucketCors, GetBucketRequestPayment, CreateBucket, DeleteBucket, and of a bucket's settings tagging, publicAccessBlock, policy, ownershipControls, versioning, encryption and lifecycle",
  );
}

/** The reasons for refusing a setting, the same in S3's operations and in the resource types. */
export const unsupportedSettings = {
  kms: "the local cloud encrypts by AES256 or aws:kms",
  alias:
    "the local cloud has no KMS, so the alias of a customer managed key names nothing: give the key's ARN, or its id",
  ownership: "the local cloud knows no access control lists, so only BucketOwnerEnforced is supported",
  mfaDelete: "the local cloud does not support MFA delete",
} as const;

/** The error for a bucket that does not exist. */
export function noSuchBucket(name: string): AwsError {
  return new AwsError("NoSuchBucket", "The specified bucket does not exist", 404, { BucketName: name });
}

/** The error for an access control list where the bucket's owner owns every object, in whatever bucket here. */
export function aclNotSupported(): AwsError {
  return new AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs");
}

/** The error for a key that the bucket does not have. */
export function noSuchKey(key: string): AwsError {
  return new AwsError("NoSuchKey", "The specified key does not exist.", 404, { Key: key });
}

/** The error for a method that this bucket or version does not have. */
export function methodNotAllowed(): AwsError {
  return new AwsError("MethodNotAllowed", "The specified method is not allowed against this resource.", 405);
}

/** The error for a document that is not XML, or not the XML of its operation. */
export function malformedXml(): AwsError {
  return new AwsError(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );
}
