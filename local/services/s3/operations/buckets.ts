import { partitionOf } from "../../../../aws/partitions.ts";
import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperation, type Operation } from "../../../kernel/service.ts";
import { setTags } from "../settings.ts";
import type { S3Store } from "../store.ts";
import { inputs } from "./inputs.ts";
import { settingInputs } from "./setting-inputs.ts";

/** The region that has no location constraint, and where creating a bucket that one owns already is no error. */
const FIRST_REGION = "us-east-1";

const bucketArn = (name: string, { region }: Call) => `arn:${partitionOf(region)}:s3:::${name}`;

/** Creating, finding and deleting buckets. */
export function bucketOperations(store: S3Store): Record<string, Operation> {
  return {
    CreateBucket: defineOperation({
      input: settingInputs.CreateBucket,
      authorize: (params, call) => [
        {
          action: "s3:CreateBucket",
          resource: bucketArn(params.Bucket, call),
          context: { "s3:ResourceAccount": call.accountId },
          resourceAccountId: call.accountId,
        },
      ],
      run: ({ Bucket: name, CreateBucketConfiguration: configuration }, call) => {
        checkLocation(configuration?.LocationConstraint, call);
        call.note({ bucket: name });
        const isOwnAlready = store.find(name)?.accountId === call.accountId && call.region === FIRST_REGION;
        if (!isOwnAlready) {
          const bucket = store.add(name, call);
          try {
            setTags(bucket, configuration?.Tags ?? []);
          } catch (error) {
            store.remove(bucket, { force: true });
            throw error;
          }
        }
        return { Location: `/${name}`, BucketArn: bucketArn(name, call) };
      },
    }),

    DeleteBucket: defineOperation({
      input: settingInputs.DeleteBucket,
      authorize: (params, call) => [store.authorize(call, store.require(call, params), "s3:DeleteBucket")],
      run: (params, call) => {
        const bucket = store.require(call, params);
        call.note({ bucket: bucket.name });
        store.remove(bucket, { force: false });
        return {};
      },
    }),

    HeadBucket: defineOperation({
      input: inputs.HeadBucket,
      authorize: (params, call) => [store.authorize(call, store.require(call, params), "s3:ListBucket")],
      run: (params, call) => ({ BucketRegion: store.require(call, params).region }),
    }),

    GetBucketLocation: defineOperation({
      input: inputs.GetBucketLocation,
      authorize: (params, call) => [store.authorize(call, store.require(call, params), "s3:GetBucketLocation")],
      run: (params, call) => {
        const { region } = store.require(call, params);
        return { LocationConstraint: region === FIRST_REGION ? "" : region };
      },
    }),
  };
}

/** A bucket is created in the region of the endpoint: a location constraint can only name that one. */
function checkLocation(location: string | undefined, call: Call): void {
  const wanted = call.region === FIRST_REGION ? undefined : call.region;
  if (location === wanted) return;
  throw new AwsError(
    location === FIRST_REGION ? "InvalidLocationConstraint" : "IllegalLocationConstraintException",
    `The ${location ?? "unspecified"} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
}
