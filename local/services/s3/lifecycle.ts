import type { Bucket } from "./bucket.ts";

const DAY_MS = 86_400_000;

/** What the local cloud does of a lifecycle rule: objects under a prefix expire after days, unfinished uploads too. */
export interface LifecycleRule {
  readonly id: string;
  readonly isEnabled: boolean;
  readonly prefix: string;
  /** Days after which an object expires. */
  readonly expirationDays?: number;
  /** Days after which an unfinished multipart upload is dropped. */
  readonly abortUploadDays?: number;
}

/** The midnight (UTC) at which something of age zero at `since` is `days` old, rounded up as S3 does. Milliseconds since the epoch. */
export function expiresAt(since: number, days: number): number {
  return Math.ceil((since + days * DAY_MS) / DAY_MS) * DAY_MS;
}

/** The next midnight, UTC, after `now`. */
export function nextMidnight(now: number): number {
  return (Math.floor(now / DAY_MS) + 1) * DAY_MS;
}

/** Keys and uploads of `bucket` whose time is over at `now`. */
export function expired(bucket: Bucket, now: number): { keys: string[]; uploadIds: string[] } {
  const rules = bucket.lifecycleRules.filter((rule) => rule.isEnabled);
  const isOver = (key: string, since: number, days: (rule: LifecycleRule) => number | undefined) =>
    rules.some((rule) => {
      const limit = days(rule);
      return limit !== undefined && key.startsWith(rule.prefix) && expiresAt(since, limit) <= now;
    });
  return {
    keys: [...bucket.objects()]
      .filter((object) => isOver(object.key, object.lastModified, (rule) => rule.expirationDays))
      .map((object) => object.key),
    uploadIds: [...bucket.uploads.values()]
      .filter((upload) => isOver(upload.key, upload.initiated, (rule) => rule.abortUploadDays))
      .map((upload) => upload.uploadId),
  };
}
