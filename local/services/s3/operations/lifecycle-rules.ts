import { randomBytes } from "node:crypto";
import type { LifecycleRule } from "../lifecycle.ts";
import type { SettingInput } from "./setting-inputs.ts";

/** A lifecycle rule as S3's API names its members. */
export type WireRule = SettingInput<"PutBucketLifecycleConfiguration">["LifecycleConfiguration"]["Rules"][number];

/** A rule as the store keeps it; one without an id gets one, as in S3. */
export function toRule(rule: WireRule): LifecycleRule {
  return {
    id: rule.ID || randomBytes(24).toString("hex"),
    isEnabled: rule.Status === "Enabled",
    ...(rule.Prefix === undefined ? {} : { prefix: rule.Prefix }),
    ...(rule.Filter ? { filter: rule.Filter.Prefix === undefined ? {} : { prefix: rule.Filter.Prefix } } : {}),
    ...(rule.Expiration ? { expirationDays: rule.Expiration.Days } : {}),
    ...(rule.NoncurrentVersionExpiration ? { noncurrentDays: rule.NoncurrentVersionExpiration.NoncurrentDays } : {}),
    ...(rule.AbortIncompleteMultipartUpload
      ? { abortUploadDays: rule.AbortIncompleteMultipartUpload.DaysAfterInitiation }
      : {}),
  };
}

/** A rule as an answer of S3's API. */
export function toWireRule(rule: LifecycleRule): WireRule {
  return {
    ID: rule.id,
    Status: rule.isEnabled ? "Enabled" : "Disabled",
    ...(rule.prefix === undefined ? {} : { Prefix: rule.prefix }),
    ...(rule.filter ? { Filter: rule.filter.prefix === undefined ? {} : { Prefix: rule.filter.prefix } } : {}),
    ...(rule.expirationDays === undefined ? {} : { Expiration: { Days: rule.expirationDays } }),
    ...(rule.noncurrentDays === undefined
      ? {}
      : { NoncurrentVersionExpiration: { NoncurrentDays: rule.noncurrentDays } }),
    ...(rule.abortUploadDays === undefined
      ? {}
      : { AbortIncompleteMultipartUpload: { DaysAfterInitiation: rule.abortUploadDays } }),
  };
}
