import { createHash } from "node:crypto";
import { expect } from "chai";
import { ChecksumAlgorithm, checksumOf } from "../../../../local/services/s3/checksums.ts";
import { OWNER, REGION, refusal, S3Stage, STRANGER } from "./stage.ts";

describe("local cloud: S3 objects", () => {
  let stage: S3Stage;
  beforeEach(() => {
    stage = new S3Stage();
    stage.cloud.services.s3.store.add("data", { accountId: OWNER, region: REGION });
  });
  afterEach(() => stage.cloud.close());

  it("gives an object back as it was put, with its headers, metadata, MD5 ETag and the cloud time of the write", async () => {
    await stage.put("a/b c.json", '{"x":1}', {
      ContentType: "application/json",
      ContentEncoding: "identity",
      Metadata: { source: "test" },
    });
    const answer = await stage.call("GetObject", { Bucket: "data", Key: "a/b c.json" });
    expect(answer).to.deep.equal({
      Body: Buffer.from('{"x":1}'),
      AcceptRanges: "bytes",
      ContentLength: 7,
      ContentType: "application/json",
      ContentEncoding: "identity",
      ETag: `"${createHash("md5").update('{"x":1}').digest("hex")}"`,
      LastModified: Date.UTC(2026, 0, 10, 12) / 1000,
      Metadata: { source: "test" },
      ServerSideEncryption: "AES256",
    });
    const { Body: _body, ...head } = answer;
    expect(await stage.call("HeadObject", { Bucket: "data", Key: "a/b c.json" })).to.deep.equal(head);
  });

  it("overwrites and deletes", async () => {
    await stage.put("k", "one");
    await stage.put("k", "two");
    expect(await stage.text("k")).to.equal("two");
    await stage.call("DeleteObject", { Bucket: "data", Key: "k" });
    await stage.call("DeleteObject", { Bucket: "data", Key: "k" });
    expect(await stage.keys()).to.deep.equal([]);
    expect(await refusal(stage.text("k"))).to.include({ code: "NoSuchKey", status: 404 });
  });

  it("answers ranges, and 416 beyond the end", async () => {
    await stage.put("k", "0123456789");
    const read = (Range: string) => stage.call("GetObject", { Bucket: "data", Key: "k", Range });
    const part = await read("bytes=2-4");
    expect([part["Body"]?.toString(), part["ContentRange"], part["ContentLength"]]).to.deep.equal([
      "234",
      "bytes 2-4/10",
      3,
    ]);
    expect((await read("bytes=8-"))["Body"]?.toString()).to.equal("89");
    expect((await read("bytes=-3"))["Body"]?.toString()).to.equal("789");
    expect((await read("bytes=7-99"))["ContentRange"]).to.equal("bytes 7-9/10");
    expect((await read("bytes=0-1,4-5"))["Body"]?.toString()).to.equal("0123456789");
    expect(await refusal(read("bytes=10-"))).to.include({ code: "InvalidRange", status: 416 });
  });

  it("holds to the conditions of reads and writes", async () => {
    const { ETag } = await stage.put("k", "v", { IfNoneMatch: "*" });
    expect(await refusal(stage.put("k", "w", { IfNoneMatch: "*" }))).to.include({
      code: "PreconditionFailed",
      status: 412,
    });
    expect(await refusal(stage.put("k", "w", { IfMatch: '"other"' }))).to.include({ code: "PreconditionFailed" });
    expect(await refusal(stage.put("none", "w", { IfMatch: ETag }))).to.include({ code: "NoSuchKey" });
    expect(await refusal(stage.text("k", { IfNoneMatch: ETag }))).to.include({ code: "NotModified", status: 304 });
    expect(await refusal(stage.text("k", { IfMatch: '"other"' }))).to.include({ code: "PreconditionFailed" });
    const now = stage.cloud.clock.now() / 1000;
    expect(await refusal(stage.text("k", { IfModifiedSince: now }))).to.include({ status: 304 });
    expect(await refusal(stage.text("k", { IfUnmodifiedSince: now - 1 }))).to.include({ status: 412 });
    expect(await stage.text("k", { IfModifiedSince: now + 1 })).to.equal("v");
    await stage.put("k", "w", { IfMatch: ETag });
    expect(await stage.text("k")).to.equal("w");
  });

  it("computes every checksum as its inventors do", () => {
    const check = Buffer.from("123456789");
    const hex = (algorithm: ChecksumAlgorithm) => Buffer.from(checksumOf(algorithm, check), "base64").toString("hex");
    expect(hex(ChecksumAlgorithm.Crc32)).to.equal("cbf43926");
    expect(hex(ChecksumAlgorithm.Crc32C)).to.equal("e3069283");
    expect(hex(ChecksumAlgorithm.Crc64Nvme)).to.equal("ae8b14860a799888");
    expect(hex(ChecksumAlgorithm.Sha1)).to.equal("f7c3bc1d808e04732adf679965ccc34ca7ae3441");
    expect(hex(ChecksumAlgorithm.Sha256)).to.equal("15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225");
  });

  it("refuses a body that does not match what was said of it, and keeps a checksum that does", async () => {
    for (const given of [
      { ChecksumCRC32: "AAAAAA==" },
      { ChecksumSHA256: checksumOf("SHA256", Buffer.from("other")) },
      { ContentMD5: createHash("md5").update("other").digest("base64") },
    ]) {
      expect(await refusal(stage.put("k", "body", given))).to.include({ code: "BadDigest" });
    }
    expect(await refusal(stage.put("k", "body", { ContentMD5: "eA==" }))).to.include({ code: "InvalidDigest" });
    expect(await stage.keys()).to.deep.equal([]);
    const value = checksumOf("CRC64NVME", Buffer.from("body"));
    await stage.put("k", "body", { ChecksumCRC64NVME: value });
    const read = await stage.call("GetObject", { Bucket: "data", Key: "k", ChecksumMode: "ENABLED" });
    expect(read).to.include({ ChecksumCRC64NVME: value, ChecksumType: "FULL_OBJECT" });
  });

  it("gives an object that comes without a checksum CRC64NVME, and says it when it is asked", async () => {
    // Recorded on AWS 02-2026.
    const own = { ChecksumCRC64NVME: "qUVrWYOrIAM=", ChecksumType: "FULL_OBJECT" };
    const target = { Bucket: "data", Key: "k" };
    expect(await stage.put("k", "test data..")).to.include(own);
    for (const operation of ["GetObject", "HeadObject"]) {
      expect(await stage.call(operation, { ...target, ChecksumMode: "ENABLED" })).to.include(own);
      expect(await stage.call(operation, target)).not.to.have.any.keys("ChecksumCRC64NVME", "ChecksumType");
    }
    const part = await stage.call("GetObject", { ...target, ChecksumMode: "ENABLED", Range: "bytes=0-1" });
    expect(part).not.to.have.any.keys("ChecksumCRC64NVME", "ChecksumType");
    const copy = await stage.call("CopyObject", { ...target, Key: "copy", CopySource: "data/k" });
    expect(copy["CopyObjectResult"]).to.include(own);
    const { Contents } = await stage.call<{ Contents: unknown[] }>("ListObjectsV2", { Bucket: "data" });
    const listed = { ChecksumAlgorithm: ["CRC64NVME"], ChecksumType: "FULL_OBJECT" };
    expect(Contents).to.have.length(2);
    for (const one of Contents) expect(one).to.deep.include(listed);
  });

  it("refuses a key over 1,024 bytes, a parameter it does not know, and an access list", async () => {
    expect(await refusal(stage.put("é".repeat(513), ""))).to.include({ code: "KeyTooLongError" });
    expect((await refusal(stage.put("k", "", { Tagging: "a=b" }))).message).to.contain("Tagging");
    expect((await refusal(stage.put("k", "", { ACL: "public-read" }))).message).to.contain("ACL");
    await stage.put("k".repeat(1024), "");
  });

  it("deletes many, each judged by itself", async () => {
    await stage.put("mine/a");
    await stage.put("mine/b");
    await stage.put("theirs/c");
    const cleaner = stage.role(OWNER, "cleaner", [
      { Effect: "Allow", Action: "s3:DeleteObject", Resource: "arn:aws:s3:::data/mine/*" },
    ]);
    const answer = await stage.call<{ Deleted: unknown[]; Errors: { Key: string; Code: string }[] }>(
      "DeleteObjects",
      { Bucket: "data", Delete: { Objects: [{ Key: "mine/a" }, { Key: "theirs/c" }, { Key: "mine/none" }] } },
      cleaner,
    );
    expect(answer.Deleted).to.deep.equal([{ Key: "mine/a" }, { Key: "mine/none" }]);
    expect(answer.Errors.map(({ Key, Code }) => [Key, Code])).to.deep.equal([["theirs/c", "AccessDenied"]]);
    expect(await stage.keys()).to.deep.equal(["mine/b", "theirs/c"]);
  });

  it("assembles multipart uploads: parts in order, 5 MiB but the last, an ETag of the parts' digests", async () => {
    const target = { Bucket: "data", Key: "large" };
    const { UploadId } = await stage.call("CreateMultipartUpload", { ...target, ContentType: "text/plain" });
    const part = (PartNumber: number, Body: Buffer) =>
      stage.call("UploadPart", { ...target, UploadId, PartNumber, Body });
    const first = Buffer.alloc(5 * 1024 * 1024, "a");
    const one = await part(1, first);
    const two = await part(2, Buffer.from("end"));
    const complete = (Parts: unknown[]) =>
      stage.call("CompleteMultipartUpload", { ...target, UploadId, MultipartUpload: { Parts } });
    const named = (PartNumber: number, answer: Record<string, unknown>) => ({ PartNumber, ETag: answer["ETag"] });
    expect(await refusal(complete([named(2, two), named(1, one)]))).to.include({ code: "InvalidPartOrder" });
    expect(await refusal(complete([named(1, two)]))).to.include({ code: "InvalidPart" });
    await part(3, Buffer.from("tail"));
    expect(await refusal(complete([named(2, two), named(3, await part(3, Buffer.from("tail")))]))).to.include({
      code: "EntityTooSmall",
    });
    expect(await stage.keys()).to.deep.equal([]);
    const digests = [first, Buffer.from("end")].map((bytes) => createHash("md5").update(bytes).digest());
    const answer = await complete([named(1, one), named(2, two)]);
    expect(answer["ETag"]).to.equal(`"${createHash("md5").update(Buffer.concat(digests)).digest("hex")}-2"`);
    const read = await stage.call<{ Body: Buffer; ContentType: string }>("GetObject", target);
    expect([read.Body.length, read.Body.subarray(-3).toString(), read.ContentType]).to.deep.equal([
      first.length + 3,
      "end",
      "text/plain",
    ]);
    expect(await refusal(part(1, first))).to.include({ code: "NoSuchUpload", status: 404 });
  });

  it("keeps versions once it is told to: overwritten and deleted objects can be read by their version", async () => {
    await stage.put("k", "before");
    await stage.create("BucketVersioning", { bucket: "data", versioningConfiguration: { status: "Enabled" } });
    const second = await stage.put("k", "second");
    const third = await stage.put("k", "third");
    const marker = await stage.call("DeleteObject", { Bucket: "data", Key: "k" });
    expect(marker).to.include({ DeleteMarker: true });
    expect(await refusal(stage.text("k"))).to.include({ code: "NoSuchKey" });
    expect(await stage.keys()).to.deep.equal([]);
    expect(await stage.text("k", { VersionId: second.VersionId })).to.equal("second");
    expect(await stage.text("k", { VersionId: "null" })).to.equal("before");
    expect(await refusal(stage.text("k", { VersionId: marker["VersionId"] }))).to.include({ code: "MethodNotAllowed" });

    const listed = await stage.call<Record<"Versions" | "DeleteMarkers", { VersionId: string; IsLatest: boolean }[]>>(
      "ListObjectVersions",
      { Bucket: "data" },
    );
    expect(listed.Versions.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).to.deep.equal([
      [third.VersionId, false],
      [second.VersionId, false],
      ["null", false],
    ]);
    expect(listed.DeleteMarkers.map(({ VersionId }) => VersionId)).to.deep.equal([marker["VersionId"]]);

    await stage.call("DeleteObject", { Bucket: "data", Key: "k", VersionId: marker["VersionId"] });
    expect(await stage.text("k")).to.equal("third");
    await stage.call("DeleteObject", { Bucket: "data", Key: "k", VersionId: third.VersionId });
    expect(await stage.text("k")).to.equal("second");
    expect(await refusal(stage.text("k", { VersionId: third.VersionId }))).to.include({ code: "NoSuchVersion" });
  });

  it("refuses ids that no version can have, to delete them too, and half a place in a list of versions", async () => {
    const versioning = { status: "Enabled" };
    await stage.create("BucketVersioning", { bucket: "data", versioningConfiguration: versioning });
    await stage.put("k");
    const impossible = { Bucket: "data", Key: "k", VersionId: "impossible" };
    expect(await refusal(stage.call("DeleteObject", impossible))).to.deep.include({
      code: "InvalidArgument",
      message: "Invalid version id specified",
      details: { ArgumentName: "versionId", ArgumentValue: "impossible" },
    });
    await stage.call("DeleteObject", { ...impossible, VersionId: "a".repeat(32) });
    expect(await stage.keys()).to.deep.equal(["k"]);
    const half = stage.call("ListObjectVersions", { Bucket: "data", VersionIdMarker: "a".repeat(32) });
    expect(await refusal(half)).to.include({
      code: "InvalidArgument",
      message: "A version-id marker cannot be specified without a key marker.",
    });
  });

  it("deletes the other objects of a request that names versions which cannot be", async () => {
    const id = "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD";
    const remove = (...Objects: { Key: string; VersionId?: string }[]) =>
      stage.call("DeleteObjects", { Bucket: "data", Delete: { Objects } });
    const refused = (VersionId: string) => ({
      Key: "k",
      VersionId,
      Code: "NoSuchVersion",
      Message: "The specified version does not exist.",
    });
    for (const key of ["a", "b", "k"]) await stage.put(key);
    // A bucket that never had versioning has only "null".
    expect(await remove({ Key: "a" }, { Key: "k", VersionId: id }, { Key: "b", VersionId: "null" })).to.deep.equal({
      Deleted: [{ Key: "a" }, { Key: "b", VersionId: "null" }],
      Errors: [refused(id)],
    });
    for (const operation of ["GetObject", "DeleteObject"]) {
      const call = stage.call(operation, { Bucket: "data", Key: "k", VersionId: id });
      expect(await refusal(call)).to.include({ code: "InvalidArgument", message: "Invalid version id specified" });
    }
    await stage.create("BucketVersioning", { bucket: "data", versioningConfiguration: { status: "Enabled" } });
    const { VersionId = "" } = await stage.put("c");
    expect(await remove({ Key: "k", VersionId: "impossible" }, { Key: "c", VersionId })).to.deep.equal({
      Deleted: [{ Key: "c", VersionId }],
      Errors: [refused("impossible")],
    });
    expect(await stage.keys()).to.deep.equal(["k"]);
  });

  it("empties its data and keeps its buckets", async () => {
    await stage.put("k", "v");
    stage.cloud.emptyData();
    expect(await stage.keys()).to.deep.equal([]);
  });
});

describe("local cloud: S3 lists", () => {
  let stage: S3Stage;
  beforeEach(() => {
    stage = new S3Stage();
    stage.cloud.services.s3.store.add("data", { accountId: OWNER, region: REGION });
  });
  afterEach(() => stage.cloud.close());

  type ListPage = {
    Contents: { Key: string; Size: number }[];
    CommonPrefixes: { Prefix: string }[];
    IsTruncated: boolean;
    KeyCount: number;
    NextContinuationToken?: string;
  };
  const list = (more: Record<string, unknown> = {}) =>
    stage.call<ListPage>("ListObjectsV2", { Bucket: "data", ...more });

  it("orders keys by their UTF-8 bytes", async () => {
    const keys = ["b", "a/2", "a/10", "Z", "\u{1f600}", "\uffee", "é"];
    for (const key of keys) await stage.put(key);
    expect(await stage.keys()).to.deep.equal(["Z", "a/10", "a/2", "b", "é", "\uffee", "\u{1f600}"]);
  });

  it("cuts at prefix and delimiter, each common prefix once, and continues over pages", async () => {
    for (const key of ["logs/1/a", "logs/1/b", "logs/2/a", "logs/x", "logs/y", "other"]) await stage.put(key);
    const pages: string[][] = [];
    let token: string | undefined;
    do {
      const page = await list({
        Prefix: "logs/",
        Delimiter: "/",
        MaxKeys: 2,
        ...(token ? { ContinuationToken: token } : {}),
      });
      pages.push([...page.CommonPrefixes.map(({ Prefix }) => Prefix), ...page.Contents.map(({ Key }) => Key)]);
      expect(page.KeyCount).to.equal(pages.at(-1)?.length);
      token = page.NextContinuationToken;
      expect(page.IsTruncated).to.equal(token !== undefined);
    } while (token);
    expect(pages).to.deep.equal([
      ["logs/1/", "logs/2/"],
      ["logs/x", "logs/y"],
    ]);
  });

  it("begins after a key, gives 1,000 at most, none for 0, and refuses a token that it did not give", async () => {
    for (let index = 0; index < 1001; index++) await stage.put(`k${String(index).padStart(4, "0")}`);
    expect((await list({ StartAfter: "k0998" })).Contents.map(({ Key }) => Key)).to.deep.equal(["k0999", "k1000"]);
    const all = await list({ MaxKeys: 5000 });
    expect([all.KeyCount, all.IsTruncated]).to.deep.equal([1000, true]);
    expect(await list({ MaxKeys: 0 })).to.include({ KeyCount: 0, IsTruncated: false });
    expect(await refusal(list({ ContinuationToken: "?" }))).to.include({ code: "InvalidArgument" });
    const first = await list({ ContinuationToken: "", StartAfter: "k0999" });
    expect(first.Contents.map(({ Key }) => Key)).to.deep.equal(["k1000"]);
    expect(first).to.not.have.property("ContinuationToken");
  });

  it("lists the buckets of the caller's account only", async () => {
    stage.cloud.services.s3.store.add("theirs", { accountId: STRANGER, region: REGION });
    const names = async (principal = stage.owner) =>
      (await stage.call<{ Buckets: { Name: string }[] }>("ListBuckets", {}, principal)).Buckets.map(({ Name }) => Name);
    expect(await names()).to.deep.equal(["data"]);
    expect(await names(stage.stranger)).to.deep.equal(["theirs"]);
  });
});

describe("local cloud: S3 and IAM", () => {
  let stage: S3Stage;
  beforeEach(() => {
    stage = new S3Stage();
    stage.cloud.services.s3.store.add("data", { accountId: OWNER, region: REGION });
  });
  afterEach(() => stage.cloud.close());

  it("asks for the action on the object or the bucket, with the prefix and the owner's account", async () => {
    await stage.put("open/a", "x");
    const reader = stage.role(OWNER, "reader", [
      { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::data/open/*" },
      {
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: "arn:aws:s3:::data",
        Condition: { StringEquals: { "s3:prefix": "open/", "s3:ResourceAccount": OWNER } },
      },
    ]);
    await stage.call("GetObject", { Bucket: "data", Key: "open/a" }, reader);
    await stage.call("ListObjectsV2", { Bucket: "data", Prefix: "open/" }, reader);
    for (const [operation, params] of [
      ["ListObjectsV2", { Prefix: "" }],
      ["ListObjectsV2", {}],
      ["GetObject", { Key: "closed/a" }],
      ["PutObject", { Key: "open/a" }],
      ["DeleteObject", { Key: "open/a" }],
      ["HeadBucket", {}],
      ["GetBucketLocation", {}],
    ] as const) {
      const error = await refusal(stage.call(operation, { Bucket: "data", ...params }, reader));
      expect(error, operation).to.include({ code: "AccessDenied", status: 403 });
    }
  });

  it("does not tell whether a key exists to whoever may not list", async () => {
    const reader = stage.role(OWNER, "reader", [
      { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::data/*" },
    ]);
    const read = () => stage.call("GetObject", { Bucket: "data", Key: "none" }, reader);
    expect(await refusal(read())).to.include({ code: "AccessDenied", status: 403 });
    stage.cloud.services.iam.store.requireRole(OWNER, "reader").putInlinePolicy("list", {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::data" },
    });
    expect(await refusal(read())).to.include({ code: "NoSuchKey", status: 404 });
  });

  it("keeps another account out until the bucket's policy lets it in", async () => {
    await stage.put("k", "v");
    const read = () => stage.call("GetObject", { Bucket: "data", Key: "k" }, stage.stranger);
    expect(await refusal(read())).to.include({ code: "AccessDenied", status: 403 });
    expect(await refusal(stage.call("GetObject", { Bucket: "none", Key: "k" }, stage.stranger))).to.include({
      code: "NoSuchBucket",
      status: 404,
    });
    await stage.create("BucketPolicy", {
      bucket: "data",
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${STRANGER}:root` },
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::data/*",
        },
      }),
    });
    expect((await read())["Body"]?.toString()).to.equal("v");
    expect(await refusal(stage.call("PutObject", { Bucket: "data", Key: "k" }, stage.stranger))).to.include({
      code: "AccessDenied",
    });
  });

  it("names the owner that was expected, and the region that a bucket is in", async () => {
    expect(await refusal(stage.put("k", "", { ExpectedBucketOwner: STRANGER }))).to.include({ code: "AccessDenied" });
    for (const ExpectedBucketOwner of ["me", "1234567890123"]) {
      expect(await refusal(stage.put("k", "", { ExpectedBucketOwner }))).to.include({
        code: "InvalidBucketOwnerAWSAccountID",
        status: 400,
      });
    }
    stage.cloud.services.s3.store.add("far", { accountId: OWNER, region: "eu-west-1" });
    expect(await refusal(stage.call("HeadBucket", { Bucket: "far" }))).to.include({
      code: "PermanentRedirect",
      status: 301,
    });
  });
});
