import type { AwsError } from "../kernel/errors.ts";
import type { Verb } from "../kernel/verbs.ts";
import type { Tags } from "./default-tags.ts";
import { tagsByKey, tagsWith, tagsWithout, type WireTag } from "./tags.ts";

/** Where a service keeps a resource's tags, and how it refuses some. */
export interface TagRules<T> {
  /** The tags of a resource; undefined for one that never had any. */
  of(thing: T): Tags | undefined;
  set(thing: T, tags: Tags): void;
  /** Checks added tags by the service's rules. @throws AwsError */
  check?(added: Tags, thing: T): void;
  /** The service's error for more than 50. */
  tooMany(thing: T): AwsError;
}

/** The verbs that add and remove a resource's tags, for `operationsOn`; both answer nothing. */
export function tagVerbs<T>({ of, set, check, tooMany }: TagRules<T>) {
  return {
    add: {
      isSilent: true,
      run(thing: T, { Tags: given }: { readonly Tags: Tags | readonly Partial<WireTag>[] }) {
        const added = Array.isArray(given) ? tagsByKey(given) : (given as Tags);
        check?.(added, thing);
        set(
          thing,
          tagsWith(of(thing) ?? {}, added, () => tooMany(thing)),
        );
      },
    },
    remove: {
      isSilent: true,
      run(thing: T, { TagKeys }: { readonly TagKeys: readonly string[] }) {
        const tags = of(thing);
        if (tags) set(thing, tagsWithout(tags, TagKeys));
      },
    },
  } satisfies Record<string, Verb<never, T>>;
}
