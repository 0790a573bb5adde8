import type { z } from "zod";
import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperation, type Operation } from "../../../kernel/service.ts";
import { tagList } from "../../../resource-types/tags.ts";
import type { Bucket } from "../bucket.ts";
import { Versioning } from "../bucket-objects.ts";
import { methodNotAllowed } from "../errors.ts";
import {
  setEncryption,
  setLifecycle,
  setObjectOwnership,
  setPolicy,
  setPublicAccessBlock,
  setTags,
  setVersioning,
} from "../settings.ts";
import type { S3Store } from "../store.ts";
import { toRule, toWireRule } from "./lifecycle-rules.ts";
import { settingInputs } from "./setting-inputs.ts";

/** Get, put and delete of each setting of a bucket. The resource types set the same ones. */
export function settingOperations(store: S3Store): Record<string, Operation> {
  const operation = <P extends { Bucket: string; ExpectedBucketOwner?: string | undefined }>(
    action: string,
    input: z.ZodType<P>,
    run: (bucket: Bucket, params: P, call: Call) => object,
  ) =>
    defineOperation({
      input,
      authorize: (params, call) => [store.authorize(call, store.require(call, params), action)],
      run: (params, call) => {
        const bucket = store.require(call, params);
        call.note({ bucket: bucket.name });
        return run(bucket, params, call);
      },
    });
  return { ...tagging(operation), ...access(operation, store), ...storage(operation, store) };
}

type Define = <P extends { Bucket: string; ExpectedBucketOwner?: string | undefined }>(
  action: string,
  input: z.ZodType<P>,
  run: (bucket: Bucket, params: P, call: Call) => object,
) => Operation;

function tagging(operation: Define): Record<string, Operation> {
  return {
    GetBucketTagging: operation("s3:GetBucketTagging", settingInputs.GetBucketTagging, (bucket) => {
      const tags = tagList(bucket.tags);
      if (tags.length === 0) throw notSet("NoSuchTagSet", "The TagSet does not exist", bucket);
      return { TagSet: tags };
    }),
    PutBucketTagging: operation("s3:PutBucketTagging", settingInputs.PutBucketTagging, (bucket, { Tagging }) => {
      setTags(bucket, Tagging.TagSet);
      return {};
    }),
    DeleteBucketTagging: operation("s3:PutBucketTagging", settingInputs.DeleteBucketTagging, (bucket) => {
      setTags(bucket, []);
      return {};
    }),
  };
}

/** Access to a bucket: public access block, policy, ownership of objects. */
function access(operation: Define, store: S3Store): Record<string, Operation> {
  return {
    GetPublicAccessBlock: operation("s3:GetBucketPublicAccessBlock", settingInputs.GetPublicAccessBlock, (bucket) => {
      const block = bucket.publicAccessBlock;
      if (!block) {
        throw notSet(
          "NoSuchPublicAccessBlockConfiguration",
          "The public access block configuration was not found",
          bucket,
        );
      }
      return {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: block.blockPublicAcls,
          IgnorePublicAcls: block.ignorePublicAcls,
          BlockPublicPolicy: block.blockPublicPolicy,
          RestrictPublicBuckets: block.restrictPublicBuckets,
        },
      };
    }),
    PutPublicAccessBlock: operation(
      "s3:PutBucketPublicAccessBlock",
      settingInputs.PutPublicAccessBlock,
      (bucket, { PublicAccessBlockConfiguration: block }) => {
        setPublicAccessBlock(bucket, {
          blockPublicAcls: block.BlockPublicAcls,
          blockPublicPolicy: block.BlockPublicPolicy,
          ignorePublicAcls: block.IgnorePublicAcls,
          restrictPublicBuckets: block.RestrictPublicBuckets,
        });
        return {};
      },
    ),
    DeletePublicAccessBlock: operation(
      "s3:PutBucketPublicAccessBlock",
      settingInputs.DeletePublicAccessBlock,
      (bucket) => {
        setPublicAccessBlock(bucket, undefined);
        return {};
      },
    ),

    GetBucketPolicy: operation("s3:GetBucketPolicy", settingInputs.GetBucketPolicy, (bucket, _params, call) => {
      requireOwnAccount(bucket, call);
      if (!bucket.policy) throw notSet("NoSuchBucketPolicy", "The bucket policy does not exist", bucket);
      return { Policy: bucket.policy.text };
    }),
    PutBucketPolicy: operation("s3:PutBucketPolicy", settingInputs.PutBucketPolicy, (bucket, { Policy }, call) => {
      requireOwnAccount(bucket, call);
      setPolicy(store, bucket, Policy);
      return {};
    }),
    DeleteBucketPolicy: operation(
      "s3:DeleteBucketPolicy",
      settingInputs.DeleteBucketPolicy,
      (bucket, _params, call) => {
        requireOwnAccount(bucket, call);
        setPolicy(store, bucket, undefined);
        return {};
      },
    ),

    GetBucketOwnershipControls: operation(
      "s3:GetBucketOwnershipControls",
      settingInputs.GetBucketOwnershipControls,
      (bucket) => {
        if (!bucket.objectOwnership) {
          throw notSet("OwnershipControlsNotFoundError", "The bucket ownership controls were not found", bucket);
        }
        return { OwnershipControls: { Rules: [{ ObjectOwnership: bucket.objectOwnership }] } };
      },
    ),
    PutBucketOwnershipControls: operation(
      "s3:PutBucketOwnershipControls",
      settingInputs.PutBucketOwnershipControls,
      (bucket, { OwnershipControls }) => {
        setObjectOwnership(bucket, OwnershipControls.Rules[0]?.ObjectOwnership);
        return {};
      },
    ),
    DeleteBucketOwnershipControls: operation(
      "s3:PutBucketOwnershipControls",
      settingInputs.DeleteBucketOwnershipControls,
      (bucket) => {
        setObjectOwnership(bucket, undefined);
        return {};
      },
    ),
  };
}

/** Storage of objects: versioning, encryption, lifecycle. */
function storage(operation: Define, store: S3Store): Record<string, Operation> {
  return {
    GetBucketVersioning: operation("s3:GetBucketVersioning", settingInputs.GetBucketVersioning, ({ objects }) =>
      objects.versioning === Versioning.Off ? {} : { Status: objects.versioning },
    ),
    PutBucketVersioning: operation(
      "s3:PutBucketVersioning",
      settingInputs.PutBucketVersioning,
      (bucket, { VersioningConfiguration }) => {
        setVersioning(bucket, VersioningConfiguration.Status);
        return {};
      },
    ),

    GetBucketEncryption: operation(
      "s3:GetEncryptionConfiguration",
      settingInputs.GetBucketEncryption,
      ({ encryption }) => ({
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: {
                SSEAlgorithm: encryption.sseAlgorithm,
                KMSMasterKeyID: encryption.kmsKeyId,
              },
              BucketKeyEnabled: encryption.bucketKeyEnabled,
              BlockedEncryptionTypes: { EncryptionType: encryption.blockedEncryptionTypes },
            },
          ],
        },
      }),
    ),
    PutBucketEncryption: operation(
      "s3:PutEncryptionConfiguration",
      settingInputs.PutBucketEncryption,
      (bucket, { ServerSideEncryptionConfiguration: { Rules } }) => {
        const [rule] = Rules;
        setEncryption(bucket, {
          sseAlgorithm: rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
          kmsKeyId: rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID,
          bucketKeyEnabled: rule?.BucketKeyEnabled ?? false,
          blockedEncryptionTypes: rule?.BlockedEncryptionTypes?.EncryptionType,
        });
        return {};
      },
    ),
    DeleteBucketEncryption: operation(
      "s3:PutEncryptionConfiguration",
      settingInputs.DeleteBucketEncryption,
      (bucket) => {
        setEncryption(bucket, undefined);
        return {};
      },
    ),

    GetBucketLifecycleConfiguration: operation(
      "s3:GetLifecycleConfiguration",
      settingInputs.GetBucketLifecycleConfiguration,
      (bucket) => {
        if (!bucket.lifecycle) {
          throw notSet("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", bucket);
        }
        return {
          TransitionDefaultMinimumObjectSize: bucket.lifecycle.transitionDefaultMinimumObjectSize,
          Rules: bucket.lifecycle.rules.map(toWireRule),
        };
      },
    ),
    PutBucketLifecycleConfiguration: operation(
      "s3:PutLifecycleConfiguration",
      settingInputs.PutBucketLifecycleConfiguration,
      (bucket, { LifecycleConfiguration: { Rules }, TransitionDefaultMinimumObjectSize }) => {
        setLifecycle(store, bucket, {
          rules: Rules.map(toRule),
          transitionDefaultMinimumObjectSize: TransitionDefaultMinimumObjectSize,
        });
        return { TransitionDefaultMinimumObjectSize };
      },
    ),
    DeleteBucketLifecycle: operation("s3:PutLifecycleConfiguration", settingInputs.DeleteBucketLifecycle, (bucket) => {
      setLifecycle(store, bucket, undefined);
      return {};
    }),
  };
}

/** Only the bucket's own account may manage its policy, whatever that policy allows. */
function requireOwnAccount(bucket: Bucket, call: Call): void {
  if (call.principal.accountId !== bucket.accountId) {
    throw methodNotAllowed();
  }
}

function notSet(code: string, message: string, bucket: Bucket): AwsError {
  return new AwsError(code, message, 404, { BucketName: bucket.name });
}
