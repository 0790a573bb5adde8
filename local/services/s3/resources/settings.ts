import { z } from "zod";
import { PolicyKind, parsePolicy } from "../../../accounts/parse-policy.ts";
import { AwsError } from "../../../kernel/errors.ts";
import { asPolicy } from "../../../resource-types/canonical.ts";
import type { Properties, ResourceType } from "../../../resource-types/resource-type.ts";
import { isRecord, UNKNOWN } from "../../../resource-types/wire-values.ts";
import { Versioning } from "../bucket-objects.ts";
import { isOwnAlias } from "../encryption.ts";
import { unsupportedSettings } from "../errors.ts";
import { setEncryption, setObjectOwnership, setPolicy, setPublicAccessBlock, setVersioning } from "../settings.ts";
import type { S3Store } from "../store.ts";
import { lifecycle } from "./lifecycle.ts";
import { ownedTarget, settingType, target } from "./setting-type.ts";

const off = z.boolean().default(false);

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
  put(bucket, { blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets }) {
    setPublicAccessBlock(bucket, { blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets });
  },
  remove(bucket, _context, state) {
    if (state["skipDestroy"] !== true) setPublicAccessBlock(bucket, undefined);
  },
  get: ({ publicAccessBlock: block }, state) => block && { ...block, skipDestroy: state["skipDestroy"] === true },
});

/**
 * A malformed policy fails the check of the inputs, before anything is created; one with unknown parts is passed on as
 * it is.
 */
const policyInput = z
  .union([z.string(), z.record(z.string(), z.unknown())])
  .superRefine((policy, context) => {
    try {
      parsePolicy(policy, PolicyKind.Resource);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      context.addIssue({ code: "custom", message: error.message });
    }
  })
  .transform((policy) => {
    if (typeof policy === "string") return policy;
    const text = JSON.stringify(policy);
    return text.includes(UNKNOWN) ? policy : text;
  });

const policy = settingType({
  token: "aws:s3/bucketPolicy:BucketPolicy",
  inputs: z.strictObject({ ...target, policy: policyInput }),
  canonical: { policy: asPolicy },
  put: (bucket, inputs, context) => setPolicy(context.store, bucket, inputs.policy),
  remove: (bucket, context) => setPolicy(context.store, bucket, undefined),
  get: (bucket) => bucket.policy && { policy: bucket.policy.text },
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
              sseAlgorithm: z.enum(["AES256", "aws:kms"], unsupportedSettings.kms),
              kmsMasterKeyId: z
                .string()
                .refine((key) => !isOwnAlias(key), unsupportedSettings.alias)
                .optional(),
            })
            .refine(
              ({ sseAlgorithm, kmsMasterKeyId = "" }) => sseAlgorithm === "aws:kms" || kmsMasterKeyId === "",
              "kmsMasterKeyId goes with the sseAlgorithm aws:kms",
            )
            .optional(),
          blockedEncryptionTypes: z.array(z.enum(["SSE-C", "NONE"])).optional(),
          bucketKeyEnabled: off,
        }),
      )
      .length(1, "a bucket has exactly one rule"),
  }),
  optionalComputed: ["rules[*].applyServerSideEncryptionByDefault", "rules[*].blockedEncryptionTypes"],
  put(bucket, { rules: [rule] }) {
    const blocked = rule?.blockedEncryptionTypes;
    const { sseAlgorithm, kmsMasterKeyId } = rule?.applyServerSideEncryptionByDefault ?? {};
    setEncryption(bucket, {
      sseAlgorithm,
      kmsKeyId: kmsMasterKeyId || undefined,
      bucketKeyEnabled: rule?.bucketKeyEnabled ?? false,
      blockedEncryptionTypes: blocked?.length ? blocked : undefined,
    });
  },
  remove: (bucket) => setEncryption(bucket, undefined),
  get: ({ encryption: { sseAlgorithm, kmsKeyId, bucketKeyEnabled, blockedEncryptionTypes } }) => ({
    rules: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm, ...(kmsKeyId ? { kmsMasterKeyId: kmsKeyId } : {}) },
        blockedEncryptionTypes,
        bucketKeyEnabled,
      },
    ],
  }),
});

const ownership = settingType({
  token: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  inputs: z.strictObject({
    ...target,
    rule: z.strictObject({ objectOwnership: z.literal("BucketOwnerEnforced", unsupportedSettings.ownership) }),
  }),
  put: (bucket, { rule: { objectOwnership } }) => setObjectOwnership(bucket, objectOwnership),
  remove: (bucket) => setObjectOwnership(bucket, undefined),
  get: ({ objectOwnership }) => objectOwnership && { rule: { objectOwnership } },
});

const versioning = settingType({
  token: "aws:s3/bucketVersioning:BucketVersioning",
  inputs: z.strictObject({
    ...ownedTarget,
    versioningConfiguration: z.strictObject({
      status: z.enum(["Enabled", "Suspended", "Disabled"]),
      mfaDelete: z.literal("Disabled", unsupportedSettings.mfaDelete).optional(),
    }),
  }),
  optionalComputed: ["versioningConfiguration.mfaDelete"],
  put: (bucket, { versioningConfiguration: { status } }) =>
    setVersioning(bucket, status === "Disabled" ? Versioning.Off : status),
  remove(bucket) {
    if (bucket.objects.versioning === Versioning.Enabled) setVersioning(bucket, Versioning.Suspended);
  },
  get({ objects }, { versioningConfiguration: before }) {
    const mfaDelete = isRecord(before) ? before["mfaDelete"] : undefined;
    const status = objects.versioning === Versioning.Off ? "Disabled" : objects.versioning;
    return { versioningConfiguration: { status, ...(mfaDelete === undefined ? {} : { mfaDelete }) } };
  },
});

/** The settings of a bucket that are resource types of their own. */
export const settingTypes: readonly ResourceType<Properties, S3Store>[] = [
  publicAccessBlock,
  policy,
  encryption,
  ownership,
  versioning,
  lifecycle,
];
