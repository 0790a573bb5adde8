import { expect } from "chai";
import type { Principal } from "../../../../local/kernel/principal.ts";
import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import { OWNER, refusal, S3Stage } from "./stage.ts";

const target = { Bucket: "data" };

const deny = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::data/*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

describe("local cloud: S3 buckets and their settings", () => {
  let stage: S3Stage;
  beforeEach(async () => {
    stage = new S3Stage();
    await stage.create("Bucket", { bucket: "data" });
  });
  afterEach(() => stage.cloud.close());

  it("asks IAM for each", async () => {
    const allowed = (action: string): Principal =>
      stage.role(OWNER, `may-${action.split(":")[1]?.toLowerCase()}`, [
        { Effect: "Allow", Action: action, Resource: "arn:aws:s3:::data" },
      ]);
    const nobody = stage.role(OWNER, "nobody", []);
    const TagSet: unknown[] = [];
    const Rules = [{ Status: "Enabled", Filter: {}, Expiration: { Days: 1 } }];
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [deny] });
    const calls: [action: string, operation: string, params?: Properties][] = [
      ["s3:PutBucketTagging", "PutBucketTagging", { Tagging: { TagSet: [{ Key: "a", Value: "b" }] } }],
      ["s3:GetBucketTagging", "GetBucketTagging"],
      ["s3:PutBucketTagging", "DeleteBucketTagging"],
      ["s3:PutBucketTagging", "PutBucketTagging", { Tagging: { TagSet } }],
      ["s3:GetBucketPublicAccessBlock", "GetPublicAccessBlock"],
      ["s3:PutBucketPublicAccessBlock", "PutPublicAccessBlock", { PublicAccessBlockConfiguration: {} }],
      ["s3:PutBucketPublicAccessBlock", "DeletePublicAccessBlock"],
      ["s3:PutBucketVersioning", "PutBucketVersioning", { VersioningConfiguration: { Status: "Enabled" } }],
      ["s3:GetBucketVersioning", "GetBucketVersioning"],
      ["s3:PutBucketPolicy", "PutBucketPolicy", { Policy }],
      ["s3:GetBucketPolicy", "GetBucketPolicy"],
      ["s3:DeleteBucketPolicy", "DeleteBucketPolicy"],
      [
        "s3:PutEncryptionConfiguration",
        "PutBucketEncryption",
        { ServerSideEncryptionConfiguration: { Rules: [{ BucketKeyEnabled: true }] } },
      ],
      ["s3:GetEncryptionConfiguration", "GetBucketEncryption"],
      ["s3:PutEncryptionConfiguration", "DeleteBucketEncryption"],
      ["s3:PutLifecycleConfiguration", "PutBucketLifecycleConfiguration", { LifecycleConfiguration: { Rules } }],
      ["s3:GetLifecycleConfiguration", "GetBucketLifecycleConfiguration"],
      ["s3:PutLifecycleConfiguration", "DeleteBucketLifecycle"],
      ["s3:GetBucketOwnershipControls", "GetBucketOwnershipControls"],
      ["s3:PutBucketOwnershipControls", "DeleteBucketOwnershipControls"],
      [
        "s3:PutBucketOwnershipControls",
        "PutBucketOwnershipControls",
        { OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] } },
      ],
      ["s3:DeleteBucket", "DeleteBucket"],
      ["s3:CreateBucket", "CreateBucket"],
    ];
    const principals = new Map<string, Principal>();
    for (const [action, operation, params] of calls) {
      expect(await refusal(stage.call(operation, { ...target, ...params }, nobody)), operation).to.include({
        code: "AccessDenied",
      });
      const principal = principals.get(action) ?? allowed(action);
      principals.set(action, principal);
      await stage.call(operation, { ...target, ...params }, principal);
    }
  });
});
