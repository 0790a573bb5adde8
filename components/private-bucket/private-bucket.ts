import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parseArn } from "../../aws/arn.ts";
import { refuse } from "../checks.ts";
import { guardOf, RemovalPolicy } from "../defaults/removal.ts";
import { bucketDefaults } from "../defaults/s3.ts";
import { tlsOnlyBucketPolicyJson } from "../iam/policy.ts";
import { child, type Scope } from "../scope.ts";
import type { PrivateBucketArgs, PrivateBucketNodes, PrivateBucketOptions, PrivateBucketTransform } from "./args.ts";
import { problems } from "./checks.ts";

/**
 * A bucket that nobody but its account reads: no public access, TLS only, encrypted, one owner.
 *
 * @example
 * ```ts
 * import { PrivateBucket } from "../components/private-bucket/private-bucket.ts";
 *
 * const bucket = new PrivateBucket("orders-failures", { retentionDays: 90, removalPolicy: "destroy" });
 * export const bucketName = bucket.bucketName;
 * ```
 */
export class PrivateBucket extends pulumi.ComponentResource {
  public readonly bucketName: pulumi.Output<string>;
  public readonly bucketArn: pulumi.Output<string>;
  /** The customer managed key that the bucket encrypts with; undefined when it has none. */
  public readonly kmsKeyArn: pulumi.Input<string> | undefined;
  public readonly nodes: PrivateBucketNodes;

  constructor(name: string, args: PrivateBucketArgs = {}, opts: PrivateBucketOptions = {}) {
    const { transform = {}, ...componentOptions } = opts;
    super("tributary:storage:PrivateBucket", name, {}, componentOptions);
    refuse(this, name, problems(args));

    this.kmsKeyArn = args.kmsKeyArn;
    if (args.existing !== undefined) {
      this.bucketArn = pulumi.output(args.existing);
      this.bucketName = this.bucketArn.apply((arn) => parseArn(arn).resource);
      this.nodes = {};
    } else {
      const { bucket, settings } = createBucket({ component: this, name }, args, transform);
      this.bucketArn = bucket.arn;
      this.bucketName = bucket.bucket;
      this.nodes = { bucket, ...settings };
    }
    this.registerOutputs({ bucketName: this.bucketName, bucketArn: this.bucketArn });
  }
}

function createBucket(scope: Scope, args: PrivateBucketArgs, transform: PrivateBucketTransform) {
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
  const encryption = child(scope, transform.encryption, "encryption", aws.s3.BucketServerSideEncryptionConfiguration, {
    bucket: bucket.bucket,
    rules: [encryptionRule(args.kmsKeyArn)],
  });
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
    // S3 refuses two changes of a bucket's access at the same time.
    { dependsOn: [publicAccessBlock] },
  );
  return {
    bucket,
    settings: {
      publicAccessBlock,
      ownershipControls,
      encryption,
      ...(versioning === undefined ? {} : { versioning }),
      lifecycle,
      policy,
    },
  };
}

/** A Bucket Key asks KMS once for many objects, instead of once for each. */
function encryptionRule(
  kmsKeyArn: pulumi.Input<string> | undefined,
): aws.types.input.s3.BucketServerSideEncryptionConfigurationRule {
  if (kmsKeyArn === undefined)
    return { applyServerSideEncryptionByDefault: { sseAlgorithm: bucketDefaults.sseAlgorithm } };
  return {
    applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
    bucketKeyEnabled: true,
  };
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
