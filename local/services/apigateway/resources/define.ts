import { z } from "zod";
import { AwsError } from "../../../errors.ts";
import {
  type AutoName,
  defineResourceType,
  type Properties,
  type ResourceContext,
  type ResourceType,
} from "../../../provider/resource-type.ts";
import type { ApiGatewayService } from "../service.ts";

/** Where a resource of API Gateway lives, and the service that has it. */
export interface Place {
  readonly gateway: ApiGatewayService;
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly now: number;
  readonly context: ResourceContext;
}

/** What differs between the types of API Gateway. */
export interface GatewayType<I> {
  readonly token: string;
  readonly inputs: z.ZodType<I>;
  readonly autoName?: AutoName;
  readonly replaceOn: readonly string[];
  readonly deleteBeforeReplace?: boolean;
  /** Makes it; its id. Throws AwsError as the service would. */
  make(inputs: I, place: Place): string;
  /** Changes it in place. Default: making it again does. */
  change?(id: string, inputs: I, place: Place): void;
  /** Computed outputs; may throw an AwsError when it is gone. */
  computed?(id: string, inputs: I, place: Place): Properties;
  /** Whether it is still there. */
  exists(id: string, inputs: I, place: Place): boolean;
  remove(id: string, inputs: I, place: Place): void;
}

/** `region`, which every resource of the aws package takes, and tags. */
export const regionInput = { region: z.string().optional() };
export const tagsInput = { tags: z.record(z.string(), z.string()).optional() };
/** A map of texts, empty when it is not given. */
export const textMap = z.record(z.string(), z.string()).default({});

function placeOf(inputs: unknown, context: ResourceContext): Place {
  return {
    gateway: context.cloud.services.apigateway,
    accountId: context.accountId,
    region: (inputs as { region?: string }).region ?? context.region,
    partition: context.partition,
    now: context.cloud.clock.now(),
    context,
  };
}

/** The tags of a resource: the provider's defaults, then its own. */
export function allTags(tags: Readonly<Record<string, string>> | undefined, place: Place): Record<string, string> {
  return { ...place.context.defaultTags, ...tags };
}

/** A Pulumi resource type from what differs. A preview makes nothing and leaves computed outputs out. */
export function defineGatewayType<I extends object>(type: GatewayType<I>): ResourceType {
  const outputs = (id: string, inputs: I, place: Place): Properties => ({
    ...inputs,
    region: place.region,
    ...type.computed?.(id, inputs, place),
  });
  const gone = (id: string) =>
    new AwsError(
      "NotFoundException",
      `${type.token} ${id} is not in the local cloud, which keeps nothing when it ends; run \`pulumi up --refresh\` to build it again.`,
      404,
    );
  return defineResourceType<I>({
    token: type.token,
    inputs: type.inputs,
    ...(type.autoName ? { autoName: type.autoName } : {}),
    replaceOn: ["region", ...type.replaceOn],
    deleteBeforeReplace: type.deleteBeforeReplace ?? false,
    create(inputs, context) {
      const place = placeOf(inputs, context);
      const id = type.make(inputs, place);
      return { id, outputs: outputs(id, inputs, place) };
    },
    read(id, state, context) {
      const inputs = state as I;
      const place = placeOf(inputs, context);
      return exists(type, id, inputs, place) ? outputs(id, inputs, place) : undefined;
    },
    update(id, inputs, _olds, context) {
      const place = placeOf(inputs, context);
      if (!exists(type, id, inputs, place)) throw gone(id);
      if (type.change) type.change(id, inputs, place);
      else type.make(inputs, place);
      return outputs(id, inputs, place);
    },
    delete(id, state, context) {
      const inputs = state as I;
      const place = placeOf(inputs, context);
      if (exists(type, id, inputs, place)) type.remove(id, inputs, place);
    },
  });
}

/** What a part of an API that is gone leaves is nothing, not an error. */
function exists<I>(type: GatewayType<I>, id: string, inputs: I, place: Place): boolean {
  try {
    return type.exists(id, inputs, place);
  } catch (error) {
    if (error instanceof AwsError && error.status === 404) return false;
    throw error;
  }
}
