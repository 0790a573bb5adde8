import { z } from "zod";
import { defineResourceType, type Properties, type ResourceContext } from "../../provider/resource-type.ts";
import { tagsAll } from "../../provider/tags.ts";
import type { Bucket } from "./bucket.ts";
import { ownedBucket } from "./support.ts";

const inputs = z.strictObject({
  bucket: z.string(),
  forceDestroy: z.boolean().default(false),
  region: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional(),
});
type Inputs = z.infer<typeof inputs>;

/** The zone of S3's website addresses, by region, as far as they are known here. */
const hostedZones: Readonly<Record<string, string>> = {
  "us-east-1": "Z3AQBSTGFYJSTF",
  "us-east-2": "Z2O1EMRO9K5GLX",
  "us-west-1": "Z2F56UZL2M1ACD",
  "us-west-2": "Z3BJ6K6RIION7M",
  "eu-west-1": "Z1BKCTXD74EZPE",
  "eu-central-1": "Z21DNDUVLTQW6Q",
};

/** `aws.s3.Bucket`. Its settings are resources of their own; the deprecated arguments for them are refused. */
export const bucketType = defineResourceType<Inputs>({
  token: "aws:s3/bucket:Bucket",
  inputs,
  autoName: { property: "bucket", maxLength: 63, shape: (name) => name.toLowerCase() },
  replaceOn: ["bucket", "region"],
  create(news, context) {
    const region = news.region ?? context.region;
    const bucket = context.cloud.services.s3.createBucket(news.bucket, context.accountId, region);
    return { id: bucket.name, outputs: configure(bucket, news, context) };
  },
  read(id, state, context) {
    const bucket = context.cloud.services.s3.findBucket(id);
    return bucket?.accountId === context.accountId ? outputsOf(bucket, state) : undefined;
  },
  update: (id, news, _olds, context) => configure(ownedBucket(context, id), news, context),
  delete(id, state, context) {
    const bucket = context.cloud.services.s3.findBucket(id);
    if (bucket?.accountId !== context.accountId) return;
    context.cloud.services.s3.deleteBucket(bucket, { force: state["forceDestroy"] === true });
  },
});

function configure(bucket: Bucket, news: Inputs, context: ResourceContext): Properties {
  bucket.tags = tagsAll(news.tags, context);
  return outputsOf(bucket, news);
}

function outputsOf(bucket: Bucket, state: Properties): Properties {
  const { forceDestroy, tags } = state;
  return {
    accelerationStatus: "",
    arn: bucket.arn,
    bucket: bucket.name,
    bucketDomainName: `${bucket.name}.s3.amazonaws.com`,
    bucketNamespace: "global",
    bucketPrefix: "",
    bucketRegion: bucket.region,
    bucketRegionalDomainName: `${bucket.name}.s3.${bucket.region}.amazonaws.com`,
    forceDestroy: forceDestroy === true,
    hostedZoneId: hostedZones[bucket.region] ?? "",
    objectLockEnabled: false,
    policy: bucket.policy?.text ?? "",
    region: bucket.region,
    requestPayer: "BucketOwner",
    ...(tags === undefined ? {} : { tags }),
    tagsAll: bucket.tags,
  };
}
