import { z } from "zod";
import type { AwsError } from "../kernel/errors.ts";
import type { Tags } from "./default-tags.ts";

/** Limits for the tags of most resources (AWS General Reference, "Tag naming limits and requirements"). */
export const MAX_TAGS = 50;
const MAX_TAG_KEY_CHARACTERS = 128;
const MAX_TAG_VALUE_CHARACTERS = 256;

const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Tags as an argument of a resource type: each mistake at its own key. */
export const tagMap = z.record(z.string(), z.string()).superRefine((tags, context) => {
  for (const { key, message } of tagMistakes(tags)) {
    context.addIssue({ code: "custom", path: key === undefined ? [] : [key], message });
  }
});

/** Why AWS would refuse these tags; without `key` for a mistake of all tags together. */
export function tagMistakes(tags: Tags): readonly { key?: string; message: string }[] {
  const count = Object.keys(tags).length;
  const tooMany =
    count > MAX_TAGS ? [{ message: `has ${count} tags; a resource has at most ${MAX_TAGS}: remove some` }] : [];
  return [...tooMany, ...Object.entries(tags).flatMap(([key, value]) => mistakesOf(key, value))];
}

/** Whether a tag's key or value has allowed characters only. */
export function hasTagCharacters(text: string): boolean {
  return ALLOWED.test(text);
}

/** A tag in most services' wire format. */
export interface WireTag {
  readonly Key: string;
  readonly Value: string;
}

/** Tags by key → wire format. */
export function tagList(tags: Tags): readonly WireTag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Wire format → tags by key; the last one of a key counts. */
export function tagsByKey(list: readonly Partial<WireTag>[]): Record<string, string> {
  return Object.fromEntries(list.map(({ Key = "", Value = "" }) => [Key, Value]));
}

/**
 * Tags with these added; those of the same key are replaced.
 * @param tooMany makes the service's error for more than `MAX_TAGS`.
 */
export function tagsWith(tags: Tags, added: Tags, tooMany: () => AwsError): Tags {
  const all = { ...tags, ...added };
  if (Object.keys(all).length > MAX_TAGS) throw tooMany();
  return all;
}

/** Tags without those that have one of these keys. */
export function tagsWithout(tags: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
}

function mistakesOf(key: string, value: string): { key: string; message: string }[] {
  const failures: string[] = [];
  if (key.length === 0 || key.length > MAX_TAG_KEY_CHARACTERS) {
    failures.push(`a tag's key has 1 to ${MAX_TAG_KEY_CHARACTERS} characters, this one ${key.length}`);
  }
  if (/^aws:/i.test(key)) failures.push(`tag keys that begin with aws: are reserved for AWS (${key})`);
  if (value.length > MAX_TAG_VALUE_CHARACTERS) {
    failures.push(`a tag's value has at most ${MAX_TAG_VALUE_CHARACTERS} characters, this one ${value.length}`);
  }
  if (!hasTagCharacters(key) || !hasTagCharacters(value)) {
    failures.push(`tags consist of letters, digits, spaces and _ . : / = + - @ (${key}: ${value})`);
  }
  return failures.map((message) => ({ key, message }));
}
