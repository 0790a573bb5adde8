import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { oneOf, type Problem, refuse, wholeNumber } from "../checks.ts";
import { guardOf, RemovalPolicy } from "../defaults/removal.ts";
import { bucketDefaults, MAX_RETENTION_DAYS } from "../defaults/s3.ts";
import { tlsOnlyBucketPolicyJson } from "../iam/policy.ts";
import { child, type Scope, type Transform } from "../scope.ts";

/** How long the objects below a prefix are kept. */
export interface PrefixRetentionArgs {
  /** What the keys begin with; no other prefix of the list may begin with it. */
  readonly prefix: string;
  /** Days after which objects expire; 0 keeps them for ever. */
  readonly days: number;
}

export interface PrivateBucketArgs {
  /** Whether overwritten and deleted objects are kept for a while. @default true */
  readonly versioning?: boolean;
  /** Days after which objects expire, all of them; 0 keeps them for ever. @default 0 */
  readonly retentionDays?: number;
  /** Instead of `retentionDays`: days by prefix. What is below none of them stays. @default none */
  readonly retentionByPrefix?: readonly PrefixRetentionArgs[];
  /** `retain`: the bucket is protected: neither deleted nor replaced; `destroy`: it goes with its objects. @default "retain" */
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

/** The raw children. */
export interface PrivateBucketNodes {
  readonly bucket: aws.s3.Bucket;
  readonly publicAccessBlock: aws.s3.BucketPublicAccessBlock;
  readonly ownershipControls: aws.s3.BucketOwnershipControls;
  readonly encryption: aws.s3.BucketServerSideEncryptionConfiguration;
  /** Absent when `versioning` is off. */
  readonly versioning?: aws.s3.BucketVersioning;
  readonly lifecycle: aws.s3.BucketLifecycleConfiguration;
  readonly policy: aws.s3.BucketPolicy;
}

/** A bucket that nobody but its account reads: no public access, TLS only, encrypted, one owner. */
export class PrivateBucket extends pulumi.ComponentResource {
  public readonly bucketName: pulumi.Output<string>;
  public readonly bucketArn: pulumi.Output<string>;
  public readonly nodes: PrivateBucketNodes;

  constructor(name: string, args: PrivateBucketArgs = {}, opts: PrivateBucketOptions = {}) {
    const { transform = {}, ...componentOptions } = opts;
    super("tributary:storage:PrivateBucket", name, {}, componentOptions);
    refuse(this, name, problems(args));

    const scope: Scope = { component: this, name };
    const bucket = child(scope, transform.bucket, "", aws.s3.Bucket, bucketArgs(args), guardOf(args.removalPolicy));
    const publicAccessBlock = child(
      scope,
      transform.publicAccessBlock,
      "public-access-block",
      aws.s3.BucketPublicAccessBlock,
      { bucket: bucket.bucket, ...bucketDefaults.publicAccess },
    );
    const ownershipControls = child(
      scope,
      transform.ownershipControls,
      "ownership-controls",
      aws.s3.BucketOwnershipControls,
      { bucket: bucket.bucket, rule: { objectOwnership: bucketDefaults.ownership } },
    );
    const encryption = child(
      scope,
      transform.encryption,
      "encryption",
      aws.s3.BucketServerSideEncryptionConfiguration,
      {
        bucket: bucket.bucket,
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: bucketDefaults.sseAlgorithm } }],
      },
    );
    const versioning = isVersioned(args)
      ? child(scope, transform.versioning, "versioning", aws.s3.BucketVersioning, {
          bucket: bucket.bucket,
          versioningConfiguration: { status: "Enabled" },
        })
      : undefined;
    const lifecycle = child(
      scope,
      transform.lifecycle,
      "lifecycle",
      aws.s3.BucketLifecycleConfiguration,
      { bucket: bucket.bucket, rules: lifecycleRules(args) },
      // Rules for old versions are only accepted once versioning is on.
      { dependsOn: versioning === undefined ? [] : [versioning] },
    );
    const policy = child(
      scope,
      transform.policy,
      "policy",
      aws.s3.BucketPolicy,
      { bucket: bucket.bucket, policy: tlsOnlyBucketPolicyJson(bucket.arn) },
      // S3 refuses two changes of a bucket's access at once.
      { dependsOn: [publicAccessBlock] },
    );

    this.bucketName = bucket.bucket;
    this.bucketArn = bucket.arn;
    this.nodes = {
      bucket,
      publicAccessBlock,
      ownershipControls,
      encryption,
      ...(versioning === undefined ? {} : { versioning }),
      lifecycle,
      policy,
    };
    this.registerOutputs({ bucketName: this.bucketName, bucketArn: this.bucketArn });
  }
}

function problems({ retentionDays, retentionByPrefix = [], removalPolicy }: PrivateBucketArgs): Problem[] {
  const nested = retentionByPrefix.flatMap(({ prefix }, index) =>
    retentionByPrefix
      .filter((other, position) => position !== index && other.prefix.startsWith(prefix))
      .map((other) => [prefix, other.prefix] as const),
  );
  return [
    wholeNumber("retentionDays", retentionDays, 0, MAX_RETENTION_DAYS),
    retentionDays !== undefined && retentionByPrefix.length > 0
      ? "retentionDays is given with retentionByPrefix; S3 would take the shorter time of the two: leave one out"
      : undefined,
    ...retentionByPrefix.map(({ prefix, days }) =>
      wholeNumber(`retentionByPrefix: days of "${prefix}"`, days, 0, MAX_RETENTION_DAYS),
    ),
    ...nested.map(
      ([outer, inner]) =>
        `retentionByPrefix has "${inner}" below "${outer}"; S3 would take the shorter time of the two: give prefixes apart from each other`,
    ),
    oneOf("removalPolicy", removalPolicy, RemovalPolicy),
  ];
}

function isVersioned(args: PrivateBucketArgs): boolean {
  return args.versioning ?? bucketDefaults.versioning;
}

function bucketArgs(args: PrivateBucketArgs): aws.s3.BucketArgs {
  return { forceDestroy: args.removalPolicy === RemovalPolicy.Destroy };
}

function lifecycleRules(args: PrivateBucketArgs): aws.types.input.s3.BucketLifecycleConfigurationRule[] {
  const retentionDays = args.retentionDays ?? 0;
  const limited = (args.retentionByPrefix ?? []).filter(({ days }) => days > 0);
  return [
    {
      id: "housekeeping",
      status: "Enabled",
      filter: { prefix: "" },
      abortIncompleteMultipartUpload: { daysAfterInitiation: bucketDefaults.abortIncompleteUploadDays },
      ...(retentionDays > 0 ? { expiration: { days: retentionDays } } : {}),
      ...(isVersioned(args)
        ? { noncurrentVersionExpiration: { noncurrentDays: bucketDefaults.noncurrentVersionDays } }
        : {}),
    },
    ...limited.map(({ prefix, days }) => ({
      id: `expire ${prefix}`,
      status: "Enabled",
      filter: { prefix },
      expiration: { days },
    })),
  ];
}
