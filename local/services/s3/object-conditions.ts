import { AwsError } from "../../kernel/errors.ts";
import type { Bucket } from "./bucket.ts";
import type { StoredObject } from "./bucket-objects.ts";
import { aclNotSupported, noSuchKey } from "./errors.ts";

/** @throws AwsError AccessControlListNotSupported for a list that an upload may not bring where lists are disabled. */
export function checkAcl({ ACL }: { readonly ACL?: string | undefined }): void {
  if (ACL !== undefined && ACL !== "private" && ACL !== "bucket-owner-full-control") throw aclNotSupported();
}

/** Conditions of a read, or of the source of a copy. Times are epoch seconds. */
export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: number | undefined;
  readonly IfUnmodifiedSince?: number | undefined;
}

/** @throws AwsError PreconditionFailed or NoSuchKey unless the conditions of a write hold. */
export function checkPutConditions(
  bucket: Bucket,
  params: { Key: string; IfMatch?: string; IfNoneMatch?: string },
): void {
  const object = bucket.objects.get(params.Key);
  if (params.IfNoneMatch !== undefined && object && matches(params.IfNoneMatch, object.etag)) {
    throw preconditionFailed("If-None-Match");
  }
  if (params.IfMatch !== undefined) {
    if (!object) throw noSuchKey(params.Key);
    if (!matches(params.IfMatch, object.etag)) throw preconditionFailed("If-Match");
  }
}

/**
 * @param now epoch seconds: S3 ignores an If-Modified-Since in the future.
 * @throws AwsError PreconditionFailed or NotModified unless the conditions of a read hold.
 */
export function checkReadConditions(object: StoredObject, conditions: ReadConditions, now: number): void {
  const failed = failedCondition(object, conditions, now);
  if (failed === undefined) return;
  if (failed === "If-Match" || failed === "If-Unmodified-Since") throw preconditionFailed(failed);
  throw new AwsError("NotModified", "Not Modified", 304);
}

/**
 * The same for the source of a copy, where any failed condition is PreconditionFailed (S3 API reference, CopyObject).
 */
export function checkCopyConditions(object: StoredObject, conditions: ReadConditions, now: number): void {
  const failed = failedCondition(object, conditions, now);
  if (failed !== undefined) throw preconditionFailed(`x-amz-copy-source-${failed}`);
}

/** The condition that fails; one about the entity tag takes precedence over one about the time. */
function failedCondition(object: StoredObject, conditions: ReadConditions, now: number): string | undefined {
  const modified = object.lastModified / 1000;
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  if (IfMatch !== undefined) {
    if (!matches(IfMatch, object.etag)) return "If-Match";
  } else if (IfUnmodifiedSince !== undefined && modified > IfUnmodifiedSince) {
    return "If-Unmodified-Since";
  }
  if (IfNoneMatch !== undefined) return matches(IfNoneMatch, object.etag) ? "If-None-Match" : undefined;
  const isUnmodified = IfModifiedSince !== undefined && IfModifiedSince <= now && modified <= IfModifiedSince;
  return isUnmodified ? "If-Modified-Since" : undefined;
}

/** Whether a condition such as `"a", "b"` or `*` names this entity tag. */
export function matches(condition: string, etag: string): boolean {
  return condition
    .split(",")
    .map((tag) => tag.trim())
    .some((tag) => tag === "*" || tag === etag || `"${tag}"` === etag);
}

/** The error for a failed condition, named by its header. */
export function preconditionFailed(condition: string): AwsError {
  return new AwsError("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412, {
    Condition: condition,
  });
}
