import { z } from "zod";
import type { Canonicalize } from "../../../resource-types/resource-type.ts";
import { isRecord } from "../../../resource-types/wire-values.ts";
import { type LifecycleRule, TransitionMinimumSize } from "../lifecycle.ts";
import { setLifecycle } from "../settings.ts";
import { ownedTarget, settingType } from "./setting-type.ts";

const days = z.number().int().min(1, "must be a whole number of days, at least 1");

const rule = z
  .strictObject({
    id: z.string().min(1, "must have 1 to 255 characters").max(255, "must have 1 to 255 characters"),
    status: z.enum(["Enabled", "Disabled"]),
    /** S3's older form of the filter; "" is none. */
    prefix: z.string().optional(),
    filter: z.strictObject({ prefix: z.string().default("") }).optional(),
    expiration: z.strictObject({ days }).optional(),
    noncurrentVersionExpiration: z.strictObject({ noncurrentDays: days }).optional(),
    abortIncompleteMultipartUpload: z.strictObject({ daysAfterInitiation: days }).optional(),
  })
  .refine(
    (given) => given.expiration ?? given.noncurrentVersionExpiration ?? given.abortIncompleteMultipartUpload,
    "a rule needs an action: expiration.days, noncurrentVersionExpiration.noncurrentDays or abortIncompleteMultipartUpload.daysAfterInitiation",
  )
  .refine((given) => !given.prefix || given.filter === undefined, "a rule has either a prefix or a filter");
type Rule = z.infer<typeof rule>;

/** An empty prefix means no prefix. */
const withoutEmptyPrefix: Canonicalize = (value) => {
  if (!isRecord(value) || value["prefix"] !== "") return value;
  const { prefix: _none, ...rest } = value;
  return rest;
};

/** `aws.s3.BucketLifecycleConfiguration`. */
export const lifecycle = settingType({
  token: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  inputs: z.strictObject({
    ...ownedTarget,
    rules: z
      .array(rule)
      .min(1, "needs at least one rule")
      .max(1000, "has at most 1000 rules")
      .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, "rule ids must be unique"),
    transitionDefaultMinimumObjectSize: z.enum(TransitionMinimumSize).default(TransitionMinimumSize.All),
  }),
  canonical: { "rules[*]": withoutEmptyPrefix },
  put(bucket, { rules, transitionDefaultMinimumObjectSize }, context) {
    setLifecycle(context.store, bucket, { rules: rules.map(toRule), transitionDefaultMinimumObjectSize });
  },
  remove: (bucket, context) => setLifecycle(context.store, bucket, undefined),
  get: ({ lifecycle: found }) =>
    found && {
      rules: found.rules.map(fromRule),
      transitionDefaultMinimumObjectSize: found.transitionDefaultMinimumObjectSize,
    },
});

function toRule(given: Rule): LifecycleRule {
  return {
    id: given.id,
    isEnabled: given.status === "Enabled",
    ...(given.prefix ? { prefix: given.prefix } : { filter: given.filter ?? {} }),
    ...(given.expiration ? { expirationDays: given.expiration.days } : {}),
    ...(given.noncurrentVersionExpiration ? { noncurrentDays: given.noncurrentVersionExpiration.noncurrentDays } : {}),
    ...(given.abortIncompleteMultipartUpload
      ? { abortUploadDays: given.abortIncompleteMultipartUpload.daysAfterInitiation }
      : {}),
  };
}

/** An empty filter is left out, as the real provider reads it. */
function fromRule({ id, isEnabled, prefix, filter, ...actions }: LifecycleRule): Rule {
  return {
    id,
    status: isEnabled ? "Enabled" : "Disabled",
    ...(prefix ? { prefix } : {}),
    ...(filter?.prefix === undefined ? {} : { filter: { prefix: filter.prefix } }),
    ...(actions.expirationDays === undefined ? {} : { expiration: { days: actions.expirationDays } }),
    ...(actions.noncurrentDays === undefined
      ? {}
      : { noncurrentVersionExpiration: { noncurrentDays: actions.noncurrentDays } }),
    ...(actions.abortUploadDays === undefined
      ? {}
      : { abortIncompleteMultipartUpload: { daysAfterInitiation: actions.abortUploadDays } }),
  };
}
