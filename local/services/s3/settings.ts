import { AwsError } from "../../kernel/errors.ts";
import { MAX_TAGS, tagMistakes, tagsByKey, type WireTag } from "../../resource-types/tags.ts";
import {
  type Bucket,
  type BucketEncryption,
  defaultEncryption,
  type ObjectOwnership,
  type PublicAccessBlock,
} from "./bucket.ts";
import { readBucketPolicy } from "./bucket-policy.ts";
import type { LifecycleConfiguration } from "./lifecycle.ts";
import { Versioning } from "./object-store.ts";
import type { S3Service } from "./service.ts";

/** Most rules of a lifecycle configuration. */
const MAX_LIFECYCLE_RULES = 1000;

/**
 * Sets a bucket's tags, all of them.
 * @throws AwsError InvalidTag for one that S3 does not take, BadRequest for too many.
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

/** Sets the four switches against public access; undefined takes the block away, which is all off. */
export function setPublicAccessBlock(bucket: Bucket, block: PublicAccessBlock | undefined): void {
  bucket.publicAccessBlock = block;
}

/**
 * Sets a bucket's policy; undefined for none.
 * @throws AwsError MalformedPolicy, AccessDenied for a public one that is blocked.
 */
export function setPolicy(
  s3: S3Service,
  bucket: Bucket,
  policy: string | Readonly<Record<string, unknown>> | undefined,
): void {
  s3.setPolicy(bucket, policy === undefined ? undefined : readBucketPolicy(s3.ports, bucket, policy));
}

/** Sets who owns the objects that other accounts put; undefined for no rule. */
export function setObjectOwnership(bucket: Bucket, ownership: ObjectOwnership | undefined): void {
  bucket.objectOwnership = ownership;
}

/** Sets how a bucket encrypts, and leaves blocked what was blocked where nothing is said of it; undefined sets all back to what a new bucket has. */
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
 * Turns the keeping of versions on, or on and off again.
 * @throws AwsError InvalidArgument for what was on and is to be as if it had never been.
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
 * Sets the lifecycle of a bucket, all its rules; undefined for none.
 * @throws AwsError in S3's words for rules that S3 does not take.
 */
export function setLifecycle(s3: S3Service, bucket: Bucket, lifecycle: LifecycleConfiguration | undefined): void {
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
  s3.scheduleLifecycle();
}
