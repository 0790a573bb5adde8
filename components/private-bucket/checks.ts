import { matches, oneOf, type Problem, wholeNumber } from "../checks.ts";
import { arnRules } from "../defaults/arns.ts";
import { RemovalPolicy } from "../defaults/removal.ts";
import { MAX_RETENTION_DAYS } from "../defaults/s3.ts";
import type { BucketSettings, PrefixRetentionArgs, PrivateBucketArgs } from "./args.ts";

/** Everything that is wrong with the args of a `PrivateBucket`. */
export function problems(args: PrivateBucketArgs): Problem[] {
  const { retentionDays, retentionByPrefix = [], removalPolicy } = args;
  const nested = retentionByPrefix.flatMap(({ prefix }, index) =>
    retentionByPrefix
      .filter((other, position) => position !== index && other.prefix.startsWith(prefix))
      .map((other) => [prefix, other.prefix] as const),
  );
  return [
    ...settingsProblems(args),
    ...retentionProblems(args, { retentionDays, ...daysByPrefix(retentionByPrefix) }),
    wholeNumber("retentionDays", retentionDays, 0, MAX_RETENTION_DAYS),
    retentionDays !== undefined && retentionByPrefix.length > 0
      ? "retentionDays is given with retentionByPrefix; S3 would take the shorter time of the two: leave one out"
      : undefined,
    ...retentionByPrefix.map(({ prefix, days }) =>
      wholeNumber(`retentionByPrefix: days of "${prefix}"`, days, 0, MAX_RETENTION_DAYS),
    ),
    ...nested.map(
      ([outer, inner]) =>
        `retentionByPrefix has "${inner}" below "${outer}"; ` +
        `S3 would take the shorter time of the two: give prefixes apart from each other`,
    ),
    oneOf("removalPolicy", removalPolicy, RemovalPolicy),
  ];
}

function daysByPrefix(retentionByPrefix: readonly PrefixRetentionArgs[]): Record<string, number> {
  return Object.fromEntries(retentionByPrefix.map(({ prefix, days }) => [`retentionByPrefix of "${prefix}"`, days]));
}

/**
 * Everything that is wrong with the settings of a bucket.
 *
 * @param at prefix of the settings' names in messages, such as `parked.`
 */
export function settingsProblems({ existing, kmsKeyArn, versioning }: BucketSettings = {}, at = ""): Problem[] {
  return [
    matches(`${at}existing`, existing, arnRules.bucket),
    matches(`${at}kmsKeyArn`, kmsKeyArn, arnRules.kmsKey),
    existing !== undefined && versioning !== undefined
      ? `${at}versioning is given with ${at}existing, whose versioning stays as it is: leave one of them out`
      : undefined,
  ];
}

/**
 * Retentions that would have no effect, because no expiry is set on a bucket that exists already.
 *
 * @param retentions days by the name of the component's arg
 * @param at prefix of the settings' names in messages
 */
export function retentionProblems(
  { existing }: BucketSettings = {},
  retentions: Readonly<Record<string, number | undefined>>,
  at = "",
): Problem[] {
  if (existing === undefined) return [];
  return Object.entries(retentions).map(([arg, days]) =>
    days === undefined || days === 0
      ? undefined
      : `${arg} is ${days}, and ${at}existing is given; nothing sets an expiry on a bucket that exists already: ` +
        `leave ${arg} out, or ${at}existing`,
  );
}
