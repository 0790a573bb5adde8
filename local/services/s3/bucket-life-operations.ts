import { partitionOf } from "../../../aws/partitions.ts";
import { AwsError } from "../../kernel/errors.ts";
import { type Call, defineOperation, type Operation } from "../../kernel/service.ts";
import type { S3Service } from "./service.ts";
import { settingInputs } from "./setting-schema.ts";
import { setTags } from "./settings.ts";

/** The region whose buckets name no location, and where making one's own bucket again is no error. */
const FIRST_REGION = "us-east-1";

const bucketArn = (name: string, { region }: Call) => `arn:${partitionOf(region)}:s3:::${name}`;

/** Making buckets and taking them away. */
export function bucketLifeOperations(s3: S3Service): Record<string, Operation> {
  return {
    CreateBucket: defineOperation({
      input: settingInputs.CreateBucket,
      authorize: (params, call) => [
        { action: "s3:CreateBucket", resource: bucketArn(params.Bucket, call), resourceAccountId: call.accountId },
      ],
      run: ({ Bucket: name, CreateBucketConfiguration: configuration }, call) => {
        checkLocation(configuration?.LocationConstraint, call);
        call.note({ bucket: name });
        const isOwnAlready = s3.findBucket(name)?.accountId === call.accountId && call.region === FIRST_REGION;
        if (!isOwnAlready) {
          const bucket = s3.createBucket(name, call.accountId, call.region);
          try {
            setTags(bucket, configuration?.Tags ?? []);
          } catch (error) {
            s3.deleteBucket(bucket, { force: true });
            throw error;
          }
        }
        return { Location: `/${name}`, BucketArn: bucketArn(name, call) };
      },
    }),

    DeleteBucket: defineOperation({
      input: settingInputs.DeleteBucket,
      authorize: (params, call) => [s3.ask(call, s3.requireBucket(call, params), "s3:DeleteBucket")],
      run: (params, call) => {
        const bucket = s3.requireBucket(call, params);
        call.note({ bucket: bucket.name });
        s3.deleteBucket(bucket, { force: false });
        return {};
      },
    }),
  };
}

/** A bucket lives in the region that is called: the location can only say the same. */
function checkLocation(location: string | undefined, call: Call): void {
  const wanted = call.region === FIRST_REGION ? undefined : call.region;
  if (location === wanted) return;
  throw new AwsError(
    location === FIRST_REGION ? "InvalidLocationConstraint" : "IllegalLocationConstraintException",
    `The ${location ?? "unspecified"} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
}
