import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketTaggingCommand,
  DeletePublicAccessBlockCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { FrontDoor } from "../../../../local/front-door/front-door.ts";
import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import { OWNER, REGION, refusal, S3Stage, STRANGER } from "./stage.ts";

const target = { Bucket: "data" };

describe("local cloud: S3 buckets and their settings by the SDK", () => {
  let stage: S3Stage;
  let door: FrontDoor;
  let client: S3Client;

  before(async () => {
    stage = new S3Stage();
    door = new FrontDoor(stage.cloud);
    const { endpointUrl } = await door.listen();
    client = new S3Client({
      endpoint: endpointUrl,
      region: REGION,
      maxAttempts: 1,
      systemClockOffset: stage.cloud.clock.offsetMs(),
      credentials: stage.cloud.accounts.ensure(OWNER).administrator.credentials,
    });
  });
  after(async () => {
    client.destroy();
    await door.close();
    await stage.cloud.close();
  });
  beforeEach(() => client.send(new CreateBucketCommand(target)));
  afterEach(() => {
    const bucket = stage.cloud.services.s3.store.find("data");
    if (bucket) stage.cloud.services.s3.store.remove(bucket, { force: true });
  });

  /** The answer of a call, without the SDK's metadata. */
  const answerOf = async (promise: Promise<{ $metadata: unknown }>) => {
    const { $metadata: _metadata, ...answer } = await promise;
    return answer as Properties;
  };
  const codeOf = async (promise: Promise<unknown>): Promise<string> => {
    const error = await promise.then(
      () => new Error("not refused"),
      (thrown: Error) => thrown,
    );
    return error.name;
  };
  const messageOf = (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => "not refused",
      (thrown: Error) => thrown.message,
    );

  it("makes a bucket where it is called, and takes it away when it is empty", async () => {
    expect(await answerOf(client.send(new CreateBucketCommand({ Bucket: "made" })))).to.deep.equal({
      Location: "/made",
      BucketArn: "arn:aws:s3:::made",
    });
    // In us-east-1 it is no error to create a bucket that one owns.
    await client.send(new CreateBucketCommand({ Bucket: "made" }));
    await stage.create("Bucket", { bucket: "theirs" }, STRANGER);
    expect(await codeOf(client.send(new CreateBucketCommand({ Bucket: "theirs" })))).to.equal("BucketAlreadyExists");
    const elsewhere = { LocationConstraint: "eu-west-1" } as const;
    expect(
      await codeOf(client.send(new CreateBucketCommand({ Bucket: "far", CreateBucketConfiguration: elsewhere }))),
    ).to.equal("IllegalLocationConstraintException");

    await client.send(new CreateMultipartUploadCommand({ Bucket: "made", Key: "k" }));
    await client.send(new DeleteBucketCommand({ Bucket: "made" }));
    await stage.put("k");
    expect(await codeOf(client.send(new DeleteBucketCommand(target)))).to.equal("BucketNotEmpty");
    await stage.call("DeleteObject", { ...target, Key: "k" });
    await client.send(new DeleteBucketCommand(target));
    expect(await codeOf(client.send(new DeleteBucketCommand(target)))).to.equal("NoSuchBucket");
  });

  it("keeps a bucket that has nothing but old versions or a delete marker", async () => {
    await client.send(new PutBucketVersioningCommand({ ...target, VersioningConfiguration: { Status: "Enabled" } }));
    const { VersionId } = await stage.put("k");
    const marker = await stage.call<{ VersionId: string }>("DeleteObject", { ...target, Key: "k" });
    expect(await codeOf(client.send(new DeleteBucketCommand(target)))).to.equal("BucketNotEmpty");
    await stage.call("DeleteObject", { ...target, Key: "k", VersionId });
    expect(await messageOf(client.send(new DeleteBucketCommand(target)))).to.equal(
      "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
    );
    await stage.call("DeleteObject", { ...target, Key: "k", VersionId: marker.VersionId });
    await client.send(new DeleteBucketCommand(target));
  });

  it("tags a bucket", async () => {
    expect(await codeOf(client.send(new GetBucketTaggingCommand(target)))).to.equal("NoSuchTagSet");
    const TagSet = [
      { Key: "team", Value: "data + more" },
      { Key: "empty", Value: "" },
    ];
    await client.send(new PutBucketTaggingCommand({ ...target, Tagging: { TagSet } }));
    expect(await answerOf(client.send(new GetBucketTaggingCommand(target)))).to.deep.equal({ TagSet });
    const put = (...tags: [string, string][]) =>
      codeOf(
        client.send(
          new PutBucketTaggingCommand({
            ...target,
            Tagging: { TagSet: tags.map(([Key, Value]) => ({ Key, Value })) },
          }),
        ),
      );
    expect(await put(["a", "1"], ["a", "2"])).to.equal("InvalidTag");
    expect(await put(["aws:a", "1"])).to.equal("InvalidTag");
    expect(await put(...Array.from({ length: 51 }, (_, index): [string, string] => [`${index}`, ""]))).to.equal(
      "BadRequest",
    );
    expect(await answerOf(client.send(new GetBucketTaggingCommand(target)))).to.deep.equal({ TagSet });
    await client.send(new DeleteBucketTaggingCommand(target));
    expect(await codeOf(client.send(new GetBucketTaggingCommand(target)))).to.equal("NoSuchTagSet");
  });

  it("blocks public access until it is told not to", async () => {
    const all = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
    const get = () => answerOf(client.send(new GetPublicAccessBlockCommand(target)));
    expect(await get()).to.deep.equal({ PublicAccessBlockConfiguration: all });
    const some = { ...all, BlockPublicPolicy: false };
    await client.send(new PutPublicAccessBlockCommand({ ...target, PublicAccessBlockConfiguration: some }));
    expect(await get()).to.deep.equal({ PublicAccessBlockConfiguration: some });
    await client.send(new DeletePublicAccessBlockCommand(target));
    expect(await codeOf(get())).to.equal("NoSuchPublicAccessBlockConfiguration");

    await stage.put("k", "v");
    const Statement = [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::data/*" }];
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
    await client.send(new PutBucketPolicyCommand({ ...target, Policy }));
    const read = () => stage.call("GetObject", { ...target, Key: "k" }, stage.stranger);
    expect((await read())["Body"]?.toString()).to.equal("v");
    await client.send(new PutPublicAccessBlockCommand({ ...target, PublicAccessBlockConfiguration: all }));
    expect(await refusal(read())).to.include({ code: "AccessDenied" });
  });

  it("has a policy, which is its account's business alone", async () => {
    expect(await codeOf(client.send(new GetBucketPolicyCommand(target)))).to.equal("NoSuchBucketPolicy");
    const Statement = [
      {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${STRANGER}:root` },
        Action: "s3:*",
        Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/*"],
      },
    ];
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement }, undefined, 2);
    await client.send(new PutBucketPolicyCommand({ ...target, Policy }));
    expect(await answerOf(client.send(new GetBucketPolicyCommand(target)))).to.deep.equal({ Policy });
    for (const operation of ["GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy"]) {
      const params = operation === "PutBucketPolicy" ? { ...target, Policy } : target;
      expect(await refusal(stage.call(operation, params, stage.stranger)), operation).to.include({
        code: "MethodNotAllowed",
        status: 405,
      });
    }
    await stage.call("PutBucketTagging", { ...target, Tagging: { TagSet: [] } }, stage.stranger);
    await client.send(new DeleteBucketPolicyCommand(target));
    expect(await codeOf(client.send(new GetBucketPolicyCommand(target)))).to.equal("NoSuchBucketPolicy");
    expect(await codeOf(client.send(new PutBucketPolicyCommand({ ...target, Policy: "{" })))).to.equal(
      "MalformedPolicy",
    );
  });

  it("is encrypted, whatever happens", async () => {
    const get = () => answerOf(client.send(new GetBucketEncryptionCommand(target)));
    const rule = (BucketKeyEnabled: boolean, ...EncryptionType: ("NONE" | "SSE-C")[]) => ({
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" as const },
            BucketKeyEnabled,
            ...(EncryptionType.length > 0 ? { BlockedEncryptionTypes: { EncryptionType } } : {}),
          },
        ],
      },
    });
    expect(await get()).to.deep.equal(rule(false, "SSE-C"));
    await client.send(new PutBucketEncryptionCommand({ ...target, ...rule(true, "NONE") }));
    expect(await get()).to.deep.equal(rule(true, "NONE"));
    await client.send(new PutBucketEncryptionCommand({ ...target, ...rule(false) }));
    expect(await get()).to.deep.equal(rule(false, "NONE"));
    await client.send(new DeleteBucketEncryptionCommand(target));
    expect(await get()).to.deep.equal(rule(false, "SSE-C"));
  });

  it("keeps versions once it is told to", async () => {
    const put = (Status: "Enabled" | "Suspended") =>
      client.send(new PutBucketVersioningCommand({ ...target, VersioningConfiguration: { Status } }));
    const get = () => answerOf(client.send(new GetBucketVersioningCommand(target)));
    expect(await get()).to.deep.equal({});
    await put("Enabled");
    expect((await stage.put("k")).VersionId).to.match(/^[\w-]{32}$/);
    await put("Suspended");
    expect(await get()).to.deep.equal({ Status: "Suspended" });
    expect((await stage.put("k")).VersionId).to.equal("null");
  });

  it("has a lifecycle that acts", async () => {
    const get = () => answerOf(client.send(new GetBucketLifecycleConfigurationCommand(target)));
    expect(await codeOf(get())).to.equal("NoSuchLifecycleConfiguration");
    const Rules: LifecycleRule[] = [
      { ID: "a", Status: "Enabled", Filter: { Prefix: "tmp/" }, Expiration: { Days: 1 } },
      { ID: "b", Status: "Disabled", Prefix: "old/", NoncurrentVersionExpiration: { NoncurrentDays: 2 } },
      { ID: "c", Status: "Enabled", Filter: {}, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 } },
    ];
    const put = (rules: LifecycleRule[]) =>
      client.send(new PutBucketLifecycleConfigurationCommand({ ...target, LifecycleConfiguration: { Rules: rules } }));
    expect(await answerOf(put(Rules))).to.deep.equal({
      TransitionDefaultMinimumObjectSize: "all_storage_classes_128K",
    });
    expect(await get()).to.deep.equal({
      Rules,
      TransitionDefaultMinimumObjectSize: "all_storage_classes_128K",
    });
    await stage.put("tmp/a");
    await stage.put("old/a");
    await stage.cloud.clock.advance(2 * 86_400_000);
    client.config.systemClockOffset = stage.cloud.clock.offsetMs();
    expect(await stage.keys()).to.deep.equal(["old/a"]);

    const { ID: _id, ...nameless } = Rules[0] as LifecycleRule;
    await put([nameless as LifecycleRule]);
    expect(((await get())["Rules"] as LifecycleRule[])[0]?.ID).to.match(/^[0-9a-f]{48}$/);
    expect(await codeOf(put([Rules[0], Rules[0]] as LifecycleRule[]))).to.equal("InvalidArgument");
    expect(await codeOf(put([{ ID: "a", Status: "Enabled", Filter: {} }]))).to.equal("InvalidRequest");
    await client.send(new DeleteBucketLifecycleCommand(target));
    expect(await codeOf(get())).to.equal("NoSuchLifecycleConfiguration");
  });

  it("says who owns its objects", async () => {
    const get = () => answerOf(client.send(new GetBucketOwnershipControlsCommand(target)));
    const controls = { OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" as const }] } };
    expect(await get()).to.deep.equal(controls);
    await client.send(new DeleteBucketOwnershipControlsCommand(target));
    expect(await codeOf(get())).to.equal("OwnershipControlsNotFoundError");
    await client.send(new PutBucketOwnershipControlsCommand({ ...target, ...controls }));
    expect(await get()).to.deep.equal(controls);
  });

  it("refuses by name what it does not do", async () => {
    const refused = (rule: object) =>
      messageOf(
        client.send(
          new PutBucketLifecycleConfigurationCommand({
            ...target,
            LifecycleConfiguration: { Rules: [{ ID: "a", Status: "Enabled", Filter: {}, ...rule }] },
          }),
        ),
      );
    expect(await refused({ Transitions: [{ Days: 1, StorageClass: "GLACIER" }] })).to.contain('"Transition"');
    expect(await refused({ Filter: { Tag: { Key: "a", Value: "b" } } })).to.contain('"Tag"');
    expect(await refused({ Expiration: { Days: 1, ExpiredObjectDeleteMarker: true } })).to.contain(
      "ExpiredObjectDeleteMarker",
    );
    expect(await refused({ NoncurrentVersionExpiration: { NoncurrentDays: 0 } })).to.contain("NoncurrentDays");
    const kms = { SSEAlgorithm: "aws:kms:dsse", KMSMasterKeyID: "k" } as const;
    expect(
      await messageOf(
        client.send(
          new PutBucketEncryptionCommand({
            ...target,
            ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: kms }] },
          }),
        ),
      ),
    ).to.contain("AES256 or aws:kms");
    expect(
      await messageOf(
        client.send(
          new PutBucketVersioningCommand({
            ...target,
            VersioningConfiguration: { Status: "Enabled", MFADelete: "Enabled" },
          }),
        ),
      ),
    ).to.contain("MFA delete");
    expect(
      await messageOf(
        client.send(
          new PutBucketOwnershipControlsCommand({
            ...target,
            OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
          }),
        ),
      ),
    ).to.contain("BucketOwnerEnforced");
    expect(
      await messageOf(client.send(new CreateBucketCommand({ Bucket: "locked", ObjectLockEnabledForBucket: true }))),
    ).to.contain("x-amz-bucket-object-lock-enabled");
  });
});
