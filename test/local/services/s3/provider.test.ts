import { expect } from "chai";
import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import { SIGNATURE_KEY, Signature } from "../../../../local/resource-types/wire-values.ts";
import { failureOf } from "../../../support/failure-of.ts";
import { ProviderStage } from "../../../support/provider-stage.ts";
import { STAGE_ACCOUNT } from "../../../support/service-stage.ts";

const tokens = {
  bucket: "aws:s3/bucket:Bucket",
  object: "aws:s3/bucketObjectv2:BucketObjectv2",
  formerObject: "aws:s3/bucketObject:BucketObject",
  publicAccessBlock: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  policy: "aws:s3/bucketPolicy:BucketPolicy",
  encryption: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  ownership: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  versioning: "aws:s3/bucketVersioning:BucketVersioning",
  lifecycle: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
} as const;

describe("local cloud: S3 resources by the provider", () => {
  let stage: ProviderStage;
  beforeEach(async () => {
    stage = await ProviderStage.start();
  });
  afterEach(() => stage.close());

  const make = (type: keyof typeof tokens, inputs: Properties) => stage.make(tokens[type], inputs);
  const mistakes = async (type: keyof typeof tokens, news: Properties) => {
    const { failures } = await stage.provider.check({ urn: stage.urn(tokens[type], "thing"), news });
    return failures.map(({ property, reason }) => `${property}: ${reason}`);
  };
  const versioned = (status: string) => ({ bucket: "data", versioningConfiguration: { status } });

  it("hears of all mistakes at once", async () => {
    expect(await mistakes("bucket", { bucket: "-My_Bucket", tags: { "aws:a": "b" }, acl: "private" })).to.have.members([
      "bucket: must consist of a-z, 0-9, dots and hyphens",
      "bucket: must begin and end with a letter or a digit",
      'tags["aws:a"]: tag keys that begin with aws: are reserved for AWS (aws:a)',
      "acl: The local cloud does not support this argument for aws:s3/bucket:Bucket. It supports: bucket, forceDestroy, region, tags.",
    ]);
    const rule = { id: "r", status: "On", expiration: { days: 0 } };
    expect(await mistakes("lifecycle", { bucket: "data", expectedBucketOwner: "me", rules: [rule] })).to.deep.equal([
      "expectedBucketOwner: must be an account's id, twelve digits",
      'rules[0].status: Invalid option: expected one of "Enabled"|"Disabled"',
      "rules[0].expiration.days: must be a whole number of days, at least 1",
    ]);
    expect(await mistakes("policy", { policy: "{" })).to.deep.equal([
      "bucket: Invalid input: expected string, received undefined",
      "policy: This policy contains invalid Json",
    ]);
    const object = { key: "k", content: "x", contentBase64: "?", metadata: { Trace: "1" }, storageClass: "GLACIER" };
    expect(await mistakes("object", object)).to.have.members([
      "bucket: Invalid input: expected string, received undefined",
      "contentBase64: must be base64",
      "metadata.Trace: must be in lower case",
      "storageClass: the local cloud has the storage class STANDARD only",
    ]);
    expect(await mistakes("object", { bucket: "b", key: "k", content: "x", contentBase64: "eA==" })).to.deep.equal([
      "contentBase64: only one of content, contentBase64, source may be given",
    ]);
  });

  it("takes the resource's name as the key of an object that has none, and refuses an archive by name", async () => {
    await make("bucket", { bucket: "data" });
    for (const type of ["object", "formerObject"] as const) {
      const { id, inputs, outputs } = await stage.make(tokens[type], { bucket: "data", content: "x" }, `${type}.txt`);
      expect([id, inputs["key"], outputs["key"]]).to.deep.equal([`data/${type}.txt`, `${type}.txt`, `${type}.txt`]);
    }
    const archive = { [SIGNATURE_KEY]: Signature.Archive, assets: {}, hash: "0" };
    for (const type of ["object", "formerObject"] as const) {
      const [mistake] = await mistakes(type, { bucket: "data", source: archive });
      expect(mistake).to.equal(
        "source: the local cloud does not support archives as the source of an object: give a FileAsset of the packed file",
      );
    }
    expect((await mistakes("formerObject", { bucket: "data", checksumAlgorithm: "SHA256" }))[0]).to.contain(
      "checksumAlgorithm: The local cloud does not support this argument",
    );
  });

  it("writes an object's headers as UTF-8, and reads them so", async () => {
    await make("bucket", { bucket: "data" });
    const texts = { contentDisposition: "attachment; filename=—é.pdf", metadata: { title: "—ü" } };
    const made = await make("object", { bucket: "data", key: "k", content: "x", ...texts });
    expect(made.outputs).to.deep.include(texts);
    const bytes = (text: string) => Buffer.from(text, "utf8").toString("latin1");
    const { objects } = stage.cloud.services.s3.store.find("data") ?? {};
    expect(objects?.get("k")).to.deep.include({ metadata: { title: bytes("—ü") } });
    expect(objects?.get("k")?.headers).to.include({ ContentDisposition: bytes(texts.contentDisposition) });
    expect(
      (await stage.provider.read({ urn: made.urn, id: made.id, properties: made.outputs })).properties,
    ).to.deep.include(texts);
  });

  it("does not delete a bucket that holds anything, unless forceDestroy was set by an up before", async () => {
    const made = await make("bucket", { bucket: "data" });
    await stage.call("s3", "PutObject", { Bucket: "data", Key: "k" });
    const remove = (properties: Properties) => stage.provider.delete({ urn: made.urn, id: "data", properties });
    expect(await failureOf(remove(made.outputs))).to.match(
      /^The bucket you tried to delete is not empty.*forceDestroy: true/,
    );
    const news = { ...made.inputs, forceDestroy: true };
    const request = { urn: made.urn, id: "data", olds: made.outputs, oldInputs: made.inputs, news };
    await remove((await stage.provider.update(request)).properties);
    expect(stage.cloud.services.s3.store.find("data")).to.equal(undefined);
  });

  it("refuses a name that exists, and what belongs to another account", async () => {
    await make("bucket", { bucket: "data" });
    expect(await failureOf(make("bucket", { bucket: "data" }))).to.contain("you already own it");
    stage.cloud.services.s3.store.add("theirs", { accountId: "222222222222", region: "us-east-1" });
    expect(await failureOf(make("bucket", { bucket: "theirs" }))).to.contain("is not available");
    const urn = stage.urn(tokens.bucket, "thing");
    expect(await failureOf(stage.provider.read({ urn, id: "theirs" }))).to.contain("belongs to another account");
    expect(await failureOf(make("versioning", { ...versioned("Enabled"), bucket: "theirs" }))).to.contain(
      "belongs to another account",
    );
  });

  it("finds a setting by the bucket and its owner, and by no other owner", async () => {
    await make("bucket", { bucket: "data" });
    const { id, urn } = await make("versioning", { ...versioned("Enabled"), expectedBucketOwner: STAGE_ACCOUNT });
    expect(id).to.equal(`data,${STAGE_ACCOUNT}`);
    expect((await stage.provider.read({ urn, id })).inputs).to.deep.equal({
      ...versioned("Enabled"),
      expectedBucketOwner: STAGE_ACCOUNT,
    });
    expect((await stage.provider.read({ urn, id: "data" })).inputs).to.deep.equal(versioned("Enabled"));
    expect(await failureOf(stage.provider.read({ urn, id: "data,222222222222" }))).to.contain("does not belong to");
  });

  it("finds gone what somebody took away", async () => {
    await make("bucket", { bucket: "data" });
    const settings = {
      publicAccessBlock: [{ blockPublicAcls: true }, "DeletePublicAccessBlock"],
      policy: [{ policy: denyAll }, "DeleteBucketPolicy"],
      ownership: [{ rule: { objectOwnership: "BucketOwnerEnforced" } }, "DeleteBucketOwnershipControls"],
      lifecycle: [{ rules: [{ id: "r", status: "Enabled", expiration: { days: 1 } }] }, "DeleteBucketLifecycle"],
    } as const;
    for (const [type, [inputs, operation]] of Object.entries(settings)) {
      const made = await make(type as keyof typeof settings, { bucket: "data", ...inputs });
      const read = () => stage.provider.read({ urn: made.urn, id: made.id, properties: made.outputs });
      expect((await read()).id, type).to.equal("data");
      await stage.call("s3", operation, { Bucket: "data" });
      expect(await read(), type).to.deep.include({ id: "" });
    }
    const { urn, id } = await make("encryption", { bucket: "data", rules: [{ bucketKeyEnabled: true }] });
    await stage.call("s3", "DeleteBucket", { Bucket: "data" });
    expect(await stage.provider.read({ urn, id })).to.deep.include({ id: "" });
  });

  it("does not forget that a bucket had versions", async () => {
    await make("bucket", { bucket: "data" });
    const { urn, id, inputs, outputs } = await make("versioning", versioned("Enabled"));
    const news = { ...inputs, ...versioned("Disabled") };
    const update = stage.provider.update({ urn, id, olds: outputs, oldInputs: inputs, news });
    expect(await failureOf(update)).to.contain("cannot be Disabled again: write Suspended");
  });

  it("keeps a public access block that is not to be destroyed", async () => {
    await make("bucket", { bucket: "data" });
    const made = await make("publicAccessBlock", { bucket: "data", blockPublicAcls: true, skipDestroy: true });
    await stage.provider.delete({ urn: made.urn, id: made.id, properties: made.outputs });
    expect(stage.cloud.services.s3.store.find("data")?.publicAccessBlock).to.include({ blockPublicAcls: true });
  });

  it("puts an object anew only when something about the object changes", async () => {
    await make("bucket", { bucket: "data" });
    await make("versioning", versioned("Enabled"));
    const { urn, id, inputs, outputs } = await make("object", { bucket: "data", key: "/a//b", content: "x" });
    expect(id).to.equal("data//a//b");
    const update = async (olds: Properties, more: Properties) =>
      (await stage.provider.update({ urn, id, olds, oldInputs: inputs, news: { ...inputs, ...more } })).properties;
    const same = await update(outputs, { forceDestroy: true });
    expect(same["versionId"]).to.equal(outputs["versionId"]);
    const other = await update(same, { contentType: "text/plain" });
    expect(other["versionId"]).to.not.equal(outputs["versionId"]);
    const bucket = stage.cloud.services.s3.store.find("data");
    expect(bucket?.objects.versionsOf("a/b")).to.have.length(2);
    await stage.provider.delete({ urn, id, properties: other });
    expect(bucket?.objects.isEmpty).to.equal(true);
  });
});

const denyAll = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: "arn:aws:s3:::data/*" }],
};
