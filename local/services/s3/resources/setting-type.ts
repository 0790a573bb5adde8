import { z } from "zod";
import { AwsError } from "../../../kernel/errors.ts";
import { define, regionInput } from "../../../resource-types/define.ts";
import { inputNames } from "../../../resource-types/input-schema.ts";
import type { Properties, ResourceContext, ResourceType } from "../../../resource-types/resource-type.ts";
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
export const target = { ...regionInput, bucket: z.string().min(1, "must be the name of a bucket") };

/** The inputs of a setting that names its bucket and, optionally, the expected owner. */
export const ownedTarget = {
  ...target,
  expectedBucketOwner: z
    .string()
    .regex(/^(\d{12})?$/, "must be an account's id, twelve digits")
    .default(""),
};

/** A resource type whose id is `bucket` or `bucket,expectedBucketOwner`. */
export function settingType<I extends { bucket: string; expectedBucketOwner?: string }>(
  setting: Setting<I>,
): ResourceType<Properties, S3Store> {
  const { put, remove, get, ...common } = setting;
  const hasOwner = inputNames(setting as unknown as ResourceType).includes("expectedBucketOwner");
  const parse = (id: string) => {
    const [name = "", owner = ""] = hasOwner ? id.split(",") : [id];
    return { name, owner };
  };
  const bucketOf = (id: string, context: ResourceContext<S3Store>): Bucket => {
    const { name, owner } = parse(id);
    return expected(requireOwnBucket(context, name), owner);
  };
  return define<I, S3Store>({
    ...common,
    replaceOn: ["bucket", ...(hasOwner ? ["expectedBucketOwner"] : [])],
    // Deleted last, the old setting would remove the new one if both are of the same bucket.
    deleteBeforeReplace: true,
    isPut: true,
    make(inputs, context) {
      const id = inputs.expectedBucketOwner ? `${inputs.bucket},${inputs.expectedBucketOwner}` : inputs.bucket;
      put(bucketOf(id, context), inputs, context);
      return id;
    },
    find(id, state, context) {
      const { name, owner } = parse(id);
      const bucket = findOwnBucket(context, name);
      const found = bucket && get(expected(bucket, owner), state);
      if (!found) return undefined;
      return { ...found, bucket: name, ...(hasOwner ? { expectedBucketOwner: owner } : {}), region: bucket.region };
    },
    change: (id, inputs, context) => put(bucketOf(id, context), inputs, context),
    remove: (id, context, state) => remove(bucketOf(id, context), context, state),
  });
}

function expected(bucket: Bucket, owner: string): Bucket {
  if (!owner || owner === bucket.accountId) return bucket;
  throw new AwsError("AccessDenied", `Access Denied: ${bucket.name} does not belong to ${owner}.`, 403);
}
