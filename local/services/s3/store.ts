import type { AttachedPolicy } from "../../accounts/resource-policy.ts";
import { type Timer, TimerKind } from "../../kernel/clock.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { Place } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { AuthorizationRequest, Call } from "../../kernel/service.ts";
import { Bucket } from "./bucket.ts";
import { bucketNameMistakes } from "./bucket-name.ts";
import { type NewObject, type StoredObject, type StoredVersion, Versioning } from "./bucket-objects.ts";
import { DiskMirror } from "./disk.ts";
import { noSuchBucket } from "./errors.ts";
import { expired, nextMidnight } from "./lifecycle.ts";
import { MAX_KEY_BYTES } from "./limits.ts";
import { isPublicPolicy } from "./public-policy.ts";

/** All buckets, by their global names. Objects are in memory, and mirrored to disk when the cloud has a data folder. */
export class S3Store {
  readonly ports: Ports;
  readonly #buckets = new Map<string, Bucket>();
  readonly #disk: DiskMirror | undefined;
  #sweep: Timer | undefined;

  constructor(ports: Ports) {
    this.ports = ports;
    this.#disk = ports.dataDir === undefined ? undefined : new DiskMirror(ports.dataDir, ports.warn);
  }

  /** The bucket of this name in any account, or undefined. */
  find(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /**
   * The bucket that a call names.
   * @throws AwsError NoSuchBucket, PermanentRedirect for one of another region, AccessDenied for one of another account
   * than expected.
   */
  require(call: Call, params: { readonly Bucket: string; readonly ExpectedBucketOwner?: string | undefined }): Bucket {
    const bucket = this.#buckets.get(params.Bucket);
    if (!bucket) throw noSuchBucket(params.Bucket);
    if (bucket.region !== call.region) {
      throw new AwsError(
        "PermanentRedirect",
        `The bucket you are attempting to access must be addressed using the specified endpoint. It is in ${bucket.region}, the request was for ${call.region}.`,
        301,
        { Bucket: bucket.name, Region: bucket.region },
      );
    }
    checkOwner(bucket, params.ExpectedBucketOwner);
    return bucket;
  }

  /** The buckets of an account, by name. */
  list(accountId: string): Bucket[] {
    return [...this.#buckets.values()]
      .filter((bucket) => bucket.accountId === accountId)
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /**
   * Adds a bucket with the settings that AWS gives a new one.
   * @throws AwsError BucketAlreadyOwnedByYou, BucketAlreadyExists, InvalidBucketName.
   */
  add(name: string, place: Place): Bucket {
    const known = this.#buckets.get(name);
    if (known) throw alreadyExists(known, place);
    if (bucketNameMistakes(name).length > 0) {
      throw new AwsError("InvalidBucketName", "The specified bucket is not valid.", 400, { BucketName: name });
    }
    const bucket = new Bucket(name, place, this.#now());
    this.#buckets.set(name, bucket);
    return bucket;
  }

  /**
   * Removes a bucket and its unfinished uploads, which keep only a directory bucket (S3 API reference, DeleteBucket).
   * @param options.force also removes a bucket that holds objects, old versions or delete markers.
   * @throws AwsError BucketNotEmpty.
   */
  remove(bucket: Bucket, options: { readonly force: boolean }): void {
    if (!bucket.objects.isEmpty && !options.force) {
      throw new AwsError("BucketNotEmpty", notEmptyMessage(bucket), 409, { BucketName: bucket.name });
    }
    this.#empty(bucket);
    this.#buckets.delete(bucket.name);
  }

  /** What IAM is asked for an action on a bucket, or on an object in it. */
  authorize(
    call: Call,
    bucket: Bucket,
    action: string,
    key?: string,
    context: AuthorizationRequest["context"] = {},
  ): AuthorizationRequest {
    const policy = bucket.policyFor(call.principal);
    return {
      action,
      resource: key === undefined ? bucket.arn : `${bucket.arn}/${key}`,
      context: { "s3:ResourceAccount": bucket.accountId, ...context },
      resourceAccountId: bucket.accountId,
      ...(policy ? { resourcePolicy: policy } : {}),
    };
  }

  /** Stores an object; the one point where data enters a bucket. @throws AwsError KeyTooLongError. */
  putObject(bucket: Bucket, object: NewObject): StoredObject {
    const size = Buffer.byteLength(object.key);
    if (size > MAX_KEY_BYTES) {
      throw new AwsError("KeyTooLongError", "Your key is too long", 400, { Size: size, MaxSizeAllowed: MAX_KEY_BYTES });
    }
    const stored = bucket.objects.put(object, this.#now());
    this.#mirror(bucket, object.key);
    this.scheduleLifecycle();
    return stored;
  }

  /** Removes an object, if there is one; in a bucket with versions by the delete marker that is returned. */
  removeObject(bucket: Bucket, key: string): StoredVersion | undefined {
    const marker = bucket.objects.remove(key, this.#now());
    this.#mirror(bucket, key);
    return marker;
  }

  /** Removes one version for good. */
  removeVersion(bucket: Bucket, key: string, versionId: string): StoredVersion | undefined {
    const removed = bucket.objects.removeVersion(key, versionId);
    this.#mirror(bucket, key);
    return removed;
  }

  /** Sets a bucket's policy. @throws AwsError AccessDenied for a public one that the public access block prevents. */
  setPolicy(bucket: Bucket, policy: AttachedPolicy | undefined): void {
    if (policy && bucket.publicAccess.blockPublicPolicy && isPublicPolicy(policy.document)) {
      throw new AwsError(
        "AccessDenied",
        `s3:PutBucketPolicy on resource ${bucket.arn} is refused because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
        403,
      );
    }
    bucket.setPolicy(policy);
  }

  /**
   * Runs the lifecycle rules at the next midnight (UTC, cloud time), and at each that follows while they may have
   * something to expire.
   */
  scheduleLifecycle(): void {
    if (this.#sweep) return;
    const isNeeded = [...this.#buckets.values()].some(
      (bucket) =>
        bucket.lifecycle?.rules.some((rule) => rule.isEnabled) && (!bucket.objects.isEmpty || bucket.uploads.size > 0),
    );
    if (!isNeeded) return;
    const now = this.ports.clock.now();
    this.#sweep = this.ports.clock.setTimer(nextMidnight(now) - now, TimerKind.Other, () => {
      this.#sweep = undefined;
      for (const bucket of this.#buckets.values()) {
        const over = expired(bucket, this.ports.clock.now());
        for (const key of over.keys) this.removeObject(bucket, key);
        for (const { key, versionId } of over.versions) this.removeVersion(bucket, key, versionId);
        for (const uploadId of over.uploadIds) bucket.uploads.delete(uploadId);
      }
      this.scheduleLifecycle();
    });
  }

  /** Drops all objects and uploads, and keeps the buckets with their settings. */
  emptyData(): void {
    for (const bucket of this.#buckets.values()) this.#empty(bucket);
  }

  close(): void {
    this.#sweep?.cancel();
  }

  /** S3 keeps times in whole seconds. */
  #now(): number {
    return Math.floor(this.ports.clock.now() / 1000) * 1000;
  }

  #empty(bucket: Bucket): void {
    const keys = bucket.objects.keys();
    bucket.objects.clear();
    bucket.uploads.clear();
    for (const key of keys) this.#mirror(bucket, key);
  }

  /** Brings the disk in line with a key's current object. */
  #mirror(bucket: Bucket, key: string): void {
    if (!this.#disk) return;
    const object = bucket.objects.get(key);
    if (object) this.#disk.write(bucket.accountId, bucket.name, key, object.body);
    else this.#disk.delete(bucket.accountId, bucket.name, key);
  }
}

/** @throws AwsError when a caller expects the bucket to be of another account, or expects what is no account. */
export function checkOwner(bucket: Bucket, expected: string | undefined): void {
  if (expected === undefined || expected === bucket.accountId) return;
  if (!/^\d{12}$/.test(expected)) {
    throw new AwsError(
      "InvalidBucketOwnerAWSAccountID",
      `The value of the expected bucket owner parameter must be an AWS Account ID... [${expected}]`,
    );
  }
  throw new AwsError("AccessDenied", "Access Denied: the bucket is not owned by the account that was expected.", 403);
}

function alreadyExists({ name, accountId }: Bucket, place: Place): AwsError {
  return accountId === place.accountId
    ? new AwsError(
        "BucketAlreadyOwnedByYou",
        "Your previous request to create the named bucket succeeded and you already own it.",
        409,
        { BucketName: name },
      )
    : new AwsError(
        "BucketAlreadyExists",
        "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
        409,
        { BucketName: name },
      );
}

function notEmptyMessage({ objects }: Bucket): string {
  const isVersioned = objects.versioning !== Versioning.Off;
  return `The bucket you tried to delete is not empty${isVersioned ? ". You must delete all versions in the bucket." : ""}`;
}
