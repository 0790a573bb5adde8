import { AwsError } from "../../../kernel/errors.ts";
import { goneError } from "../../../resource-types/define.ts";
import type { ResourceContext } from "../../../resource-types/resource-type.ts";
import type { Bucket } from "../bucket.ts";
import type { S3Store } from "../store.ts";

/**
 * The bucket of a resource, or undefined where there is none of that name.
 * @throws AwsError AccessDenied for a bucket of another account.
 */
export function findOwnBucket(context: ResourceContext<S3Store>, name: string): Bucket | undefined {
  const bucket = context.store.find(name);
  if (bucket && bucket.accountId !== context.accountId) {
    throw new AwsError("AccessDenied", `Access Denied: the bucket ${name} belongs to another account.`, 403);
  }
  return bucket;
}

/** The same. @throws AwsError also when there is none. */
export function requireOwnBucket(context: ResourceContext<S3Store>, name: string): Bucket {
  const bucket = findOwnBucket(context, name);
  if (bucket) return bucket;
  throw goneError(`The bucket ${name}`, "NoSuchBucket");
}
