import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Transform } from "../scope.ts";

/** How long the objects below a prefix are kept. */
export interface PrefixRetentionArgs {
  /** Prefix of the keys; no other prefix of the list may begin with it. */
  readonly prefix: string;
  /** Days after which objects expire; 0 keeps them for ever. */
  readonly days: number;
}

/** Settings of a bucket that every component with a bucket takes. */
export interface BucketSettings {
  /**
   * ARN of a bucket that exists already, to be used instead of a new one. Nothing of it is changed: no public access
   * block, no encryption, no versioning, no expiry, no refusal of requests without TLS. It is never deleted.
   * @default none: a bucket is made
   */
  readonly existing?: pulumi.Input<string>;
  /**
   * ARN of the customer managed key, of this account and region, that new objects are encrypted with, by an S3 Bucket
   * Key. A writer needs `kms:GenerateDataKey` on it, a reader `kms:Decrypt`. With `existing`: the key that the bucket
   * encrypts with by default.
   * @default S3's own keys, which need no grant
   */
  readonly kmsKeyArn?: pulumi.Input<string>;
  /** Whether overwritten and deleted objects are kept for a while. @default true */
  readonly versioning?: boolean;
}

export interface PrivateBucketArgs extends BucketSettings {
  /** Days after which objects expire, all of them; 0 keeps them for ever. @default 0 */
  readonly retentionDays?: number;
  /** Instead of `retentionDays`: days by prefix. Objects below none of the prefixes never expire. @default none */
  readonly retentionByPrefix?: PrefixRetentionArgs[];
  /**
   * `retain`: the bucket is protected, neither deleted nor replaced; `destroy`: it goes with its objects.
   * @default "retain"
   */
  readonly removalPolicy?: string;
}

/** One entry per child. */
export interface PrivateBucketTransform {
  readonly bucket?: Transform<aws.s3.BucketArgs>;
  readonly publicAccessBlock?: Transform<aws.s3.BucketPublicAccessBlockArgs>;
  readonly ownershipControls?: Transform<aws.s3.BucketOwnershipControlsArgs>;
  readonly encryption?: Transform<aws.s3.BucketServerSideEncryptionConfigurationArgs>;
  readonly versioning?: Transform<aws.s3.BucketVersioningArgs>;
  readonly lifecycle?: Transform<aws.s3.BucketLifecycleConfigurationArgs>;
  readonly policy?: Transform<aws.s3.BucketPolicyArgs>;
}

export interface PrivateBucketOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: PrivateBucketTransform;
}

/** The raw children; none where the bucket existed already. */
export interface PrivateBucketNodes {
  readonly bucket?: aws.s3.Bucket;
  readonly publicAccessBlock?: aws.s3.BucketPublicAccessBlock;
  readonly ownershipControls?: aws.s3.BucketOwnershipControls;
  readonly encryption?: aws.s3.BucketServerSideEncryptionConfiguration;
  /** Absent when `versioning` is off, too. */
  readonly versioning?: aws.s3.BucketVersioning;
  readonly lifecycle?: aws.s3.BucketLifecycleConfiguration;
  readonly policy?: aws.s3.BucketPolicy;
}
