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
 * A resource type by its four verbs. The context's region is that of the resource, which may differ from the
 * provider's. With an input `tags`, `make` and `change` get all tags, the provider's default tags included, and `find`
 * returns all tags on the service: the outputs `tags` and `tagsAll` are made of them.
 */
export interface Definition<I, S> extends Omit<ResourceType<I, S>, "inputs" | "create" | "read" | "update" | "delete"> {
  readonly inputs: z.ZodType<I>;
  /** Creates the resource; returns its id. @throws AwsError as the service would. */
  make(inputs: I, context: ResourceContext<S>): string | Promise<string>;
  /**
   * The outputs as the service has them; undefined when the resource is gone. `region` defaults to the context's.
   * @param state the inputs that it was just created or updated with, or the outputs before; in an import the parts of
   * its import id. Of `optionalComputed`, inputs that an update leaves out are those of the outputs before.
   */
  find(id: string, state: Properties, context: ResourceContext<S>): Properties | undefined;
  /** Inputs that the service does not store, with their defaults: outputs as they were given. */
  readonly unstored?: Properties;
  /** `change` also creates the resource if it is gone, such as a policy, which AWS only puts. */
  readonly isPut?: boolean;
  /** Updates the resource in place; left out when every change replaces it. */
  change?(id: string, inputs: I, context: ResourceContext<S>, olds: Properties): void | Promise<void>;
  /** Deletes the resource; not called for one that is gone. */
  remove(id: string, context: ResourceContext<S>, state: Properties): void | Promise<void>;
}

/** A Pulumi resource type from its definition. */
export function define<I extends object, S>(definition: Definition<I, S>): ResourceType<Properties, S> {
  const { make, find, change, remove, isPut = false, unstored = {}, ...settings } = definition;
  const names = inputNames(definition as unknown as ResourceType);
  const isTagged = names.includes("tags");
  const kept = (definition.optionalComputed ?? []).filter((name) => names.includes(name));
  const outputs = (id: string, state: Properties, context: ResourceContext<S>): Properties | undefined => {
    const stored = find(id, state, context);
    if (!stored) return undefined;
    const given = Object.entries(unstored).map(([name, usual]) => [name, state[name] ?? usual]);
    const found: Properties = { ...stored, ...Object.fromEntries(given) };
    const region = definition.isGlobal ? {} : { region: context.region };
    if (!isTagged) return { ...region, ...found };
    const { tags: all = {}, ...others } = found;
    const tags = ownTags(all as Tags, context, state);
    return { ...region, ...others, ...(tags && { tags }), tagsAll: { ...(all as Tags) } };
  };
  const made = (id: string, state: Properties, context: ResourceContext<S>): Properties => {
    const found = outputs(id, state, context);
    if (!found) throw new Error(`${definition.token} ${id} is gone as soon as it is created`);
    return found;
  };
  const withTags = (inputs: I, context: ResourceContext<S>): I =>
    isTagged ? { ...inputs, tags: tagsAll((inputs as { tags?: Tags }).tags, context) } : inputs;
  return defineResourceType<I, S>({
    ...settings,
    replaceOn: [...(names.includes("region") ? ["region"] : []), ...definition.replaceOn],
    async create(inputs, context) {
      const own = inItsRegion(context, inputs as Properties);
      const id = await make(withTags(inputs, own), own);
      return { id, outputs: made(id, inputs as Properties, own) };
    },
    read: (id, state, context) => outputs(id, state, inItsRegion(context, state)),
    async update(id, inputs, olds, context) {
      const own = inItsRegion(context, inputs as Properties);
      if (!isPut && !outputs(id, olds, own)) throw goneError(`${definition.token} ${id}`);
      await change?.(id, withTags(inputs, own), own, olds);
      return made(id, { ...pick(olds, kept), ...(inputs as Properties) }, own);
    },
    async delete(id, state, context) {
      const own = inItsRegion(context, state);
      if (outputs(id, state, own)) await remove(id, own, state);
    },
  });
}

function pick(values: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));
}

function inItsRegion<S>(context: ResourceContext<S>, state: Properties): ResourceContext<S> {
  const { region } = state;
  return typeof region === "string" ? { ...context, region } : context;
}

/**
 * The error for a resource that the state has and the local cloud does not.
 * @param what such as `The stream orders`.
 * @param code the service's error code.
 */
export function goneError(what: string, code = "ResourceNotFoundException"): AwsError {
  return new AwsError(
    code,
    `${what} is not in the local cloud, which keeps nothing when it ends; run \`pulumi up --refresh\` to build it again.`,
    404,
  );
}
