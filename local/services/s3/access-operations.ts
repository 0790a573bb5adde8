import { AwsError } from "../../kernel/errors.ts";
import { type Call, defineOperation, type Operation } from "../../kernel/service.ts";
import { findObject } from "./object-operations.ts";
import { type Input, inputs } from "./schema.ts";
import type { S3Service } from "./service.ts";
import { ownerId } from "./support.ts";

/**
 * What tools read of a bucket before they do anything, and what cannot be changed here: access control lists are off (BucketOwnerEnforced), there
 * are no rules for other origins, and the bucket's owner pays.
 */
export function accessOperations(s3: S3Service): Record<string, Operation> {
  const ask = (action: string) => (params: Input<"GetBucketAcl">, call: Call) => [
    s3.ask(call, s3.requireBucket(call, params), action),
  ];
  return {
    GetBucketAcl: defineOperation({
      input: inputs.GetBucketAcl,
      authorize: ask("s3:GetBucketAcl"),
      run: (params, call) => ownersList(s3.requireBucket(call, params).accountId),
    }),

    GetObjectAcl: defineOperation({
      input: inputs.GetObjectAcl,
      authorize: (params: Input<"GetObjectAcl">, call) => {
        const action = params.VersionId === undefined ? "s3:GetObjectAcl" : "s3:GetObjectVersionAcl";
        return [s3.ask(call, s3.requireBucket(call, params), action, params.Key)];
      },
      run: (params, call) => {
        const bucket = s3.requireBucket(call, params);
        findObject(s3, bucket, params, call);
        return ownersList(bucket.accountId);
      },
    }),

    GetBucketCors: defineOperation({
      input: inputs.GetBucketCors,
      authorize: ask("s3:GetBucketCORS"),
      run: (params, call) => {
        const { name } = s3.requireBucket(call, params);
        throw new AwsError("NoSuchCORSConfiguration", "The CORS configuration does not exist", 404, {
          BucketName: name,
        });
      },
    }),

    GetBucketRequestPayment: defineOperation({
      input: inputs.GetBucketRequestPayment,
      authorize: ask("s3:GetBucketRequestPayment"),
      run: (params, call) => {
        s3.requireBucket(call, params);
        return { Payer: "BucketOwner" };
      },
    }),
  };
}

/** The list of a bucket without lists: everything to its owner (S3 user guide, "Controlling ownership of objects and disabling ACLs"). */
function ownersList(accountId: string) {
  const ID = ownerId(accountId);
  return { Owner: { ID }, Grants: [{ Grantee: { ID, Type: "CanonicalUser" }, Permission: "FULL_CONTROL" }] };
}
