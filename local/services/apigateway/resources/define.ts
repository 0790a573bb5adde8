import { z } from "zod";
import { AwsError, UserError } from "../../../kernel/errors.ts";
import type { Place } from "../../../kernel/place.ts";
import { type CrossMistake, withCrossChecks } from "../../../resource-types/cross-checks.ts";
import { ownTags, type Tags, tagsAll } from "../../../resource-types/default-tags.ts";
import { goneError } from "../../../resource-types/define.ts";
import {
  type AutoName,
  type Canonicalize,
  defineResourceType,
  type Properties,
  type ResourceContext,
  type ResourceType,
} from "../../../resource-types/resource-type.ts";
import { tagMap } from "../../../resource-types/tags.ts";
import type { RestApi } from "../api.ts";
import type { Mistake } from "../control/mistakes.ts";
import type { ApiGatewayStore } from "../store.ts";

/** Where a resource of API Gateway lives, and the service that has it. */
export interface GatewayPlace extends Place {
  readonly store: ApiGatewayStore;
  readonly partition: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly now: number;
  readonly context: ResourceContext<ApiGatewayStore>;
  /** The API of this account and region. Throws NotFoundException. */
  api(id: string): RestApi;
}

/** A type of API Gateway, which gets its service as the store. */
export type GatewayResourceType = ResourceType<Properties, ApiGatewayStore>;

/** How an import names a resource: the parts of the name, and what they make. */
export interface ImportName {
  /** Such as `REST-API-ID/STAGE-NAME`, in the real provider's words. */
  readonly format: string;
  /** The inputs that the parts are; the last one is whatever is left. */
  readonly parts: readonly string[];
  /** The id in the state; default: the last part. */
  idOf?(parts: readonly string[], place: GatewayPlace): string;
}

/** What differs between the types of API Gateway. */
export interface GatewayType<S extends z.ZodObject> {
  readonly token: string;
  readonly inputs: S;
  readonly autoName?: AutoName;
  readonly replaceOn: readonly string[];
  readonly deleteBeforeReplace?: boolean;
  readonly computed?: readonly string[];
  readonly optionalComputed?: readonly string[];
  readonly recomputed?: Readonly<Record<string, readonly string[]>>;
  readonly canonical?: Readonly<Record<string, Canonicalize>>;
  readonly secretOutputs?: readonly string[];
  /** Where an import names it by more than its id. */
  readonly importName?: ImportName;
  /** What is wrong with inputs, of which some may be missing: unknown yet, or wrong by themselves. */
  mistakes?(inputs: Partial<z.output<S>>): readonly Mistake[];
  /** What is allowed but hardly meant. */
  warnings?(inputs: z.output<S>, urn: string): readonly { property: string; reason: string }[];
  /** Makes it; its id. Throws AwsError as the service would. */
  make(inputs: z.output<S>, place: GatewayPlace): string;
  /** Changes it in place. */
  change(id: string, inputs: z.output<S>, place: GatewayPlace): void;
  /**
   * Its outputs as the service has them. Throws a NotFoundException, or gives undefined, when it is gone.
   * @param state what was made, or the outputs as they were; in an import what its name says.
   */
  find(id: string, state: z.output<S>, place: GatewayPlace): Properties | undefined;
  remove(id: string, state: z.output<S>, place: GatewayPlace): void;
}

/** `region`, which every resource of the aws package takes, and tags. */
export const regionInput = { region: z.string().optional() };
export const tagsInput = { tags: tagMap.optional() };
/** A map of texts, empty when it is not given. */
export const textMap = z.record(z.string(), z.string()).default({});
/** A text that says nothing is none. */
export const unlessEmpty: Canonicalize = (value) => (value === "" ? undefined : value);

/** What the real provider makes of a time: RFC 3339, in seconds. */
export function timeText(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** The tags of a new or changed resource: the provider's defaults, then its own. */
export function allTags(tags: Tags | undefined, place: GatewayPlace): Record<string, string> {
  return tagsAll(tags, place.context);
}

/** `tags` and `tagsAll`, told from what the service has. */
export function tagOutputs(all: Tags, state: Properties, place: GatewayPlace): Properties {
  return { tags: ownTags(all, place.context, state), tagsAll: { ...all } };
}

/** ARN of a thing of the control plane: `/restapis/…`. */
export function arnOf({ partition, region }: GatewayPlace, path: string): string {
  return `arn:${partition}:apigateway:${region}::${path}`;
}

function placeOf(inputs: Properties, context: ResourceContext<ApiGatewayStore>): GatewayPlace {
  const { store } = context;
  const { accountId, partition } = context;
  const region = typeof inputs["region"] === "string" ? inputs["region"] : context.region;
  const where = { accountId, region };
  const now = store.ports.clock.now();
  return { store, ...where, partition, now, context, api: (id) => store.apis.require(id, where) };
}

/** A Pulumi resource type from what differs. */
export function defineGatewayType<S extends z.ZodObject>(type: GatewayType<S>): GatewayResourceType {
  type Inputs = z.output<S>;
  const { token, importName, mistakes, make, change, find, remove, inputs: given, ...settings } = type;
  const outputs = (id: string, state: Inputs, place: GatewayPlace): Properties | undefined => {
    const found = unlessGone(() => find(id, state, place));
    return found && { region: place.region, ...found };
  };
  const made = (id: string, inputs: Inputs, place: GatewayPlace): Properties => {
    const found = outputs(id, inputs, place);
    if (!found) throw new Error(`${token} ${id} is gone as soon as it is made`);
    return found;
  };
  const inputs = mistakes ? withCrossChecks(given, (sound) => mistakes(sound).map(asCrossMistake)) : given;
  return defineResourceType<Inputs, ApiGatewayStore>({
    token,
    ...settings,
    inputs: inputs as unknown as z.ZodType<Inputs>,
    replaceOn: ["region", ...type.replaceOn],
    ...(importName ? namedIn(importName) : {}),
    create(inputs, context) {
      const place = placeOf(inputs, context);
      const id = make(inputs, place);
      return { id, outputs: made(id, inputs, place) };
    },
    read(id, state, context) {
      if (importName?.parts.some((part) => part !== ID && state[part] === undefined)) {
        throw new UserError(`Unexpected format of ID ("${id}"), expected ${importName.format}`);
      }
      return outputs(id, state as Inputs, placeOf(state, context));
    },
    update(id, inputs, olds, context) {
      const place = placeOf(inputs, context);
      if (!outputs(id, olds as Inputs, place)) throw goneError(`${token} ${id}`, "NotFoundException");
      change(id, inputs, place);
      return made(id, inputs, place);
    },
    delete(id, state, context) {
      const place = placeOf(state, context);
      unlessGone(() => remove(id, state as Inputs, place));
    },
  });
}

/** As a part of an import's name: the id in the state. */
export const ID = "id";

function namedIn(importName: ImportName): Pick<GatewayResourceType, "idOf" | "stateOf"> {
  return {
    idOf(name, context) {
      const parts = partsOf(importName, name);
      if (!parts) return name;
      return importName.idOf?.(parts, placeOf({}, context)) ?? parts.at(-1) ?? name;
    },
    stateOf(name) {
      const parts = partsOf(importName, name) ?? [];
      return Object.fromEntries(
        importName.parts.flatMap((part, index) => (part === ID || !parts[index] ? [] : [[part, parts[index]]])),
      );
    },
  };
}

/** The parts of an import's name; undefined for an id as it stands in the state. */
function partsOf({ parts }: ImportName, name: string): readonly string[] | undefined {
  // Ids of APIs and plans are letters and digits; those in the state that have a slash in them have a hyphen before it.
  if (!/^[a-z0-9]+\//i.test(name)) return undefined;
  const given = name.split("/");
  const found = [...given.slice(0, parts.length - 1), given.slice(parts.length - 1).join("/")];
  return given.length >= parts.length && found.every((part) => part !== "") ? found : undefined;
}

function asCrossMistake({ path, error }: Mistake): CrossMistake {
  return { path: [...path], reason: error.message };
}

/** What an API that is gone had in it is nothing, not an error. */
function unlessGone<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof AwsError && error.status === 404) return undefined;
    throw error;
  }
}
