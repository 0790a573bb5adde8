import { z } from "zod";
import { AwsError } from "../../../kernel/errors.ts";
import { inputNames } from "../../../resource-types/input-schema.ts";
import {
  defineResourceType,
  type Properties,
  type ResourceContext,
  type ResourceType,
} from "../../../resource-types/resource-type.ts";
import type { Bucket } from "../bucket.ts";
import type { S3Store } from "../store.ts";
import { findOwnBucket, requireOwnBucket } from "./own-bucket.ts";

/** A setting of a bucket that is a resource type of its own. */
export interface Setting<I extends { bucket: string }>
  extends Pick<ResourceType<I>, "token" | "inputs" | "canonical" | "optionalComputed"> {
  put(bucket: Bucket, inputs: I, context: ResourceContext<S3Store>): void;
  /** Removes the setting from the bucket. */
  remove(bucket: Bucket, context: ResourceContext<S3Store>, state: Properties): void;
  /**
   * The current setting, by the names of the inputs; undefined when there is none.
   * @param state the inputs or outputs before, for what S3 does not store.
   */
  get(bucket: Bucket, state: Properties): Properties | undefined;
}

/** The inputs of a setting that names only its bucket. */
export const target = { bucket: z.string().min(1, "must be the name of a bucket"), region: z.string().optional() };

/** The inputs of a setting that names its bucket and, optionally, the expected owner. */
export const ownedTarget = {
  ...target,
  expectedBucketOwner: z
    .string()
    .regex(/^(\d{12})?$/, "must be an account's id, twelve digits")
    .default(""),
};

/** A resource type whose id is the bucket, or `bucket,expectedBucketOwner`. */
export function settingType<I extends { bucket: string; expectedBucketOwner?: string }>(
  setting: Setting<I>,
): ResourceType {
  const { put, remove, get, ...common } = setting;
  const outputsOf = (bucket: Bucket, state: Properties, expectedOwner: string): Properties | undefined => {
    const found = get(bucket, state);
    return (
      found && {
        ...found,
        bucket: bucket.name,
        ...(hasOwner(type) ? { expectedBucketOwner: expectedOwner } : {}),
        region: bucket.region,
      }
    );
  };
  const set = (bucket: Bucket, inputs: I, context: ResourceContext<S3Store>): Properties => {
    put(bucket, inputs, context);
    return outputsOf(bucket, inputs, inputs.expectedBucketOwner ?? "") ?? {};
  };
  const type = defineResourceType<I, S3Store>({
    ...common,
    replaceOn: ["bucket", "region", "expectedBucketOwner"],
    deleteBeforeReplace: true, // or the old one, deleted last, would take the new one along when both are the same bucket's
    create(inputs, context) {
      const bucket = expected(requireOwnBucket(context, inputs.bucket), inputs.expectedBucketOwner);
      const id = inputs.expectedBucketOwner ? `${bucket.name},${inputs.expectedBucketOwner}` : bucket.name;
      return { id, outputs: set(bucket, inputs, context) };
    },
    read(id, state, context) {
      const { name, owner } = parseId(id, type);
      const bucket = findOwnBucket(context, name);
      return bucket && outputsOf(expected(bucket, owner), state, owner);
    },
    update(id, inputs, _olds, context) {
      const { name, owner } = parseId(id, type);
      return set(expected(requireOwnBucket(context, name), owner), inputs, context);
    },
    delete(id, state, context) {
      const bucket = findOwnBucket(context, parseId(id, type).name);
      if (bucket) remove(bucket, context, state);
    },
  });
  return type;
}

function hasOwner(type: ResourceType): boolean {
  return inputNames(type).includes("expectedBucketOwner");
}

/** Reads `bucket` or `bucket,expectedBucketOwner`. */
function parseId(id: string, type: ResourceType): { name: string; owner: string } {
  const [name = "", owner = ""] = hasOwner(type) ? id.split(",") : [id];
  return { name, owner };
}

function expected(bucket: Bucket, owner: string | undefined): Bucket {
  if (!owner || owner === bucket.accountId) return bucket;
  throw new AwsError("AccessDenied", `Access Denied: ${bucket.name} does not belong to ${owner}.`, 403);
}
