import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperation, type Operation } from "../../../kernel/service.ts";
import { aclNotSupported } from "../errors.ts";
import type { S3Store } from "../store.ts";
import { type Input, inputs } from "./inputs.ts";
import { findObject } from "./objects.ts";

/** The canonical id that S3 gives an account: 64 hexadecimal digits. */
export function ownerId(accountId: string): string {
  return accountId.padStart(64, "0");
}

/**
 * Settings that tools read before anything else and that cannot be changed here: access control lists are disabled
 * (BucketOwnerEnforced), there is no CORS configuration, and the bucket's owner pays.
 */
export function accessListOperations(store: S3Store): Record<string, Operation> {
  const authorize = (action: string) => (params: Input<"GetBucketAcl">, call: Call) => [
    store.authorize(call, store.require(call, params), action),
  ];
  return {
    GetBucketAcl: defineOperation({
      input: inputs.GetBucketAcl,
      authorize: authorize("s3:GetBucketAcl"),
      run: (params, call) => ownersList(store.require(call, params).accountId),
    }),

    GetObjectAcl: defineOperation({
      input: inputs.GetObjectAcl,
      authorize: (params: Input<"GetObjectAcl">, call) => {
        const action = params.VersionId === undefined ? "s3:GetObjectAcl" : "s3:GetObjectVersionAcl";
        return [store.authorize(call, store.require(call, params), action, params.Key)];
      },
      run: (params, call) => {
        const bucket = store.require(call, params);
        findObject(store, bucket, params, call);
        return ownersList(bucket.accountId);
      },
    }),

    PutBucketAcl: defineOperation({
      input: inputs.PutBucketAcl,
      authorize: authorize("s3:PutBucketAcl"),
      run: () => {
        throw aclNotSupported();
      },
    }),

    PutObjectAcl: defineOperation({
      input: inputs.PutObjectAcl,
      authorize: (params: Input<"PutObjectAcl">, call) => {
        const action = params.VersionId === undefined ? "s3:PutObjectAcl" : "s3:PutObjectVersionAcl";
        return [store.authorize(call, store.require(call, params), action, params.Key)];
      },
      run: (params, call) => {
        findObject(store, store.require(call, params), params, call);
        throw aclNotSupported();
      },
    }),

    GetBucketCors: defineOperation({
      input: inputs.GetBucketCors,
      authorize: authorize("s3:GetBucketCORS"),
      run: (params, call) => {
        const { name } = store.require(call, params);
        throw new AwsError("NoSuchCORSConfiguration", "The CORS configuration does not exist", 404, {
          BucketName: name,
        });
      },
    }),

    GetBucketRequestPayment: defineOperation({
      input: inputs.GetBucketRequestPayment,
      authorize: authorize("s3:GetBucketRequestPayment"),
      run: (params, call) => {
        store.require(call, params);
        return { Payer: "BucketOwner" };
      },
    }),
  };
}

/**
 * The access control list while lists are disabled: full control for the owner (S3 user guide, "Controlling ownership
 * of objects and disabling ACLs").
 */
function ownersList(accountId: string) {
  const ID = ownerId(accountId);
  return { Owner: { ID }, Grants: [{ Grantee: { ID, Type: "CanonicalUser" }, Permission: "FULL_CONTROL" }] };
}
