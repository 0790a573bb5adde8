import { z } from "zod";
import { isOwnAlias } from "../encryption.ts";
import { unsupportedSettings } from "../errors.ts";
import { TransitionMinimumSize } from "../lifecycle.ts";
import { MAX_RULE_ID_CHARACTERS } from "../limits.ts";

const bucket = { Bucket: z.string().min(1), ExpectedBucketOwner: z.string().optional() };
const ofBucket = z.strictObject(bucket);
const days = z.number().int().min(1, "must be a positive number of days");
const tags = z.array(z.strictObject({ Key: z.string(), Value: z.string() }));

/** Id or ARN of a KMS key. */
export const kmsKeyId = z
  .string()
  .min(1)
  .refine((key) => !isOwnAlias(key), unsupportedSettings.alias);

/** S3's message for a KMS key without KMS encryption. */
const KEY_OF_KMS = "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse";
const isKeyOfKms = (rule: { SSEAlgorithm: string; KMSMasterKeyID?: string | undefined }) =>
  rule.SSEAlgorithm === "aws:kms" || rule.KMSMasterKeyID === undefined;

/** The parameters of the operations on buckets and their settings, by S3's own names. */
export const settingInputs = {
  CreateBucket: z.strictObject({
    Bucket: z.string().min(1),
    ACL: z.literal("private", unsupportedSettings.ownership).optional(),
    ObjectOwnership: z.literal("BucketOwnerEnforced", unsupportedSettings.ownership).optional(),
    CreateBucketConfiguration: z
      .strictObject({ LocationConstraint: z.string().optional(), Tags: tags.optional() })
      .optional(),
  }),
  DeleteBucket: ofBucket,

  GetBucketTagging: ofBucket,
  PutBucketTagging: z.strictObject({ ...bucket, Tagging: z.strictObject({ TagSet: tags }) }),
  DeleteBucketTagging: ofBucket,

  GetPublicAccessBlock: ofBucket,
  PutPublicAccessBlock: z.strictObject({
    ...bucket,
    PublicAccessBlockConfiguration: z.strictObject({
      BlockPublicAcls: z.boolean().default(false),
      BlockPublicPolicy: z.boolean().default(false),
      IgnorePublicAcls: z.boolean().default(false),
      RestrictPublicBuckets: z.boolean().default(false),
    }),
  }),
  DeletePublicAccessBlock: ofBucket,

  GetBucketVersioning: ofBucket,
  PutBucketVersioning: z.strictObject({
    ...bucket,
    VersioningConfiguration: z.strictObject({
      Status: z.enum(["Enabled", "Suspended"]),
      MfaDelete: z.literal("Disabled", unsupportedSettings.mfaDelete).optional(),
    }),
  }),

  GetBucketPolicy: ofBucket,
  PutBucketPolicy: z.strictObject({ ...bucket, Policy: z.string() }),
  DeleteBucketPolicy: ofBucket,

  GetBucketEncryption: ofBucket,
  PutBucketEncryption: z.strictObject({
    ...bucket,
    ServerSideEncryptionConfiguration: z.strictObject({
      Rules: z
        .array(
          z.strictObject({
            ApplyServerSideEncryptionByDefault: z
              .strictObject({
                SSEAlgorithm: z.enum(["AES256", "aws:kms"], unsupportedSettings.kms),
                KMSMasterKeyID: kmsKeyId.optional(),
              })
              .refine(isKeyOfKms, KEY_OF_KMS)
              .optional(),
            BucketKeyEnabled: z.boolean().default(false),
            BlockedEncryptionTypes: z
              .strictObject({ EncryptionType: z.array(z.enum(["SSE-C", "NONE"])).min(1) })
              .optional(),
          }),
        )
        .length(1),
    }),
  }),
  DeleteBucketEncryption: ofBucket,

  GetBucketLifecycleConfiguration: ofBucket,
  PutBucketLifecycleConfiguration: z.strictObject({
    ...bucket,
    TransitionDefaultMinimumObjectSize: z.enum(TransitionMinimumSize).default(TransitionMinimumSize.All),
    LifecycleConfiguration: z.strictObject({
      Rules: z
        .array(
          z
            .strictObject({
              ID: z.string().max(MAX_RULE_ID_CHARACTERS).optional(),
              Status: z.enum(["Enabled", "Disabled"]),
              Prefix: z.string().optional(),
              Filter: z.strictObject({ Prefix: z.string().optional() }).optional(),
              Expiration: z.strictObject({ Days: days }).optional(),
              NoncurrentVersionExpiration: z.strictObject({ NoncurrentDays: days }).optional(),
              AbortIncompleteMultipartUpload: z.strictObject({ DaysAfterInitiation: days }).optional(),
            })
            .refine(
              (rule) => (rule.Prefix === undefined) !== (rule.Filter === undefined),
              "has either Filter or Prefix",
            ),
        )
        .min(1),
    }),
  }),
  DeleteBucketLifecycle: ofBucket,

  GetBucketOwnershipControls: ofBucket,
  PutBucketOwnershipControls: z.strictObject({
    ...bucket,
    OwnershipControls: z.strictObject({
      Rules: z
        .array(z.strictObject({ ObjectOwnership: z.literal("BucketOwnerEnforced", unsupportedSettings.ownership) }))
        .length(1),
    }),
  }),
  DeleteBucketOwnershipControls: ofBucket,
} as const;

/** Parameters of an operation, checked. */
export type SettingInput<Name extends keyof typeof settingInputs> = z.infer<(typeof settingInputs)[Name]>;
