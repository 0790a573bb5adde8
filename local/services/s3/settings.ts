import { AwsError } from "../../kernel/errors.ts";
import { MAX_TAGS, tagMistakes, tagsByKey, type WireTag } from "../../resource-types/tags.ts";
import type { Bucket, ObjectOwnership, PublicAccessBlock } from "./bucket.ts";
import { Versioning } from "./bucket-objects.ts";
import { readBucketPolicy } from "./bucket-policy.ts";
import { type BucketEncryption, defaultEncryption } from "./encryption.ts";
import type { LifecycleConfiguration } from "./lifecycle.ts";
import { MAX_LIFECYCLE_RULES } from "./limits.ts";
import type { S3Store } from "./store.ts";

/**
 * Replaces all tags of a bucket.
 * @throws AwsError InvalidTag for an invalid one, BadRequest for too many.
 */
export function setTags(bucket: Bucket, tags: readonly WireTag[]): void {
  const map = tagsByKey(tags);
  if (Object.keys(map).length < tags.length) {
    throw new AwsError("InvalidTag", "Cannot provide multiple Tags with the same key");
  }
  if (tags.length > MAX_TAGS) throw new AwsError("BadRequest", `Bucket tag count cannot be greater than ${MAX_TAGS}`);
  const [mistake] = tagMistakes(map);
  if (mistake) throw new AwsError("InvalidTag", `The tag you have provided is invalid: ${mistake.message}`);
  bucket.tags = map;
}

/** Sets the public access block; undefined removes it, so that nothing is blocked. */
export function setPublicAccessBlock(bucket: Bucket, block: PublicAccessBlock | undefined): void {
  bucket.publicAccessBlock = block;
}

/**
 * Sets a bucket's policy; undefined removes it.
 * @throws AwsError MalformedPolicy, AccessDenied for a public one that is blocked.
 */
export function setPolicy(
  store: S3Store,
  bucket: Bucket,
  policy: string | Readonly<Record<string, unknown>> | undefined,
): void {
  store.setPolicy(bucket, policy === undefined ? undefined : readBucketPolicy(store.ports, bucket, policy));
}

/** Sets who owns the objects that other accounts put; undefined removes the ownership controls. */
export function setObjectOwnership(bucket: Bucket, ownership: ObjectOwnership | undefined): void {
  bucket.objectOwnership = ownership;
}

/**
 * Sets the default encryption; blocked types that are not given stay as they are. Undefined resets all to that of a new
 * bucket.
 */
export function setEncryption(
  bucket: Bucket,
  encryption:
    | {
        readonly sseAlgorithm?: BucketEncryption["sseAlgorithm"] | undefined;
        readonly kmsKeyId?: string | undefined;
        readonly bucketKeyEnabled: boolean;
        readonly blockedEncryptionTypes: BucketEncryption["blockedEncryptionTypes"] | undefined;
      }
    | undefined,
): void {
  bucket.encryption = encryption
    ? {
        sseAlgorithm: encryption.sseAlgorithm ?? defaultEncryption.sseAlgorithm,
        kmsKeyId: encryption.kmsKeyId,
        bucketKeyEnabled: encryption.bucketKeyEnabled,
        blockedEncryptionTypes: encryption.blockedEncryptionTypes ?? bucket.encryption.blockedEncryptionTypes,
      }
    : defaultEncryption;
}

/**
 * Enables or suspends versioning.
 * @throws AwsError InvalidArgument for turning off what was ever enabled.
 */
export function setVersioning(bucket: Bucket, versioning: Versioning): void {
  const { objects } = bucket;
  if (versioning === Versioning.Off && objects.versioning !== Versioning.Off) {
    throw new AwsError(
      "InvalidArgument",
      `The versioning of ${bucket.name} is ${objects.versioning} and cannot be Disabled again: write Suspended`,
    );
  }
  objects.versioning = versioning;
}

/**
 * Replaces all lifecycle rules of a bucket; undefined removes them.
 * @throws AwsError InvalidArgument, InvalidRequest.
 */
export function setLifecycle(store: S3Store, bucket: Bucket, lifecycle: LifecycleConfiguration | undefined): void {
  const rules = lifecycle?.rules ?? [];
  if (new Set(rules.map(({ id }) => id)).size < rules.length) {
    throw new AwsError("InvalidArgument", "Rule ID must be unique. Found same ID for more than one rule");
  }
  if (rules.length > MAX_LIFECYCLE_RULES) {
    throw new AwsError("InvalidRequest", `A lifecycle configuration can have at most ${MAX_LIFECYCLE_RULES} rules`);
  }
  for (const { expirationDays, noncurrentDays, abortUploadDays } of rules) {
    if (expirationDays === undefined && noncurrentDays === undefined && abortUploadDays === undefined) {
      throw new AwsError("InvalidRequest", "At least one action needs to be specified in a rule");
    }
  }
  bucket.lifecycle = lifecycle;
  store.scheduleLifecycle();
}
