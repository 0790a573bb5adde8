import type { Bucket } from "./bucket.ts";

const DAY_MS = 86_400_000;

/** What the local cloud does of a lifecycle rule: objects under a prefix expire after days, so do old versions and unfinished uploads. */
export interface LifecycleRule {
  readonly id: string;
  readonly isEnabled: boolean;
  /** Which objects it is about: all where there is no prefix. */
  readonly filter?: { readonly prefix?: string };
  /** The same in S3's older form; a rule has one of the two. */
  readonly prefix?: string;
  /** Days after which an object expires. */
  readonly expirationDays?: number;
  /** Days after which a version that is not the newest any more is removed. */
  readonly noncurrentDays?: number;
  /** Days after which an unfinished multipart upload is dropped. */
  readonly abortUploadDays?: number;
}

/** From how many bytes on objects move to another storage class, which none does here. */
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

/** The midnight (UTC) at which something of age zero at `since` is `days` old, rounded up as S3 does. Milliseconds since the epoch. */
export function expiresAt(since: number, days: number): number {
  return Math.ceil((since + days * DAY_MS) / DAY_MS) * DAY_MS;
}

/** The next midnight, UTC, after `now`. */
export function nextMidnight(now: number): number {
  return (Math.floor(now / DAY_MS) + 1) * DAY_MS;
}

/** What of a bucket's content is over. */
export interface Expired {
  /** Current objects: deleted as by a client. */
  readonly keys: string[];
  /** Old versions, and delete markers that hide nothing any more: removed for good. */
  readonly versions: { readonly key: string; readonly versionId: string }[];
  readonly uploadIds: string[];
}

/** What of `bucket` the lifecycle rules end at `now`. */
export function expired(bucket: Bucket, now: number): Expired {
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
