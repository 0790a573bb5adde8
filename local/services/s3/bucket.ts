import { partitionOf } from "../../../aws/partitions.ts";
import { statementsOf } from "../../accounts/compiled-policy.ts";
import type { PolicyDocument } from "../../kernel/policy.ts";
import type { Principal } from "../../kernel/principal.ts";
import type { Checksum } from "./checksums.ts";
import type { ObjectEncryption } from "./encryption.ts";
import type { LifecycleConfiguration } from "./lifecycle.ts";
import { type NewObject, ObjectStore } from "./object-store.ts";
import { isPublicPolicy } from "./public-policy.ts";

/** How an upload in parts is checked. */
export type UploadChecksum = Pick<Checksum, "algorithm" | "type">;

/** A part of an upload. */
export interface UploadedPart {
  readonly body: Buffer;
  /** With its quotes. */
  readonly etag: string;
  readonly lastModified: number;
  /** Base64, in the upload's algorithm; undefined in an upload without one. */
  readonly checksum: string | undefined;
}

/** A multipart upload that is neither completed nor aborted. */
export interface MultipartUpload {
  readonly uploadId: string;
  readonly key: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly initiated: number;
  readonly headers: NewObject["headers"];
  readonly metadata: NewObject["metadata"];
  /** Undefined where its creation named no algorithm. */
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

/** What holds where there is no block. */
const openAccess: PublicAccessBlock = {
  blockPublicAcls: false,
  blockPublicPolicy: false,
  ignorePublicAcls: false,
  restrictPublicBuckets: false,
};

/** How a bucket encrypts what it is given. Customers' keys (SSE-C) are not taken here, whether they are blocked or not. */
export interface BucketEncryption {
  readonly sseAlgorithm: ObjectEncryption["sseAlgorithm"];
  /** The key's id or ARN, as it was given; undefined for the one that AWS manages, and with `AES256`. */
  readonly kmsKeyId?: string | undefined;
  readonly bucketKeyEnabled: boolean;
  /** Kinds of encryption that uploads may not use; `NONE` for no block. */
  readonly blockedEncryptionTypes: readonly ("SSE-C" | "NONE")[];
}

/** What S3 gives every new bucket, and a bucket whose encryption is deleted; SSE-C is blocked in new buckets since March 2026. */
export const defaultEncryption: BucketEncryption = {
  sseAlgorithm: "AES256",
  bucketKeyEnabled: false,
  blockedEncryptionTypes: ["SSE-C"],
};

/** Who owns what other accounts put into a bucket. There are no access control lists here, so the bucket's owner does, whatever is set. */
export type ObjectOwnership = "BucketOwnerEnforced";

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
  readonly objects = new ObjectStore();
  readonly uploads = new Map<string, MultipartUpload>();
  #policy: BucketPolicy | undefined;
  /** What is left of a public policy for strangers: its denials. */
  #restrictedPolicy: PolicyDocument | undefined;

  constructor(name: string, accountId: string, region: string, createdAt: number) {
    this.name = name;
    this.accountId = accountId;
    this.region = region;
    this.createdAt = createdAt;
  }

  get arn(): string {
    return `arn:${partitionOf(this.region)}:s3:::${this.name}`;
  }

  /** The public access block as it acts. */
  get publicAccess(): PublicAccessBlock {
    return this.publicAccessBlock ?? openAccess;
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
    if (isStranger && this.publicAccess.restrictPublicBuckets && this.#restrictedPolicy) return this.#restrictedPolicy;
    return this.#policy?.document;
  }
}
