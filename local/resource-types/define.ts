import { z } from "zod";
import { AwsError } from "../kernel/errors.ts";
import { ownTags, type Tags, tagsAll } from "./default-tags.ts";
import { inputNames } from "./input-schema.ts";
import { defineResourceType, type Properties, type ResourceContext, type ResourceType } from "./resource-type.ts";
import { tagMap } from "./tags.ts";

/** `region`, which every resource of the aws package takes. */
export const regionInput = { region: z.string().optional() };

/** `region` and tags. */
export const taggedInput = { ...regionInput, tags: tagMap.optional() };

/**
 * What differs between the resource types of a service.
 *
 * The context's region is the resource's own, wherever the provider is. Where the inputs have `tags`, those that `make` and `change` get are all tags, the
 * provider's among them, and those that `find` gives are all that the service has: the outputs `tags`, `tagsAll` and `region` are made of that.
 */
export interface Definition<I, S>
  extends Omit<ResourceType<I, S>, "inputs" | "create" | "read" | "update" | "delete" | "isGlobal"> {
  readonly inputs: z.ZodType<I>;
  /** Makes it; its id. Throws AwsError as the service would. */
  make(inputs: I, context: ResourceContext<S>): string | Promise<string>;
  /**
   * Its outputs as the service has them; undefined when it is gone.
   * @param state the inputs that it was just made or changed with, or the outputs as they were; in an import what its name says.
   */
  find(id: string, state: Properties, context: ResourceContext<S>): Properties | undefined;
  /** Changes it in place; left out where every change makes a new one. */
  change?(id: string, inputs: I, context: ResourceContext<S>, olds: Properties): void | Promise<void>;
  /** Not called for one that is gone. */
  remove(id: string, context: ResourceContext<S>, state: Properties): void | Promise<void>;
}

/** A Pulumi resource type from what differs. */
export function define<I extends object, S>(definition: Definition<I, S>): ResourceType<Properties, S> {
  const { make, find, change, remove, ...settings } = definition;
  const isTagged = inputNames(definition as unknown as ResourceType).includes("tags");
  const outputs = (id: string, state: Properties, context: ResourceContext<S>): Properties | undefined => {
    const found = find(id, state, context);
    if (!found) return undefined;
    const all = (found["tags"] ?? {}) as Tags;
    const tags = isTagged ? { tags: ownTags(all, context, state), tagsAll: { ...all } } : {};
    return { ...found, ...tags, region: context.region };
  };
  const made = (id: string, state: Properties, context: ResourceContext<S>): Properties => {
    const found = outputs(id, state, context);
    if (!found) throw new Error(`${definition.token} ${id} is gone as soon as it is made`);
    return found;
  };
  const withTags = (inputs: I, context: ResourceContext<S>): I =>
    isTagged ? { ...inputs, tags: tagsAll((inputs as { tags?: Tags }).tags, context) } : inputs;
  return defineResourceType<I, S>({
    ...settings,
    replaceOn: ["region", ...definition.replaceOn],
    async create(inputs, context) {
      const own = inItsRegion(context, inputs as Properties);
      const id = await make(withTags(inputs, own), own);
      return { id, outputs: made(id, inputs as Properties, own) };
    },
    read: (id, state, context) => outputs(id, state, inItsRegion(context, state)),
    async update(id, inputs, olds, context) {
      const own = inItsRegion(context, inputs as Properties);
      if (!outputs(id, olds, own)) throw goneError(definition.token, id);
      await change?.(id, withTags(inputs, own), own, olds);
      return made(id, inputs as Properties, own);
    },
    async delete(id, state, context) {
      const own = inItsRegion(context, state);
      if (outputs(id, state, own)) await remove(id, own, state);
    },
  });
}

function inItsRegion<S>(context: ResourceContext<S>, state: Properties): ResourceContext<S> {
  const { region } = state;
  return typeof region === "string" ? { ...context, region } : context;
}

function goneError(token: string, id: string): AwsError {
  return new AwsError(
    "ResourceNotFoundException",
    `${token} ${id} is not in the local cloud, which keeps nothing when it ends; run \`pulumi up --refresh\` to build it again.`,
    404,
  );
}
