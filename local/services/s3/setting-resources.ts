import { z } from "zod";
import { AwsError } from "../../errors.ts";
import {
  defineResourceType,
  type Properties,
  type ResourceContext,
  type ResourceType,
} from "../../provider/resource-type.ts";
import type { Bucket, PublicAccessBlock } from "./bucket.ts";
import { readBucketPolicy } from "./bucket-policy.ts";
import type { LifecycleRule } from "./lifecycle.ts";
import { Versioning } from "./object-store.ts";
import { ownedBucket } from "./support.ts";

/** One setting of a bucket that is a resource of its own: what it takes, and how it gets into the bucket and out again. */
interface Setting<I extends { bucket: string }> {
  readonly token: string;
  readonly inputs: z.ZodType<I>;
  apply(bucket: Bucket, inputs: I, context: ResourceContext): void;
  /** Back to a bucket without this setting. */
  reset(bucket: Bucket, context: ResourceContext, state: Properties): void;
  /** Outputs beside the inputs. */
  outputs?(bucket: Bucket): Properties;
  /** Whether the bucket still has the setting. */
  isSet?(bucket: Bucket): boolean;
}

function settingType<I extends { bucket: string; expectedBucketOwner?: string }>(setting: Setting<I>): ResourceType {
  const outputsOf = (bucket: Bucket, state: Properties): Properties => ({
    ...state,
    bucket: bucket.name,
    region: bucket.region,
    ...setting.outputs?.(bucket),
  });
  return defineResourceType<I>({
    token: setting.token,
    inputs: setting.inputs,
    replaceOn: ["bucket", "region", "expectedBucketOwner"],
    deleteBeforeReplace: true,
    create(inputs, context) {
      const bucket = ownedBucket(context, inputs.bucket);
      if (inputs.expectedBucketOwner && inputs.expectedBucketOwner !== bucket.accountId) {
        throw new AwsError(
          "AccessDenied",
          `Access Denied: ${bucket.name} does not belong to ${inputs.expectedBucketOwner}.`,
          403,
        );
      }
      setting.apply(bucket, inputs, context);
      return { id: bucket.name, outputs: outputsOf(bucket, inputs) };
    },
    read(id, state, context) {
      const bucket = context.cloud.services.s3.findBucket(id);
      if (bucket?.accountId !== context.accountId || setting.isSet?.(bucket) === false) return undefined;
      return outputsOf(bucket, state);
    },
    update(id, inputs, _olds, context) {
      const bucket = ownedBucket(context, id);
      setting.apply(bucket, inputs, context);
      return outputsOf(bucket, inputs);
    },
    delete(id, state, context) {
      const bucket = context.cloud.services.s3.findBucket(id);
      if (bucket?.accountId === context.accountId) setting.reset(bucket, context, state);
    },
  });
}

const target = { bucket: z.string(), region: z.string().optional() };
const ownedTarget = { ...target, expectedBucketOwner: z.string().default("") };
const off = z.boolean().default(false);

const open: PublicAccessBlock = {
  blockPublicAcls: false,
  blockPublicPolicy: false,
  ignorePublicAcls: false,
  restrictPublicBuckets: false,
};

const publicAccessBlock = settingType({
  token: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  inputs: z.strictObject({
    ...target,
    blockPublicAcls: off,
    blockPublicPolicy: off,
    ignorePublicAcls: off,
    restrictPublicBuckets: off,
    skipDestroy: off,
  }),
  apply(bucket, { blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets }) {
    bucket.publicAccessBlock = { blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets };
  },
  reset(bucket, _context, state) {
    if (state["skipDestroy"] !== true) bucket.publicAccessBlock = open;
  },
});

const policy = settingType({
  token: "aws:s3/bucketPolicy:BucketPolicy",
  inputs: z.strictObject({ ...target, policy: z.union([z.string(), z.record(z.string(), z.unknown())]) }),
  apply: (bucket, inputs, context) =>
    context.cloud.services.s3.setPolicy(bucket, readBucketPolicy(context.cloud, bucket, inputs.policy)),
  reset: (bucket, context) => context.cloud.services.s3.setPolicy(bucket, undefined),
  outputs: (bucket) => ({ policy: bucket.policy?.text ?? "" }),
  isSet: (bucket) => bucket.policy !== undefined,
});

const encryption = settingType({
  token: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  inputs: z.strictObject({
    ...ownedTarget,
    rules: z
      .array(
        z.strictObject({
          applyServerSideEncryptionByDefault: z
            .strictObject({
              sseAlgorithm: z.literal(
                "AES256",
                "the local cloud encrypts buckets by AES256 only, keys of KMS are not supported",
              ),
            })
            .optional(),
          blockedEncryptionTypes: z.array(z.enum(["SSE-C", "NONE"])).optional(),
          bucketKeyEnabled: z.boolean().optional(),
        }),
      )
      .length(1),
  }),
  apply(bucket) {
    bucket.encryption = "AES256";
  },
  reset(bucket) {
    bucket.encryption = "AES256"; // what AWS falls back to
  },
});

const ownership = settingType({
  token: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  inputs: z.strictObject({
    ...target,
    rule: z.strictObject({
      objectOwnership: z.literal(
        "BucketOwnerEnforced",
        "the local cloud knows no access control lists, so only BucketOwnerEnforced is supported",
      ),
    }),
  }),
  apply() {},
  reset() {},
});

const versioning = settingType({
  token: "aws:s3/bucketVersioning:BucketVersioning",
  inputs: z.strictObject({
    ...ownedTarget,
    versioningConfiguration: z.strictObject({
      status: z.enum(["Enabled", "Suspended", "Disabled"]),
      mfaDelete: z.literal("Disabled", "the local cloud does not support MFA delete").optional(),
    }),
  }),
  apply(bucket, { versioningConfiguration: { status } }) {
    const { objects } = bucket;
    if (status !== "Disabled") {
      objects.versioning = status;
    } else if (objects.versioning !== Versioning.Off) {
      throw new AwsError("InvalidArgument", "versioning cannot be Disabled again once it was Enabled: write Suspended");
    }
  },
  reset(bucket) {
    if (bucket.objects.versioning === Versioning.Enabled) bucket.objects.versioning = Versioning.Suspended;
  },
});

const days = z.number().int().min(1);
const lifecycleRule = z
  .strictObject({
    id: z.string().min(1).max(255),
    status: z.enum(["Enabled", "Disabled"]),
    prefix: z.string().optional(),
    filter: z.strictObject({ prefix: z.string().optional() }).optional(),
    expiration: z.strictObject({ days }).optional(),
    noncurrentVersionExpiration: z.strictObject({ noncurrentDays: days }).optional(),
    abortIncompleteMultipartUpload: z.strictObject({ daysAfterInitiation: days }).optional(),
  })
  .refine(
    (rule) => rule.expiration ?? rule.noncurrentVersionExpiration ?? rule.abortIncompleteMultipartUpload,
    "a rule needs an action: expiration.days, noncurrentVersionExpiration.noncurrentDays or abortIncompleteMultipartUpload.daysAfterInitiation",
  )
  .refine((rule) => rule.prefix === undefined || rule.filter === undefined, "a rule has either a prefix or a filter");

const lifecycle = settingType({
  token: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  inputs: z.strictObject({
    ...ownedTarget,
    rules: z
      .array(lifecycleRule)
      .min(1)
      .refine((rules) => new Set(rules.map((rule) => rule.id)).size === rules.length, "rule ids must be unique"),
    transitionDefaultMinimumObjectSize: z.literal("all_storage_classes_128K").default("all_storage_classes_128K"),
  }),
  apply(bucket, inputs, context) {
    bucket.lifecycleRules = inputs.rules.map(
      (rule): LifecycleRule => ({
        id: rule.id,
        isEnabled: rule.status === "Enabled",
        prefix: rule.filter?.prefix ?? rule.prefix ?? "",
        ...(rule.expiration ? { expirationDays: rule.expiration.days } : {}),
        ...(rule.noncurrentVersionExpiration
          ? { noncurrentDays: rule.noncurrentVersionExpiration.noncurrentDays }
          : {}),
        ...(rule.abortIncompleteMultipartUpload
          ? { abortUploadDays: rule.abortIncompleteMultipartUpload.daysAfterInitiation }
          : {}),
      }),
    );
    context.cloud.services.s3.scheduleLifecycle();
  },
  reset(bucket) {
    bucket.lifecycleRules = [];
  },
  isSet: (bucket) => bucket.lifecycleRules.length > 0,
});

/** What a bucket can be told beside its name, each a resource type. */
export const settingTypes: readonly ResourceType[] = [
  publicAccessBlock,
  policy,
  encryption,
  ownership,
  versioning,
  lifecycle,
];
