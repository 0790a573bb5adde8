import { AwsError } from "../../errors.ts";
import type { Tags } from "../../provider/tags.ts";

/** How many tags a role or a policy may have. */
export const MAX_TAGS = 50;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** What IAM has against these tags: a key (or "" for them as a whole) and the reason, each in words. Keys count as the same whatever their case. */
export function tagMistakes(tags: Tags): readonly { key: string; reason: string }[] {
  const seen = new Set<string>();
  const mistakes = Object.entries(tags).flatMap(([key, value]) => {
    const isRepeated = seen.has(key.toLowerCase());
    seen.add(key.toLowerCase());
    const reason = isRepeated
      ? "Duplicate tag keys found. Please note that Tag keys are case insensitive."
      : tagMistake(key, value);
    return reason ? [{ key, reason }] : [];
  });
  const isTooMany = Object.keys(tags).length > MAX_TAGS;
  return isTooMany ? [...mistakes, { key: "", reason: `has more than ${MAX_TAGS} tags` }] : mistakes;
}

function tagMistake(key: string, value: string): string | undefined {
  if (key === "" || key.length > MAX_KEY_LENGTH) return `a tag's key has 1 to ${MAX_KEY_LENGTH} characters`;
  if (key.toLowerCase().startsWith("aws:")) return "aws: prefixed tag key names are not allowed for external use.";
  if (value.length > MAX_VALUE_LENGTH) return `a tag's value has up to ${MAX_VALUE_LENGTH} characters`;
  if (!ALLOWED.test(key) || !ALLOWED.test(value)) {
    return "a tag may hold letters, digits, white space and _.:/=+-@ only";
  }
  return undefined;
}

/** Tags with others put over them; a key that is there in another case is replaced. @throws AwsError InvalidInput, LimitExceeded. */
export function withTags(tags: Tags, added: readonly { Key: string; Value: string }[]): Tags {
  const more = Object.fromEntries(added.map(({ Key, Value }) => [Key, Value]));
  const [mistake] = tagMistakes(more);
  if (mistake || Object.keys(more).length < added.length) {
    const reason = mistake?.reason ?? "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
    throw new AwsError("InvalidInput", reason);
  }
  const merged = {
    ...withoutTags(
      tags,
      added.map(({ Key }) => Key),
    ),
    ...more,
  };
  if (Object.keys(merged).length > MAX_TAGS) {
    throw new AwsError("LimitExceeded", `The number of tags has reached the maximum limit: ${MAX_TAGS}.`, 409);
  }
  return merged;
}

/** Tags without those of these keys, in whatever case. */
export function withoutTags(tags: Tags, keys: readonly string[]): Tags {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key.toLowerCase())));
}

/** Tags as IAM's wire has them. */
export function tagList(tags: Tags): readonly { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
