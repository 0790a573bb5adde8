import { AwsError } from "../../kernel/errors.ts";
import type { Tags } from "../../resource-types/default-tags.ts";
import { MAX_TAGS, tagMistakes, tagsByKey, type WireTag } from "../../resource-types/tags.ts";

const REPEATED_KEY = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";

/**
 * The violations of these tags: those of all services, and keys that differ only in case. Without `key`, it is about
 * all tags.
 */
export function iamTagMistakes(tags: Tags): readonly { key?: string; message: string }[] {
  const keys = Object.keys(tags);
  const lower = keys.map((key) => key.toLowerCase());
  const repeated = keys.filter((_key, index) => lower.indexOf(lower[index] ?? "") !== index);
  return [...repeated.map((key) => ({ key, message: REPEATED_KEY })), ...tagMistakes(tags)];
}

/**
 * Tags with these added; a key replaces one that differs only in case.
 * @throws AwsError InvalidInput, LimitExceeded.
 */
export function withTags(tags: Tags, added: readonly WireTag[]): Tags {
  const more = tagsByKey(added);
  const [mistake] = iamTagMistakes(more);
  if (mistake) throw new AwsError("InvalidInput", mistake.message);
  if (Object.keys(more).length < added.length) throw new AwsError("InvalidInput", REPEATED_KEY);
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

/** Tags without these keys, in any case. */
export function withoutTags(tags: Tags, keys: readonly string[]): Tags {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key.toLowerCase())));
}
