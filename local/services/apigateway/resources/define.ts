import { z } from "zod";
import { AwsError, UserError } from "../../../kernel/errors.ts";
import { type CrossMistake, withCrossChecks } from "../../../resource-types/cross-checks.ts";
import { type Definition, define } from "../../../resource-types/define.ts";
import type { Canonicalize, Properties, ResourceContext, ResourceType } from "../../../resource-types/resource-type.ts";
import type { RestApi } from "../api.ts";
import type { Mistake } from "../control/mistakes.ts";
import type { ApiGatewayStore } from "../store.ts";

/** The context of a type of API Gateway. */
export interface GatewayContext extends ResourceContext<ApiGatewayStore> {
  /** Cloud time, milliseconds since the epoch. */
  readonly now: number;
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
  idOf?(parts: readonly string[], context: ResourceContext<ApiGatewayStore>): string;
}

type Verbs = "make" | "find" | "change" | "remove";
type Refined = "inputs" | "idOf" | "stateOf" | "check" | "warnings" | "isPut" | "isGlobal";

/** A type of API Gateway by its four verbs, which are those of `define`. */
export interface GatewayType<S extends z.ZodObject>
  extends Omit<Definition<unknown, ApiGatewayStore>, Verbs | Refined> {
  readonly inputs: S;
  /** Where an import names it by more than its id. */
  readonly importName?: ImportName;
  /** What is wrong with inputs, of which some may be missing: unknown yet, or wrong by themselves. */
  mistakes?(inputs: Partial<z.output<S>>): readonly Mistake[];
  /** Warnings about arguments that are allowed but probably a mistake. */
  warnings?(inputs: z.output<S>, urn: string): readonly { property: string; reason: string }[];
  /** Creates it; returns its id. */
  make(inputs: z.output<S>, context: GatewayContext): string;
  /** Its outputs; undefined, or a NotFoundException, when it is gone. */
  find(id: string, state: z.output<S>, context: GatewayContext): Properties | undefined;
  /** Updates it in place; left out when every change replaces it. */
  change?(id: string, inputs: z.output<S>, context: GatewayContext): void;
  /** Deletes it; not called for one that is gone. */
  remove(id: string, context: GatewayContext, state: z.output<S>): void;
}

/** A map of texts, empty when it is not given. */
export const textMap = z.record(z.string(), z.string()).default({});
/** A text that says nothing is none. */
export const unlessEmpty: Canonicalize = (value) => (value === "" ? undefined : value);

/** What the real provider makes of a time: RFC 3339, in seconds. */
export function timeText(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** ARN of a thing of the control plane: `/restapis/…`. */
export function arnOf({ partition, region }: ResourceContext, path: string): string {
  return `arn:${partition}:apigateway:${region}::${path}`;
}

function inGateway(context: ResourceContext<ApiGatewayStore>): GatewayContext {
  const { ports, apis } = context.store;
  return { ...context, now: ports.clock.now(), api: (id) => apis.require(id, context) };
}

/** `define` for API Gateway: with its context, its checks, its import names and its NotFoundException. */
export function defineGatewayType<S extends z.ZodObject>(type: GatewayType<S>): GatewayResourceType {
  type Inputs = z.output<S>;
  const { importName, mistakes, make, change, find, remove, inputs: given, ...settings } = type;
  const inputs = mistakes ? withCrossChecks(given, (sound) => mistakes(sound).map(asCrossMistake)) : given;
  return define<Inputs, ApiGatewayStore>({
    ...settings,
    ...(importName && namedIn(importName)),
    inputs: inputs as unknown as z.ZodType<Inputs>,
    make: (inputs, context) => make(inputs, inGateway(context)),
    find(id, state, context) {
      if (importName?.parts.some((part) => part !== ID && state[part] === undefined)) {
        throw new UserError(`Unexpected format of ID ("${id}"), expected ${importName.format}`);
      }
      return unlessGone(() => find(id, state as Inputs, inGateway(context)));
    },
    ...(change && { change: (id, inputs, context) => change(id, inputs, inGateway(context)) }),
    remove: (id, context, state) => remove(id, inGateway(context), state as Inputs),
  });
}

/** As a part of an import's name: the id in the state. */
export const ID = "id";

function namedIn(importName: ImportName): Pick<GatewayResourceType, "idOf" | "stateOf"> {
  return {
    idOf(name, context) {
      const parts = partsOf(importName, name);
      if (!parts) return name;
      return importName.idOf?.(parts, context) ?? parts.at(-1) ?? name;
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

/** NotFoundException, such as of an API that is gone with all that it had, is undefined. */
function unlessGone<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof AwsError && error.status === 404) return undefined;
    throw error;
  }
}
