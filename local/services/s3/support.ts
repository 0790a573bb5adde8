import { AwsError, NotSupportedError } from "../../kernel/errors.ts";
import type { ResourceContext } from "../../resource-types/resource-type.ts";
import type { Bucket } from "./bucket.ts";
import type { S3Service } from "./service.ts";

/** S3 keeps times in whole seconds. */
export function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}

/** The canonical id that S3 gives an account: 64 hexadecimal digits. */
export function ownerId(accountId: string): string {
  return accountId.padStart(64, "0");
}

/** The error for an operation of S3 that the local cloud does not have. */
export function unsupportedOperation(what: string): NotSupportedError {
  return new NotSupportedError(
    what,
    "PutObject, GetObject, HeadObject, DeleteObject, DeleteObjects, CopyObject, UploadPartCopy, ListObjectsV2, ListObjects, ListObjectVersions, multipart uploads, ListBuckets, HeadBucket, GetBucketLocation, GetBucketAcl, GetObjectAcl, GetBucketCors, GetBucketRequestPayment, CreateBucket, DeleteBucket, and of a bucket's settings tagging, publicAccessBlock, policy, ownershipControls, versioning, encryption and lifecycle",
  );
}

/** The error for a document that is not XML, or not the XML of its operation. */
export function malformedXml(): AwsError {
  return new AwsError(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );
}

/** The bucket that a resource of this account is about, or the error that AWS gives. */
export function ownedBucket(context: ResourceContext<S3Service>, name: string): Bucket {
  const bucket = findOwnBucket(context, name);
  if (bucket) return bucket;
  throw new AwsError(
    "NoSuchBucket",
    `The specified bucket does not exist: ${name}. The local cloud keeps nothing when it ends; \`pulumi up --refresh\` builds again what is gone.`,
    404,
    { BucketName: name },
  );
}

/**
 * The same, or undefined where there is no bucket of that name.
 * @throws AwsError AccessDenied for a bucket of another account.
 */
export function findOwnBucket(context: ResourceContext<S3Service>, name: string): Bucket | undefined {
  const bucket = context.store.findBucket(name);
  if (bucket && bucket.accountId !== context.accountId) {
    throw new AwsError("AccessDenied", `Access Denied: the bucket ${name} belongs to another account.`, 403);
  }
  return bucket;
}
