import { DAY_MS } from "../../kernel/clock.ts";
import type { BucketObjects } from "./bucket-objects.ts";

/**
 * The part of a lifecycle rule that the local cloud has: expiration of objects, old versions and unfinished uploads,
 * after days, under a prefix.
 */
export interface LifecycleRule {
  readonly id: string;
  readonly isEnabled: boolean;
  /** The objects that the rule applies to; without a prefix, all. */
  readonly filter?: { readonly prefix?: string };
  /** S3's older form of the filter; a rule has one of the two. */
  readonly prefix?: string;
  /** Days after which an object expires. */
  readonly expirationDays?: number;
  /** Days after which a noncurrent version is deleted. */
  readonly noncurrentDays?: number;
  /** Days after which an unfinished multipart upload is aborted. */
  readonly abortUploadDays?: number;
}

/** Smallest object that transitions to another storage class; the local cloud has no transitions. */
export const TransitionMinimumSize = {
  All: "all_storage_classes_128K",
  Varies: "varies_by_storage_class",
} as const;
export type TransitionMinimumSize = (typeof TransitionMinimumSize)[keyof typeof TransitionMinimumSize];

/** A bucket's lifecycle: at least one rule. */
export interface LifecycleConfiguration {
  readonly rules: readonly LifecycleRule[];
  readonly transitionDefaultMinimumObjectSize: TransitionMinimumSize;
}

/**
 * When something from `since` expires: after so many days, rounded up to midnight UTC as S3 does. Milliseconds since
 * the epoch.
 */
export function expiresAt(since: number, days: number): number {
  return Math.ceil((since + days * DAY_MS) / DAY_MS) * DAY_MS;
}

/** The next midnight, UTC, after `now`. */
export function nextMidnight(now: number): number {
  return (Math.floor(now / DAY_MS) + 1) * DAY_MS;
}

/** What lifecycle rules look at in a bucket. */
export interface LifecycleSubject {
  readonly lifecycle: LifecycleConfiguration | undefined;
  readonly objects: BucketObjects;
  readonly uploads: ReadonlyMap<
    string,
    { readonly uploadId: string; readonly key: string; readonly initiated: number }
  >;
}

/** The expired content of a bucket. */
export interface Expired {
  /** Current objects, to be deleted as by a client. */
  readonly keys: string[];
  /** Noncurrent versions and expired object delete markers, to be removed for good. */
  readonly versions: { readonly key: string; readonly versionId: string }[];
  readonly uploadIds: string[];
}

/** What the lifecycle rules of a bucket expire at `now`. */
export function expired(bucket: LifecycleSubject, now: number): Expired {
  const over: Expired = { keys: [], versions: [], uploadIds: [] };
  const rules = bucket.lifecycle?.rules.filter((rule) => rule.isEnabled) ?? [];
  const isOver = (key: string, since: number, days: (rule: LifecycleRule) => number | undefined) =>
    rules.some((rule) => {
      const limit = days(rule);
      return limit !== undefined && key.startsWith(prefixOf(rule)) && expiresAt(since, limit) <= now;
    });
  for (const key of bucket.objects.allKeys()) {
    const [newest, ...older] = bucket.objects.versionsOf(key);
    if (newest && isOver(key, newest.lastModified, (rule) => rule.expirationDays)) {
      if (newest.object) over.keys.push(key);
      else if (older.length === 0) over.versions.push(newest);
    }
    for (const version of older) {
      const since = version.noncurrentSince ?? version.lastModified;
      if (isOver(key, since, (rule) => rule.noncurrentDays)) over.versions.push(version);
    }
  }
  for (const upload of bucket.uploads.values()) {
    if (isOver(upload.key, upload.initiated, (rule) => rule.abortUploadDays)) over.uploadIds.push(upload.uploadId);
  }
  return over;
}

function prefixOf(rule: LifecycleRule): string {
  return rule.prefix ?? rule.filter?.prefix ?? "";
}
