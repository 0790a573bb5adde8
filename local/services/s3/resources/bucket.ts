import { z } from "zod";
import { dnsSuffixOf } from "../../../../aws/partitions.ts";
import { AwsError } from "../../../kernel/errors.ts";
import { define, taggedInput } from "../../../resource-types/define.ts";
import type { Properties, ResourceContext } from "../../../resource-types/resource-type.ts";
import { tagList } from "../../../resource-types/tags.ts";
import type { Bucket } from "../bucket.ts";
import { bucketNameMistakes } from "../bucket-name.ts";
import { setTags } from "../settings.ts";
import type { S3Store } from "../store.ts";
import { findOwnBucket, requireOwnBucket } from "./own-bucket.ts";

const inputs = z.strictObject({
  ...taggedInput,
  bucket: z.string().superRefine((name, context) => {
    for (const message of bucketNameMistakes(name)) context.addIssue({ code: "custom", message });
  }),
  forceDestroy: z.boolean().default(false),
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
export const bucketType = define<Inputs, S3Store>({
  token: "aws:s3/bucket:Bucket",
  inputs,
  autoName: { property: "bucket", maxLength: 63, shape: (name) => name.toLowerCase() },
  replaceOn: ["bucket"],
  computed: [
    "arn",
    "bucketDomainName",
    "bucketRegion",
    "bucketRegionalDomainName",
    "hostedZoneId",
    "websiteDomain",
    "websiteEndpoint",
  ],
  make(inputs, context) {
    const bucket = context.store.add(inputs.bucket, context);
    setTags(bucket, tagList(inputs.tags ?? {}));
    return bucket.name;
  },
  unstored: { forceDestroy: false },
  find(id, _state, context) {
    const bucket = findOwnBucket(context, id);
    return bucket && outputsOf(bucket);
  },
  change: (id, inputs, context) => setTags(requireOwnBucket(context, id), tagList(inputs.tags ?? {})),
  remove: (id, context, state) => remove(requireOwnBucket(context, id), state["forceDestroy"] === true, context),
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

/** Settings that are resource types of their own are left out: else each refresh would find the bucket changed. */
function outputsOf(bucket: Bucket): Properties {
  return {
    accelerationStatus: "",
    arn: bucket.arn,
    bucket: bucket.name,
    bucketDomainName: `${bucket.name}.s3.${dnsSuffixOf(bucket.region)}`,
    bucketNamespace: "global",
    bucketPrefix: "",
    bucketRegion: bucket.region,
    bucketRegionalDomainName: `${bucket.name}.s3.${bucket.region}.${dnsSuffixOf(bucket.region)}`,
    hostedZoneId: hostedZones[bucket.region] ?? "",
    objectLockEnabled: false,
    region: bucket.region,
    requestPayer: "BucketOwner",
    tags: bucket.tags,
    websiteDomain: "",
    websiteEndpoint: "",
  };
}
