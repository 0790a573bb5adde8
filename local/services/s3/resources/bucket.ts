import { z } from "zod";
import { dnsSuffixOf } from "../../../../aws/partitions.ts";
import { AwsError } from "../../../kernel/errors.ts";
import { ownTags, tagsAll } from "../../../resource-types/default-tags.ts";
import { defineResourceType, type Properties, type ResourceContext } from "../../../resource-types/resource-type.ts";
import { tagList, tagMap } from "../../../resource-types/tags.ts";
import type { Bucket } from "../bucket.ts";
import { bucketNameMistakes } from "../bucket-name.ts";
import { setTags } from "../settings.ts";
import type { S3Store } from "../store.ts";
import { findOwnBucket, requireOwnBucket } from "./own-bucket.ts";

const inputs = z.strictObject({
  bucket: z.string().superRefine((name, context) => {
    for (const message of bucketNameMistakes(name)) context.addIssue({ code: "custom", message });
  }),
  forceDestroy: z.boolean().default(false),
  region: z.string().optional(),
  tags: tagMap.optional(),
});
type Inputs = z.infer<typeof inputs>;

/** Hosted zone of S3's website endpoints, by region; not all regions are known here. */
const hostedZones: Readonly<Record<string, string>> = {
  "us-east-1": "Z3AQBSTGFYJSTF",
  "us-east-2": "Z2O1EMRO9K5GLX",
  "us-west-1": "Z2F56UZL2M1ACD",
  "us-west-2": "Z3BJ6K6RIION7M",
  "eu-west-1": "Z1BKCTXD74EZPE",
  "eu-central-1": "Z21DNDUVLTQW6Q",
};

/** `aws.s3.Bucket`. Settings are resource types of their own; the deprecated inputs for them are refused. */
export const bucketType = defineResourceType<Inputs, S3Store>({
  token: "aws:s3/bucket:Bucket",
  inputs,
  autoName: { property: "bucket", maxLength: 63, shape: (name) => name.toLowerCase() },
  replaceOn: ["bucket", "region"],
  computed: [
    "arn",
    "bucketDomainName",
    "bucketRegion",
    "bucketRegionalDomainName",
    "hostedZoneId",
    "websiteDomain",
    "websiteEndpoint",
  ],
  create(news, context) {
    const region = news.region ?? context.region;
    const bucket = context.store.add(news.bucket, { accountId: context.accountId, region });
    return { id: bucket.name, outputs: configure(bucket, news, context) };
  },
  read(id, state, context) {
    const bucket = findOwnBucket(context, id);
    return bucket && outputsOf(bucket, state, context);
  },
  update: (id, news, _olds, context) => configure(requireOwnBucket(context, id), news, context),
  delete(id, state, context) {
    const bucket = findOwnBucket(context, id);
    if (bucket) remove(bucket, state["forceDestroy"] === true, context);
  },
});

function remove(bucket: Bucket, force: boolean, context: ResourceContext<S3Store>): void {
  try {
    context.store.remove(bucket, { force });
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "BucketNotEmpty") throw error;
    throw new AwsError(
      error.code,
      `${error.message} (${bucket.name}). Empty it, or set forceDestroy: true and run \`pulumi up\` before it is deleted.`,
      error.status,
      error.details,
    );
  }
}

function configure(bucket: Bucket, news: Inputs, context: ResourceContext<S3Store>): Properties {
  setTags(bucket, tagList(tagsAll(news.tags, context)));
  return outputsOf(bucket, news, context);
}

/** Settings that are resource types of their own are left out: else each refresh would find the bucket changed. */
function outputsOf(bucket: Bucket, state: Properties, context: ResourceContext<S3Store>): Properties {
  const tags = ownTags(bucket.tags, context, state);
  return {
    accelerationStatus: "",
    arn: bucket.arn,
    bucket: bucket.name,
    bucketDomainName: `${bucket.name}.s3.${dnsSuffixOf(bucket.region)}`,
    bucketNamespace: "global",
    bucketPrefix: "",
    bucketRegion: bucket.region,
    bucketRegionalDomainName: `${bucket.name}.s3.${bucket.region}.${dnsSuffixOf(bucket.region)}`,
    forceDestroy: state["forceDestroy"] === true,
    hostedZoneId: hostedZones[bucket.region] ?? "",
    objectLockEnabled: false,
    region: bucket.region,
    requestPayer: "BucketOwner",
    ...(tags ? { tags } : {}),
    tagsAll: bucket.tags,
    websiteDomain: "",
    websiteEndpoint: "",
  };
}
