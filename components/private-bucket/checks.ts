import { oneOf, type Problem, wholeNumber } from "../checks.ts";
import { RemovalPolicy } from "../defaults/removal.ts";
import { MAX_RETENTION_DAYS } from "../defaults/s3.ts";
import type { PrivateBucketArgs } from "./args.ts";

/** Everything that is wrong with the args of a `PrivateBucket`. */
export function problems({ retentionDays, retentionByPrefix = [], removalPolicy }: PrivateBucketArgs): Problem[] {
  const nested = retentionByPrefix.flatMap(({ prefix }, index) =>
    retentionByPrefix
      .filter((other, position) => position !== index && other.prefix.startsWith(prefix))
      .map((other) => [prefix, other.prefix] as const),
  );
  return [
    wholeNumber("retentionDays", retentionDays, 0, MAX_RETENTION_DAYS),
    retentionDays !== undefined && retentionByPrefix.length > 0
      ? "retentionDays is given with retentionByPrefix; S3 would take the shorter time of the two: leave one out"
      : undefined,
    ...retentionByPrefix.map(({ prefix, days }) =>
      wholeNumber(`retentionByPrefix: days of "${prefix}"`, days, 0, MAX_RETENTION_DAYS),
    ),
    ...nested.map(
      ([outer, inner]) =>
        `retentionByPrefix has "${inner}" below "${outer}"; S3 would take the shorter time of the two: give prefixes apart from each other`,
    ),
    oneOf("removalPolicy", removalPolicy, RemovalPolicy),
  ];
}
