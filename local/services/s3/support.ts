import { AwsError, NotSupportedError } from "../../errors.ts";
import type { ResourceContext } from "../../provider/resource-type.ts";
import type { Bucket } from "./bucket.ts";

/** S3 keeps times in whole seconds. */
export function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}

/** The error for an operation of S3 that the local cloud does not have. */
export function unsupportedOperation(what: string): NotSupportedError {
  return new NotSupportedError(
    what,
    "PutObject, GetObject, HeadObject, DeleteObject, DeleteObjects, ListObjectsV2, ListObjects, ListBuckets, HeadBucket, GetBucketLocation, multipart uploads; buckets and their settings are made by the program",
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
export function ownedBucket(context: ResourceContext, name: string): Bucket {
  const bucket = context.cloud.services.s3.findBucket(name);
  if (!bucket) {
    throw new AwsError(
      "NoSuchBucket",
      `The specified bucket does not exist: ${name}. The local cloud keeps nothing when it ends; \`pulumi up --refresh\` builds again what is gone.`,
      404,
      { BucketName: name },
    );
  }
  if (bucket.accountId !== context.accountId) {
    throw new AwsError("AccessDenied", `Access Denied: the bucket ${name} belongs to another account.`, 403);
  }
  return bucket;
}
