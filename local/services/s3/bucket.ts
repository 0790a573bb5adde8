import { partitionOf } from "../../../aws/partitions.ts";
import { statementsOf } from "../../accounts/compiled-policy.ts";
import type { AttachedPolicy } from "../../accounts/resource-policy.ts";
import type { Place } from "../../kernel/place.ts";
import type { PolicyDocument } from "../../kernel/policy.ts";
import type { Principal } from "../../kernel/principal.ts";
import { BucketObjects, type NewObject } from "./bucket-objects.ts";
import type { Checksum } from "./checksums.ts";
import { type BucketEncryption, defaultEncryption, type ObjectEncryption } from "./encryption.ts";
import type { LifecycleConfiguration } from "./lifecycle.ts";
import { isPublicPolicy } from "./public-policy.ts";

/** The checksum that a multipart upload was created with. */
export type UploadChecksum = Pick<Checksum, "algorithm" | "type">;

/** A part of a multipart upload. */
export interface UploadedPart {
  readonly body: Buffer;
  /** With its quotes. */
  readonly etag: string;
  readonly lastModified: number;
  /** Base64, by the algorithm of the upload; undefined in an upload without one. */
  readonly checksum: string | undefined;
}

/** A multipart upload in progress. */
export interface MultipartUpload {
  readonly uploadId: string;
  readonly key: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly initiated: number;
  readonly headers: NewObject["headers"];
  readonly metadata: NewObject["metadata"];
  /** Undefined when CreateMultipartUpload named no algorithm. */
  readonly checksum: UploadChecksum | undefined;
  readonly encryption: ObjectEncryption;
  readonly parts: Map<number, UploadedPart>;
}

/** The four switches of a bucket's public access block. */
export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly ignorePublicAcls: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** The effect of no public access block. */
const openAccess: PublicAccessBlock = {
  blockPublicAcls: false,
  blockPublicPolicy: false,
  ignorePublicAcls: false,
  restrictPublicBuckets: false,
};

/**
 * Who owns the objects that other accounts put into a bucket. Without access control lists it is always the bucket's
 * owner.
 */
export type ObjectOwnership = "BucketOwnerEnforced";

/** A bucket, its settings and its objects. Names are global; a bucket lives in one account and region. */
export class Bucket {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly createdAt: number;
  tags: Readonly<Record<string, string>> = {};
  /** All on in a new bucket, as in AWS since 2023; undefined once it is deleted. */
  publicAccessBlock: PublicAccessBlock | undefined = {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  };
  /** Undefined once the ownership controls are deleted. */
  objectOwnership: ObjectOwnership | undefined = "BucketOwnerEnforced";
  encryption: BucketEncryption = defaultEncryption;
  lifecycle: LifecycleConfiguration | undefined;
  readonly objects = new BucketObjects();
  readonly uploads = new Map<string, MultipartUpload>();
  #policy: AttachedPolicy | undefined;
  /** The denials of a public policy: all that RestrictPublicBuckets leaves of it for other accounts. */
  #restrictedPolicy: PolicyDocument | undefined;

  constructor(name: string, { accountId, region }: Place, createdAt: number) {
    this.name = name;
    this.accountId = accountId;
    this.region = region;
    this.createdAt = createdAt;
  }

  get arn(): string {
    return `arn:${partitionOf(this.region)}:s3:::${this.name}`;
  }

  /** The public access block in effect. */
  get publicAccess(): PublicAccessBlock {
    return this.publicAccessBlock ?? openAccess;
  }

  get policy(): AttachedPolicy | undefined {
    return this.#policy;
  }

  setPolicy(policy: AttachedPolicy | undefined): void {
    this.#policy = policy;
    this.#restrictedPolicy = undefined;
    if (!policy || !isPublicPolicy(policy.document)) return;
    const denials = statementsOf(policy.document).filter((statement) => statement.Effect === "Deny");
    this.#restrictedPolicy = { Version: policy.document.Version ?? "2008-10-17", Statement: denials };
  }

  /**
   * The policy for a caller: with RestrictPublicBuckets, a public policy allows only AWS services and the owner's
   * account.
   */
  policyFor(principal: Principal): PolicyDocument | undefined {
    const isStranger = principal.accountId !== this.accountId && principal.kind !== "service";
    if (isStranger && this.publicAccess.restrictPublicBuckets && this.#restrictedPolicy) return this.#restrictedPolicy;
    return this.#policy?.document;
  }
}
