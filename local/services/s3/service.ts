import { type Timer, TimerKind } from "../../kernel/clock.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { AuthorizationRequest, Call, Contents, Operation, Service } from "../../kernel/service.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { accessOperations } from "./access-operations.ts";
import { Bucket, type BucketPolicy } from "./bucket.ts";
import { bucketLifeOperations } from "./bucket-life-operations.ts";
import { bucketNameMistakes } from "./bucket-name.ts";
import { bucketOperations } from "./bucket-operations.ts";
import { copyOperations } from "./copy-operations.ts";
import { DiskMirror } from "./disk.ts";
import { expired, nextMidnight } from "./lifecycle.ts";
import { multipartOperations } from "./multipart-operations.ts";
import { objectOperations } from "./object-operations.ts";
import { type NewObject, type StoredObject, type StoredVersion, Versioning } from "./object-store.ts";
import { restXmlProtocol } from "./protocol.ts";
import { isPublicPolicy } from "./public-policy.ts";
import { resourceTypes } from "./resources.ts";
import { settingOperations } from "./setting-operations.ts";
import { wholeSeconds } from "./support.ts";

/** Longest key, in bytes of UTF-8. */
const MAX_KEY_BYTES = 1024;

/** S3: buckets by a global name, objects in memory, and on disk too when the cloud has a data folder. */
export class S3Service implements Service {
  readonly name = "s3";
  readonly resourceTypes = withStore(resourceTypes, this);
  readonly wire = { protocol: restXmlProtocol };
  readonly accessDenied = { code: "AccessDenied", status: 403 } as const;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly ports: Ports;
  readonly #buckets = new Map<string, Bucket>();
  readonly #disk: DiskMirror | undefined;
  #sweep: Timer | undefined;

  constructor(ports: Ports) {
    this.ports = ports;
    this.#disk = ports.dataDir === undefined ? undefined : new DiskMirror(ports.dataDir, ports.warn);
    this.operations = {
      ...objectOperations(this),
      ...copyOperations(this),
      ...bucketOperations(this),
      ...multipartOperations(this),
      ...accessOperations(this),
      ...bucketLifeOperations(this),
      ...settingOperations(this),
    };
  }

  /** The bucket of this name in whatever account, or undefined. */
  findBucket(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** The bucket with this ARN. */
  find(arn: string): Bucket | undefined {
    return this.findBucket(arn.split(":")[5] ?? "");
  }

  contents(arn: string): Contents | undefined {
    const objects = this.find(arn)?.objects;
    if (!objects) return undefined;
    return {
      get count() {
        return objects.keys().length;
      },
      read: (key) => objects.get(key)?.body,
    };
  }

  /** The buckets of one account, by name. */
  bucketsOf(accountId: string): Bucket[] {
    return [...this.#buckets.values()]
      .filter((bucket) => bucket.accountId === accountId)
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /** Makes a bucket; its settings are those of a new bucket in AWS. */
  createBucket(name: string, accountId: string, region: string): Bucket {
    const known = this.#buckets.get(name);
    if (known) {
      throw known.accountId === accountId
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
    if (bucketNameMistakes(name).length > 0) {
      throw new AwsError("InvalidBucketName", "The specified bucket is not valid.", 400, { BucketName: name });
    }
    const bucket = new Bucket(name, accountId, region, wholeSeconds(this.ports.clock.now()));
    this.#buckets.set(name, bucket);
    return bucket;
  }

  /**
   * Removes a bucket; one that holds objects, old versions or delete markers only when it is told to (`force`). Unfinished uploads go with it: they
   * keep a directory bucket, but not one of general purpose (S3 API reference, DeleteBucket).
   * @throws AwsError BucketNotEmpty.
   */
  deleteBucket(bucket: Bucket, options: { force: boolean }): void {
    if (!bucket.objects.isEmpty && !options.force) {
      throw new AwsError("BucketNotEmpty", notEmptyMessage(bucket), 409, { BucketName: bucket.name });
    }
    this.#empty(bucket);
    this.#buckets.delete(bucket.name);
  }

  /** The bucket that a call names, or the error that AWS gives. */
  requireBucket(call: Call, params: { Bucket: string; ExpectedBucketOwner?: string }): Bucket {
    const bucket = this.#buckets.get(params.Bucket);
    if (!bucket) {
      throw new AwsError("NoSuchBucket", "The specified bucket does not exist", 404, { BucketName: params.Bucket });
    }
    if (bucket.region !== call.region) {
      throw new AwsError(
        "PermanentRedirect",
        `The bucket you are attempting to access must be addressed using the specified endpoint. It is in ${bucket.region}, the request was for ${call.region}.`,
        301,
        { Bucket: bucket.name, Region: bucket.region },
      );
    }
    this.checkOwner(bucket, params.ExpectedBucketOwner);
    return bucket;
  }

  /** Throws unless a bucket is of the account that a caller expects, where it expects one. */
  checkOwner(bucket: Bucket, expected: string | undefined): void {
    if (expected === undefined || expected === bucket.accountId) return;
    if (!/^\d{12}$/.test(expected)) {
      throw new AwsError(
        "InvalidBucketOwnerAWSAccountID",
        `The value of the expected bucket owner parameter must be an AWS Account ID... [${expected}]`,
      );
    }
    throw new AwsError("AccessDenied", "Access Denied: the bucket is not owned by the account that was expected.", 403);
  }

  /** What IAM is asked about a bucket, or about an object in it. */
  ask(
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

  /** Stores an object; the one point where data enters a bucket. */
  storeObject(bucket: Bucket, object: NewObject): StoredObject {
    const size = Buffer.byteLength(object.key);
    if (size > MAX_KEY_BYTES) {
      throw new AwsError("KeyTooLongError", "Your key is too long", 400, { Size: size, MaxSizeAllowed: MAX_KEY_BYTES });
    }
    const stored = bucket.objects.put(object, this.#now());
    this.#mirror(bucket, object.key);
    this.scheduleLifecycle();
    return stored;
  }

  /** Removes an object, in a bucket with versions by the delete marker that is returned; nothing happens when there is none. */
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

  /** Sets a bucket's policy, as far as its public access block lets it. */
  setPolicy(bucket: Bucket, policy: BucketPolicy | undefined): void {
    if (policy && bucket.publicAccess.blockPublicPolicy && isPublicPolicy(policy.document)) {
      throw new AwsError(
        "AccessDenied",
        `s3:PutBucketPolicy on resource ${bucket.arn} is refused because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
        403,
      );
    }
    bucket.setPolicy(policy);
  }

  /** Lifecycle rules act at midnight (UTC, cloud time), as long as there is something that they could act upon. */
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

  emptyData(): void {
    for (const bucket of this.#buckets.values()) this.#empty(bucket);
  }

  close(): void {
    this.#sweep?.cancel();
  }

  #now(): number {
    return wholeSeconds(this.ports.clock.now());
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

/** As S3 says it. */
function notEmptyMessage({ objects }: Bucket): string {
  const isVersioned = objects.versioning !== Versioning.Off;
  return `The bucket you tried to delete is not empty${isVersioned ? ". You must delete all versions in the bucket." : ""}`;
}
