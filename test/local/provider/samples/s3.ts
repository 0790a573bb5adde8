import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import type { ProviderStage } from "../../../support/provider-stage.ts";
import { STAGE_ACCOUNT } from "../../../support/service-stage.ts";
import type { ResourceSample } from "../resource-sample.ts";

const BUCKET = "stage-data";
const target = { Bucket: BUCKET };
const ARN = `arn:aws:s3:::${BUCKET}`;

/** Inputs of what stands upon a bucket, which is made first. */
const onBucket = (inputs: Properties) => async (stage: ProviderStage) => {
  await stage.make("aws:s3/bucket:Bucket", { bucket: BUCKET }, "data");
  return { bucket: BUCKET, ...inputs };
};

const s3 = (operation: string, params: Properties) => (stage: ProviderStage) =>
  stage.call("s3", operation, { ...target, ...params });

/** A setting is another one on another bucket, and for another owner. */
const otherBucket = { inputs: { bucket: "other" }, replaces: ["bucket"], deleteBeforeReplace: true };
const otherOwner = {
  inputs: { expectedBucketOwner: STAGE_ACCOUNT },
  replaces: ["expectedBucketOwner"],
  deleteBeforeReplace: true,
};

const bucket: ResourceSample = {
  token: "aws:s3/bucket:Bucket",
  inputs: () => ({ bucket: BUCKET, tags: { team: "data" } }),
  same: [{ forceDestroy: false }, { region: "us-east-1" }],
  updates: [{ inputs: { forceDestroy: true, tags: { team: "other" } }, diffs: ["forceDestroy", "tags"] }],
  replacements: [{ inputs: { bucket: "stage-other" }, replaces: ["bucket"] }],
  drifts: [
    {
      by: s3("PutBucketTagging", { Tagging: { TagSet: [{ Key: "team", Value: "somebody" }] } }),
      inputs: { tags: { team: "somebody" } },
    },
    { by: s3("DeleteBucketTagging", {}), inputs: { tags: {} } },
  ],
};

const namedBucket: ResourceSample = {
  token: "aws:s3/bucket:Bucket",
  inputs: () => ({ forceDestroy: true }),
  same: [{ tags: {} }],
  updates: [{ inputs: { tags: { a: "1" } }, diffs: ["tags"] }],
  unknownToImport: ["forceDestroy"],
  drifts: [
    {
      by: (stage, { id }) =>
        stage.call("s3", "PutBucketTagging", { Bucket: id, Tagging: { TagSet: [{ Key: "a", Value: "1" }] } }),
      inputs: { tags: { a: "1" } },
    },
  ],
};

const publicAccessBlock: ResourceSample = {
  token: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  inputs: onBucket({ blockPublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true }),
  same: [{ ignorePublicAcls: false }],
  updates: [
    { inputs: { blockPublicAcls: false, ignorePublicAcls: true }, diffs: ["blockPublicAcls", "ignorePublicAcls"] },
  ],
  replacements: [otherBucket],
  drifts: [
    {
      by: s3("PutPublicAccessBlock", {
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true },
      }),
      inputs: { ignorePublicAcls: true, restrictPublicBuckets: false },
    },
  ],
};

const statement = (more: Properties = {}) => ({
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [ARN, `${ARN}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
  ...more,
});
const policyOf = (...statements: Properties[]) => ({ Version: "2012-10-17", Statement: statements });
const foreignPolicy = JSON.stringify(policyOf(statement({ Sid: "Somebody" })));

const policy: ResourceSample = {
  token: "aws:s3/bucketPolicy:BucketPolicy",
  inputs: onBucket({ policy: JSON.stringify(policyOf(statement()), undefined, 2) }),
  same: [
    { policy: policyOf(statement()) },
    {
      policy: {
        Statement: statement({
          Action: ["s3:*"],
          Resource: [`${ARN}/*`, ARN],
          Condition: { Bool: { "aws:SecureTransport": [false] } },
        }),
        Version: "2012-10-17",
      },
    },
  ],
  updates: [{ inputs: { policy: policyOf(statement({ Action: "s3:PutObject" })) }, diffs: ["policy"] }],
  replacements: [otherBucket],
  drifts: [{ by: s3("PutBucketPolicy", { Policy: foreignPolicy }), inputs: { policy: foreignPolicy } }],
};

const aes256 = { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };

const encryption: ResourceSample = {
  token: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  inputs: onBucket({ rules: [{ ...aes256, bucketKeyEnabled: true, blockedEncryptionTypes: ["NONE"] }] }),
  same: [{ rules: [{ ...aes256, bucketKeyEnabled: true }] }, { rules: [{ bucketKeyEnabled: true }] }],
  updates: [
    { inputs: { rules: [aes256] }, diffs: ["rules"] },
    {
      inputs: { rules: [{ ...aes256, bucketKeyEnabled: true, blockedEncryptionTypes: ["SSE-C"] }] },
      diffs: ["rules"],
    },
  ],
  replacements: [otherBucket, otherOwner],
  drifts: [
    {
      by: s3("PutBucketEncryption", {
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
        },
      }),
      inputs: { rules: [{ ...aes256, bucketKeyEnabled: false, blockedEncryptionTypes: ["NONE"] }] },
    },
    {
      by: s3("DeleteBucketEncryption", {}),
      inputs: { rules: [{ ...aes256, bucketKeyEnabled: false, blockedEncryptionTypes: ["SSE-C"] }] },
    },
  ],
  leftByDelete: { rules: [{ ...aes256, bucketKeyEnabled: false, blockedEncryptionTypes: ["SSE-C"] }] },
};

const kms = (kmsMasterKeyId: string) => ({
  applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId },
  bucketKeyEnabled: true,
});
const OWN_KEY = "arn:aws:kms:us-east-1:111111111111:key/buckets";

const kmsEncryption: ResourceSample = {
  token: encryption.token,
  inputs: onBucket({ rules: [kms(OWN_KEY)] }),
  updates: [
    { inputs: { rules: [kms("1234abcd-12ab-34cd-56ef-1234567890ab")] }, diffs: ["rules"] },
    { inputs: { rules: [{ ...aes256, bucketKeyEnabled: false }] }, diffs: ["rules"] },
  ],
  replacements: [otherBucket],
  leftByDelete: { rules: [{ ...aes256, bucketKeyEnabled: false }] },
};

const ownedEncryption: ResourceSample = {
  token: encryption.token,
  inputs: onBucket({ rules: [{ bucketKeyEnabled: true }], expectedBucketOwner: STAGE_ACCOUNT }),
  updates: [{ inputs: { rules: [{ bucketKeyEnabled: false }] }, diffs: ["rules"] }],
  replacements: [{ ...otherOwner, inputs: { expectedBucketOwner: "" } }],
  leftByDelete: { rules: [{ bucketKeyEnabled: false }] },
};

const ownership: ResourceSample = {
  token: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  inputs: onBucket({ rule: { objectOwnership: "BucketOwnerEnforced" } }),
  replacements: [otherBucket],
};

const versioning: ResourceSample = {
  token: "aws:s3/bucketVersioning:BucketVersioning",
  inputs: onBucket({ versioningConfiguration: { status: "Enabled" } }),
  same: [{ expectedBucketOwner: "" }],
  updates: [{ inputs: { versioningConfiguration: { status: "Suspended" } }, diffs: ["versioningConfiguration"] }],
  replacements: [otherBucket, otherOwner],
  drifts: [
    {
      by: s3("PutBucketVersioning", { VersioningConfiguration: { Status: "Suspended" } }),
      inputs: { versioningConfiguration: { status: "Suspended" } },
    },
  ],
  leftByDelete: { versioningConfiguration: { status: "Suspended" } },
};

const noVersioning: ResourceSample = {
  token: versioning.token,
  inputs: onBucket({ versioningConfiguration: { status: "Disabled" } }),
  updates: [{ inputs: { versioningConfiguration: { status: "Enabled" } }, diffs: ["versioningConfiguration"] }],
  leftByDelete: {},
};

const expire = { id: "expire", status: "Enabled", filter: { prefix: "tmp/" }, expiration: { days: 7 } };
const tidy = {
  id: "tidy",
  status: "Disabled",
  noncurrentVersionExpiration: { noncurrentDays: 30 },
  abortIncompleteMultipartUpload: { daysAfterInitiation: 3 },
};

const lifecycle: ResourceSample = {
  token: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  inputs: onBucket({ rules: [expire, tidy], expectedBucketOwner: STAGE_ACCOUNT }),
  same: [
    { transitionDefaultMinimumObjectSize: "all_storage_classes_128K" },
    { rules: [{ ...expire, prefix: "" }, tidy] },
  ],
  updates: [
    { inputs: { rules: [expire] }, diffs: ["rules"] },
    { inputs: { rules: [{ ...expire, filter: {} }, tidy] }, diffs: ["rules"] },
    { inputs: { rules: [expire, { ...tidy, prefix: "old/" }] }, diffs: ["rules"] },
    {
      inputs: { transitionDefaultMinimumObjectSize: "varies_by_storage_class" },
      diffs: ["transitionDefaultMinimumObjectSize"],
    },
  ],
  replacements: [otherBucket, { ...otherOwner, inputs: { expectedBucketOwner: "" } }],
  drifts: [
    {
      by: s3("PutBucketLifecycleConfiguration", {
        LifecycleConfiguration: {
          Rules: [
            {
              ID: "expire",
              Status: "Enabled",
              Filter: { Prefix: "tmp/" },
              Expiration: { Days: 8 },
              NoncurrentVersionExpiration: { NoncurrentDays: 9 },
            },
            { ID: "by hand", Status: "Enabled", Prefix: "logs/", Expiration: { Days: 1 } },
          ],
        },
      }),
      inputs: {
        rules: [
          { ...expire, expiration: { days: 8 }, noncurrentVersionExpiration: { noncurrentDays: 9 } },
          { id: "by hand", status: "Enabled", prefix: "logs/", expiration: { days: 1 } },
        ],
      },
    },
  ],
};

const object: ResourceSample = {
  token: "aws:s3/bucketObjectv2:BucketObjectv2",
  inputs: onBucket({
    key: "pages/index.html",
    content: "<p>hello</p>",
    contentType: "text/html",
    cacheControl: "no-store",
    metadata: { trace: "42" },
    checksumAlgorithm: "SHA256",
  }),
  same: [
    { etag: "4f28dc216e70d5555ca2198c547b9217" },
    { storageClass: "STANDARD", serverSideEncryption: "AES256", forceDestroy: false },
    { contentType: undefined },
  ],
  updates: [
    {
      inputs: { content: "<p>bye</p>", contentType: "text/plain", metadata: { trace: "43" } },
      diffs: ["content", "contentType", "metadata"],
    },
    { inputs: { cacheControl: undefined, contentLanguage: "en" }, diffs: ["cacheControl", "contentLanguage"] },
  ],
  replacements: [
    { inputs: { key: "pages/other.html" }, replaces: ["key"] },
    { inputs: { bucket: "other" }, replaces: ["bucket"] },
  ],
  drifts: [
    {
      by: s3("PutObject", { Key: "pages/index.html", Body: Buffer.from("x"), ContentType: "a/b", Metadata: {} }),
      inputs: { contentType: "a/b", cacheControl: undefined, metadata: undefined },
    },
  ],
  importId: () => `s3://${BUCKET}/pages/index.html`,
  unknownToImport: ["checksumAlgorithm", "content"],
};

const formerObject: ResourceSample = {
  ...object,
  token: "aws:s3/bucketObject:BucketObject",
  inputs: onBucket({
    key: "pages/index.html",
    content: "<p>hello</p>",
    contentType: "text/html",
    cacheControl: "no-store",
    metadata: { trace: "42" },
  }),
  unknownToImport: ["content"],
};

/** The key is the resource's name. */
const keylessObject: ResourceSample = {
  token: object.token,
  inputs: onBucket({ content: "x", contentType: "text/html" }),
  same: [{ forceDestroy: false }],
  updates: [{ inputs: { content: "y", contentType: "text/plain" }, diffs: ["content", "contentType"] }],
  replacements: [{ inputs: { key: "other" }, replaces: ["key"] }],
  unknownToImport: ["content"],
};

/** The resource types of S3. */
export const samples: readonly ResourceSample[] = [
  bucket,
  namedBucket,
  publicAccessBlock,
  policy,
  encryption,
  kmsEncryption,
  ownedEncryption,
  ownership,
  versioning,
  noVersioning,
  lifecycle,
  object,
  formerObject,
  keylessObject,
];
