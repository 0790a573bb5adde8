import { statementsOf } from "../../accounts/compiled-policy.ts";
import type { PolicyDocument } from "../../accounts/policy.ts";
import type { Principal } from "../../accounts/principal.ts";
import type { Checksum } from "./checksums.ts";
import type { LifecycleRule } from "./lifecycle.ts";
import { isPublicPolicy } from "./public-policy.ts";

/** The HTTP headers that are kept with an object and given back as they came, by their name in the API. */
export const systemHeaders = {
  CacheControl: "cache-control",
  ContentDisposition: "content-disposition",
  ContentEncoding: "content-encoding",
  ContentLanguage: "content-language",
  ContentType: "content-type",
  Expires: "expires",
} as const;
export type SystemHeader = keyof typeof systemHeaders;

/** An object as it lies in a bucket. */
export interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  /** With its quotes. */
  readonly etag: string;
  /** Cloud time, milliseconds since the epoch, whole seconds as in S3. */
  readonly lastModified: number;
  readonly headers: Readonly<Partial<Record<SystemHeader, string>>>;
  /** `x-amz-meta-*`, names in lower case. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly checksum?: Checksum;
}

/** A multipart upload that is neither completed nor aborted. */
export interface MultipartUpload {
  readonly uploadId: string;
  readonly key: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly initiated: number;
  readonly headers: StoredObject["headers"];
  readonly metadata: StoredObject["metadata"];
  readonly parts: Map<number, { readonly body: Buffer; readonly etag: string; readonly lastModified: number }>;
}

/** The four switches of a bucket's public access block. */
export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly ignorePublicAcls: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** A bucket's policy: parsed, and the text that it was given as. */
export interface BucketPolicy {
  readonly document: PolicyDocument;
  readonly text: string;
}

/** A bucket, its settings and its objects. Names are global; a bucket lives in one account and region. */
export class Bucket {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly createdAt: number;
  forceDestroy = false;
  tags: Readonly<Record<string, string>> = {};
  /** On in a new bucket, as in AWS since 2023. */
  publicAccessBlock: PublicAccessBlock = {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  };
  objectOwnership = "BucketOwnerEnforced";
  encryption = "AES256";
  lifecycleRules: readonly LifecycleRule[] = [];
  readonly uploads = new Map<string, MultipartUpload>();
  #policy: BucketPolicy | undefined;
  /** What is left of a public policy for strangers: its denials. */
  #restrictedPolicy: PolicyDocument | undefined;
  readonly #objects = new Map<string, StoredObject>();
  #sortedKeys: string[] | undefined;

  constructor(name: string, accountId: string, region: string, createdAt: number) {
    this.name = name;
    this.accountId = accountId;
    this.region = region;
    this.createdAt = createdAt;
  }

  get arn(): string {
    return `arn:aws:s3:::${this.name}`;
  }

  get policy(): BucketPolicy | undefined {
    return this.#policy;
  }

  setPolicy(policy: BucketPolicy | undefined): void {
    this.#policy = policy;
    this.#restrictedPolicy = undefined;
    if (!policy || !isPublicPolicy(policy.document)) return;
    const denials = statementsOf(policy.document).filter((statement) => statement.Effect === "Deny");
    this.#restrictedPolicy = { Version: policy.document.Version ?? "2008-10-17", Statement: denials };
  }

  /** The policy as it holds for a caller: with RestrictPublicBuckets a public one serves the owner's account and AWS services only. */
  policyFor(principal: Principal): PolicyDocument | undefined {
    const isStranger = principal.accountId !== this.accountId && principal.kind !== "service";
    if (isStranger && this.publicAccessBlock.restrictPublicBuckets && this.#restrictedPolicy)
      return this.#restrictedPolicy;
    return this.#policy?.document;
  }

  get size(): number {
    return this.#objects.size;
  }

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  set(object: StoredObject): void {
    if (!this.#objects.has(object.key)) this.#sortedKeys = undefined;
    this.#objects.set(object.key, object);
  }

  delete(key: string): boolean {
    const isGone = this.#objects.delete(key);
    if (isGone) this.#sortedKeys = undefined;
    return isGone;
  }

  clear(): void {
    this.#objects.clear();
    this.#sortedKeys = undefined;
    this.uploads.clear();
  }

  objects(): IterableIterator<StoredObject> {
    return this.#objects.values();
  }

  /** All keys in the order of their UTF-8 bytes. */
  keys(): readonly string[] {
    this.#sortedKeys ??= [...this.#objects.keys()].sort(compareUtf8);
    return this.#sortedKeys;
  }
}

/** Orders texts as their UTF-8 bytes do, which is not how JavaScript orders astral characters. */
export function compareUtf8(left: string, right: string): number {
  if (/[\ud800-\udfff]/.test(left) || /[\ud800-\udfff]/.test(right)) {
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
  }
  return left < right ? -1 : left > right ? 1 : 0;
}
