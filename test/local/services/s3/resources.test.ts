import { expect } from "chai";
import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import { OWNER, refusal, S3Stage, STRANGER } from "./stage.ts";

const DAY = 86_400_000;

describe("local cloud: S3 resources", () => {
  let stage: S3Stage;
  let bucket: { id: string; outputs: Properties };
  beforeEach(async () => {
    stage = new S3Stage();
    bucket = await stage.create("Bucket", { bucket: "data", tags: { a: "1" } });
  });
  afterEach(() => stage.cloud.close());

  it("makes a bucket with what a program reads back", () => {
    expect(bucket.id).to.equal("data");
    expect(bucket.outputs).to.include({
      arn: "arn:aws:s3:::data",
      bucket: "data",
      bucketDomainName: "data.s3.amazonaws.com",
      bucketRegionalDomainName: "data.s3.us-east-1.amazonaws.com",
      forceDestroy: false,
      region: "us-east-1",
    });
    expect(bucket.outputs["tagsAll"]).to.deep.equal({ a: "1" });
    expect(stage.typeOf("Bucket").autoName?.shape?.("Prod-Archive")).to.equal("prod-archive");
  });

  it("has one namespace for all accounts, and AWS's rules for names", async () => {
    expect(await refusal(stage.create("Bucket", { bucket: "data" }))).to.include({
      code: "BucketAlreadyOwnedByYou",
      status: 409,
    });
    expect(await refusal(stage.create("Bucket", { bucket: "data" }, STRANGER))).to.include({
      code: "BucketAlreadyExists",
    });
    const names = [
      "Data",
      "ab",
      "a..b",
      "-ab",
      "ab-",
      "a_b",
      "192.168.0.1",
      "a".repeat(64),
      "../x",
      "xn--a",
      "a--x-s3",
    ];
    for (const name of names) {
      expect(await refusal(stage.call("CreateBucket", { Bucket: name })), name).to.include({
        code: "InvalidBucketName",
      });
    }
  });

  it("refuses to delete a bucket that holds anything, unless forceDestroy says so", async () => {
    await stage.put("k", "v");
    const type = stage.typeOf("Bucket");
    const remove = async (outputs: Properties) => type.delete("data", outputs, stage.context());
    expect(await refusal(remove(bucket.outputs))).to.include({ code: "BucketNotEmpty", status: 409 });
    const outputs = await type.update(
      "data",
      type.inputs.parse({ bucket: "data", forceDestroy: true }) as Properties,
      bucket.outputs,
      stage.context(),
    );
    await remove(outputs);
    expect(stage.cloud.services.s3.store.find("data")).to.equal(undefined);
    expect(await type.read("data", outputs, stage.context())).to.equal(undefined);
  });

  it("counts a delete marker as something", async () => {
    await stage.create("BucketVersioning", { bucket: "data", versioningConfiguration: { status: "Enabled" } });
    await stage.call("DeleteObject", { Bucket: "data", Key: "never-there" });
    const remove = async () => stage.typeOf("Bucket").delete("data", bucket.outputs, stage.context());
    expect(await refusal(remove())).to.include({ code: "BucketNotEmpty" });
  });

  it("refuses by name what it does not do", () => {
    const refused = (type: string, args: Properties) => {
      const result = stage.typeOf(type).inputs.safeParse({ bucket: "data", ...args });
      return JSON.stringify(result.error?.issues ?? []);
    };
    expect(refused("Bucket", { acl: "public-read" })).to.contain("acl");
    expect(refused("Bucket", { versioning: { enabled: true } })).to.contain("versioning");
    const encrypted = (byDefault: Properties) =>
      refused("BucketServerSideEncryptionConfiguration", {
        rules: [{ applyServerSideEncryptionByDefault: byDefault }],
      });
    expect(encrypted({ sseAlgorithm: "aws:kms:dsse" })).to.contain("AES256 or aws:kms");
    expect(encrypted({ sseAlgorithm: "AES256", kmsMasterKeyId: "1" })).to.contain("goes with the sseAlgorithm aws:kms");
    expect(encrypted({ sseAlgorithm: "aws:kms", kmsMasterKeyId: "alias/mine" })).to.contain("give the key's ARN");
    expect(refused("BucketOwnershipControls", { rule: { objectOwnership: "ObjectWriter" } })).to.contain(
      "BucketOwnerEnforced",
    );
    const rule = { id: "r", status: "Enabled" };
    expect(
      refused("BucketLifecycleConfiguration", {
        rules: [{ ...rule, transitions: [{ days: 30, storageClass: "GLACIER" }] }],
      }),
    ).to.contain("transitions");
    expect(
      refused("BucketLifecycleConfiguration", {
        rules: [{ ...rule, filter: { tag: { key: "a", value: "b" } }, expiration: { days: 1 } }],
      }),
    ).to.contain("tag");
    expect(refused("BucketLifecycleConfiguration", { rules: [rule] })).to.contain("a rule needs an action");
  });

  it("sets a setting only on a bucket of its own account that exists", async () => {
    const block = { blockPublicAcls: true };
    expect(await refusal(stage.create("BucketPublicAccessBlock", { bucket: "none", ...block }))).to.include({
      code: "NoSuchBucket",
    });
    expect(await refusal(stage.create("BucketPublicAccessBlock", { bucket: "data", ...block }, STRANGER))).to.include({
      code: "AccessDenied",
    });
  });

  const publicPolicy = (more: Properties = {}) => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::data/*", ...more }],
  });

  it("refuses a public policy while public access is blocked, as it is in a new bucket", async () => {
    const set = (policy: Properties) => stage.create("BucketPolicy", { bucket: "data", policy });
    expect((await refusal(set(publicPolicy()))).message).to.contain("BlockPublicPolicy");
    expect(await refusal(set(publicPolicy({ Principal: { AWS: "*" } })))).to.include({ code: "AccessDenied" });
    expect(
      await refusal(set(publicPolicy({ Condition: { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/x" } } }))),
    ).to.include({ code: "AccessDenied" });
    await set(publicPolicy({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }));
    await set(publicPolicy({ Condition: { StringEquals: { "aws:PrincipalAccount": STRANGER } } }));
  });

  it("puts a setting and an object on an update although somebody else deleted them", async () => {
    const update = (type: string, { id, outputs }: { id: string; outputs: Properties }, args: Properties) => {
      const found = stage.typeOf(type);
      return found.update(id, found.inputs.parse(args) as Properties, outputs, stage.context(OWNER));
    };
    const policy = publicPolicy({ Effect: "Deny", Action: "s3:PutBucketVersioning", Resource: "arn:aws:s3:::data" });
    const made = await stage.create("BucketPolicy", { bucket: "data", policy });
    await stage.call("DeleteBucketPolicy", { Bucket: "data" });
    expect(await update("BucketPolicy", made, { bucket: "data", policy })).to.deep.equal(made.outputs);
    const object = await stage.create("BucketObjectv2", { bucket: "data", key: "k", content: "one" });
    await stage.call("DeleteObject", { Bucket: "data", Key: "k" });
    const again = { bucket: "data", key: "k", content: "two" };
    expect(await update("BucketObjectv2", object, again)).to.include({ content: "two" });
    expect((await stage.call("GetObject", { Bucket: "data", Key: "k" }))["Body"]?.toString()).to.equal("two");
  });

  it("lets strangers in by a public policy only when it is neither blocked nor restricted", async () => {
    await stage.put("k", "v");
    const read = () => stage.call("GetObject", { Bucket: "data", Key: "k" }, stage.stranger);
    await stage.create("BucketPublicAccessBlock", { bucket: "data", restrictPublicBuckets: true });
    await stage.create("BucketPolicy", { bucket: "data", policy: publicPolicy() });
    expect(await refusal(read())).to.include({ code: "AccessDenied" });
    await stage.create("BucketPublicAccessBlock", { bucket: "data" });
    expect((await read())["Body"]?.toString()).to.equal("v");
  });

  it("checks a bucket policy: language, actions, resources, and that a role exists", async () => {
    const put = (more: Properties) =>
      stage.call("PutBucketPolicy", { Bucket: "data", Policy: JSON.stringify(publicPolicy(more)) });
    const owner = { AWS: `arn:aws:iam::${OWNER}:root` };
    const mistakes: [Properties, string][] = [
      [{ Principal: undefined }, "Principal"],
      [{ Principal: owner, Action: "sqs:SendMessage" }, "invalid action"],
      [{ Principal: owner, Resource: "arn:aws:s3:::other/*" }, "invalid resource"],
      [{ Principal: { AWS: `arn:aws:iam::${OWNER}:role/none` } }, "Invalid principal"],
    ];
    for (const [more, reason] of mistakes) {
      const error = await refusal(put(more));
      expect([error.code, error.message.includes(reason)], error.message).to.deep.equal(["MalformedPolicy", true]);
    }
    const policy = JSON.stringify(publicPolicy({ Principal: owner }));
    const made = await stage.create("BucketPolicy", { bucket: "data", policy });
    expect(JSON.parse(String(made.outputs["policy"]))).to.deep.equal(publicPolicy({ Principal: owner }));
    await stage.typeOf("BucketPolicy").delete("data", made.outputs, stage.context());
    expect(await stage.typeOf("BucketPolicy").read("data", made.outputs, stage.context())).to.equal(undefined);
  });

  it("expires objects under a prefix at the midnight after their days", async () => {
    await stage.create("BucketLifecycleConfiguration", {
      bucket: "data",
      rules: [{ id: "r", status: "Enabled", filter: { prefix: "tmp/" }, expiration: { days: 2 } }],
    });
    await stage.put("tmp/a");
    await stage.put("kept");
    await stage.cloud.clock.advance(2 * DAY + DAY / 2 - 1000);
    expect(await stage.keys()).to.deep.equal(["kept", "tmp/a"]);
    await stage.cloud.clock.advance(1000);
    expect(await stage.keys()).to.deep.equal(["kept"]);
  });

  it("in a bucket with versions expires to a delete marker, then the old version, then the marker", async () => {
    await stage.create("BucketVersioning", { bucket: "data", versioningConfiguration: { status: "Enabled" } });
    await stage.create("BucketLifecycleConfiguration", {
      bucket: "data",
      rules: [
        {
          id: "r",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { days: 1 },
          noncurrentVersionExpiration: { noncurrentDays: 3 },
        },
      ],
    });
    const { VersionId } = await stage.put("k", "v");
    await stage.cloud.clock.advance(2 * DAY);
    expect(await stage.keys()).to.deep.equal([]);
    expect(await stage.text("k", { VersionId })).to.equal("v");
    await stage.cloud.clock.advance(3 * DAY);
    expect(await refusal(stage.text("k", { VersionId }))).to.include({ code: "NoSuchVersion" });
    await stage.cloud.clock.advance(DAY);
    expect(stage.cloud.services.s3.store.find("data")?.objects.isEmpty).to.equal(true);
  });

  it("drops unfinished uploads after their days", async () => {
    await stage.create("BucketLifecycleConfiguration", {
      bucket: "data",
      rules: [
        {
          id: "r",
          status: "Enabled",
          filter: { prefix: "" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        },
      ],
    });
    const { UploadId } = await stage.call("CreateMultipartUpload", { Bucket: "data", Key: "k" });
    const upload = () => stage.call("UploadPart", { Bucket: "data", Key: "k", UploadId, PartNumber: 1 });
    await upload();
    await stage.cloud.clock.advance(2 * DAY);
    expect(await refusal(upload())).to.include({ code: "NoSuchUpload" });
  });

  it("puts an object by BucketObjectv2 and takes it away again", async () => {
    const made = await stage.create("BucketObjectv2", {
      bucket: "data",
      key: "a/b",
      content: "hello",
      contentType: "text/plain",
    });
    expect(await stage.text("a/b")).to.equal("hello");
    expect([made.id, made.outputs["etag"]]).to.deep.equal(["data/a/b", "5d41402abc4b2a76b9719d911017c592"]);
    await stage.typeOf("BucketObjectv2").delete(made.id, made.outputs, stage.context());
    expect(await stage.keys()).to.deep.equal([]);
  });
});
