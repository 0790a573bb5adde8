import { createHash } from "node:crypto";
import { expect } from "chai";
import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import { OWNER, REGION, refusal, S3Stage, STRANGER } from "./stage.ts";
import { element, wire } from "./wire.ts";

describe("local cloud: copies within S3", () => {
  let stage: S3Stage;
  beforeEach(() => {
    stage = new S3Stage();
    stage.cloud.services.s3.store.add("data", { accountId: OWNER, region: REGION });
  });
  afterEach(() => stage.cloud.close());

  const copy = (CopySource: string, more: Properties = {}) =>
    stage.call("CopyObject", { Bucket: "data", Key: "copy", CopySource, ...more });
  const versioned = () =>
    stage.create("BucketVersioning", { bucket: "data", versioningConfiguration: { status: "Enabled" } });
  const md5 = (text: string) => `"${createHash("md5").update(text).digest("hex")}"`;

  it("refuses metadata by the name __proto__, which would be lost", async () => {
    const put = (name: string) =>
      wire(stage, "PUT", "/data/named", { body: "x", headers: { [`x-amz-meta-${name}`]: "1" } });
    const refused = await put("__proto__");
    expect(refused.status).to.equal(400);
    expect(refused.text).to.contain("x-amz-meta-__proto__");
    expect((await put("proto")).status).to.equal(200);
  });

  it("copies an object with what is kept of it, and answers as S3 does", async () => {
    await stage.put("from/a", "body", { ContentType: "text/plain", Metadata: { trace: "42" } });
    const answer = await wire(stage, "PUT", "/data/copy", {
      headers: { "x-amz-copy-source": "data/from/a", "content-type": "x/y", "x-amz-meta-trace": "43" },
    });
    expect([answer.status, answer.headers["x-amz-server-side-encryption"]]).to.deep.equal([200, "AES256"]);
    expect(answer.text).to.contain('<CopyObjectResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">');
    expect(element("LastModified", answer.text)).to.equal("2026-01-10T12:00:00.000Z");
    expect(element("ETag", answer.text)).to.equal(md5("body").replaceAll('"', "&quot;"));
    const read = await stage.call("GetObject", { Bucket: "data", Key: "copy" });
    expect(read).to.deep.include({ ContentType: "text/plain", Metadata: { trace: "42" }, Body: Buffer.from("body") });
  });

  it("replaces headers and metadata when it is told to", async () => {
    await stage.put("a", "body", { ContentType: "text/plain", CacheControl: "no-cache", Metadata: { trace: "42" } });
    await copy("data/a", { MetadataDirective: "REPLACE", ContentType: "x/y", Metadata: { other: "1" } });
    const read = await stage.call("GetObject", { Bucket: "data", Key: "copy" });
    expect(read).to.deep.include({ ContentType: "x/y", Metadata: { other: "1" } });
    expect(read).to.not.have.property("CacheControl");
    expect((await refusal(copy("data/a", { MetadataDirective: "MERGE" }))).message).to.contain("COPY or REPLACE");
  });

  it("reads the source as clients write it: encoded or not, with a slash before it or not", async () => {
    await stage.put("a b/ü+%2F?&x", "body");
    const encoded = "a%20b/%C3%BC%2B%252F%3F%26x";
    for (const source of [
      `data/${encoded}`,
      `/data/${encoded}`,
      `data%2F${encoded.replace("/", "%2F")}`,
      "data/a+b/ü%2B%252F%3F&x",
    ]) {
      await stage.call("DeleteObject", { Bucket: "data", Key: "copy" });
      await copy(source);
      expect(await stage.text("copy"), source).to.equal("body");
    }
  });

  it("refuses what is no source, and what is not there", async () => {
    await stage.put("a");
    for (const source of ["data", "/data/", "/", "data/a?partNumber=1", "data/a?versionId=", "data/%FF"]) {
      expect(await refusal(copy(source)), source).to.deep.include({
        code: "InvalidArgument",
        details: { ArgumentName: "x-amz-copy-source", ArgumentValue: source },
      });
    }
    expect(await refusal(copy("data/none"))).to.include({ code: "NoSuchKey", status: 404 });
    expect(await refusal(copy("none/a"))).to.include({ code: "NoSuchBucket", status: 404 });
    const foreign = copy("data/a", { ExpectedSourceBucketOwner: STRANGER });
    expect(await refusal(foreign)).to.include({ code: "AccessDenied", status: 403 });
    expect(await stage.keys()).to.deep.equal(["a"]);
  });

  it("copies onto itself only what changes by it, or an older version", async () => {
    await versioned();
    const first = await stage.put("copy", "first");
    await stage.put("copy", "second");
    for (const more of [{}, { MetadataDirective: "COPY", Metadata: { a: "1" } }]) {
      const error = await refusal(copy("data/copy", more));
      expect(error).to.include({ code: "InvalidRequest", status: 400 });
      expect(error.message).to.match(/^This copy request is illegal because it is trying to copy an object to itself/);
    }
    await copy("data/copy", { MetadataDirective: "REPLACE", Metadata: { a: "1" } });
    expect(await stage.call("HeadObject", { Bucket: "data", Key: "copy" })).to.deep.include({ Metadata: { a: "1" } });
    const restored = await wire(stage, "PUT", "/data/copy", {
      headers: { "x-amz-copy-source": `data/copy?versionId=${first.VersionId}` },
    });
    expect(restored.headers["x-amz-copy-source-version-id"]).to.equal(first.VersionId);
    expect(restored.headers["x-amz-version-id"]).to.be.a("string").and.not.equal(first.VersionId);
    expect(await stage.text("copy")).to.equal("first");
  });

  it("does not copy a delete marker", async () => {
    await versioned();
    await stage.put("a");
    const { VersionId } = await stage.call("DeleteObject", { Bucket: "data", Key: "a" });
    expect(await refusal(copy("data/a"))).to.include({ code: "NoSuchKey" });
    expect(await refusal(copy(`data/a?versionId=${VersionId}`))).to.include({ code: "InvalidRequest" });
    expect(await refusal(copy("data/a?versionId=impossible"))).to.include({ code: "InvalidArgument" });
  });

  it("holds to the conditions of the source and of the target", async () => {
    const { ETag } = await stage.put("a", "body");
    const now = stage.cloud.clock.now() / 1000;
    const failing: readonly (readonly [Properties, string])[] = [
      [{ CopySourceIfMatch: '"other"' }, "x-amz-copy-source-If-Match"],
      [{ CopySourceIfNoneMatch: ETag }, "x-amz-copy-source-If-None-Match"],
      [{ CopySourceIfNoneMatch: ETag, CopySourceIfModifiedSince: now - 1 }, "x-amz-copy-source-If-None-Match"],
      [{ CopySourceIfModifiedSince: now }, "x-amz-copy-source-If-Modified-Since"],
      [{ CopySourceIfUnmodifiedSince: now - 1 }, "x-amz-copy-source-If-Unmodified-Since"],
    ];
    for (const [conditions, Condition] of failing) {
      const error = await refusal(copy("data/a", conditions));
      expect(error).to.deep.include({ code: "PreconditionFailed", status: 412, details: { Condition } });
    }
    expect(await stage.keys()).to.deep.equal(["a"]);
    await copy("data/a", { CopySourceIfMatch: ETag, CopySourceIfUnmodifiedSince: now - 1, IfNoneMatch: "*" });
    expect(await refusal(copy("data/a", { IfNoneMatch: "*" }))).to.include({ code: "PreconditionFailed" });
    const late = await wire(stage, "PUT", "/data/late", {
      headers: {
        "x-amz-copy-source": "data/a",
        "x-amz-copy-source-if-unmodified-since": "Fri, 09 Jan 2026 12:00:00 GMT",
      },
    });
    expect(late.status).to.equal(412);
  });

  it("asks to read the source and to write the target, of both accounts", async () => {
    stage.cloud.services.s3.store.add("theirs", { accountId: STRANGER, region: REGION });
    await versioned();
    const { VersionId } = await stage.put("a", "body");
    const put = { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::theirs/*" };
    const read = (Action: string) => ({ Effect: "Allow", Action, Resource: "arn:aws:s3:::data/*" });
    const role = (name: string, ...statements: Properties[]) => stage.role(STRANGER, name, statements);
    const attempt = (principal: ReturnType<typeof role>, source = "data/a") =>
      stage.call("CopyObject", { Bucket: "theirs", Key: "copy", CopySource: source }, principal);
    const both = role("both", read("s3:GetObject"), put);

    expect((await refusal(attempt(both))).message).to.contain("s3:GetObject on resource: arn:aws:s3:::data/a");
    await stage.create("BucketPolicy", {
      bucket: "data",
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { ...read("s3:GetObject"), Principal: { AWS: `arn:aws:iam::${STRANGER}:root` } },
          { ...read("s3:GetObjectVersion"), Principal: { AWS: `arn:aws:iam::${STRANGER}:root` } },
        ],
      }),
    });
    expect((await refusal(attempt(role("writer", put)))).message).to.contain("s3:GetObject on resource");
    expect((await refusal(attempt(role("reader", read("s3:GetObject"))))).message).to.contain(
      "s3:PutObject on resource: arn:aws:s3:::theirs/copy",
    );
    await attempt(both);
    const old = `data/a?versionId=${VersionId}`;
    expect((await refusal(attempt(both, old))).message).to.contain("s3:GetObjectVersion on resource");
    await attempt(role("versions", read("s3:GetObjectVersion"), put), old);
    const copied = await stage.call("GetObject", { Bucket: "theirs", Key: "copy" }, stage.stranger);
    expect(copied["Body"]).to.deep.equal(Buffer.from("body"));
  });

  it("copies parts of an upload, whole or by a range", async () => {
    const MIB = 1024 * 1024;
    await stage.call("PutObject", { Bucket: "data", Key: "a", Body: Buffer.alloc(6 * MIB, "a") });
    await stage.put("b", "0123456789");
    const started = await wire(stage, "POST", "/data/whole?uploads");
    const upload = `/data/whole?uploadId=${element("UploadId", started.text)}`;
    const part = (number: number, source: string, range?: string) =>
      wire(stage, "PUT", `${upload}&partNumber=${number}`, {
        headers: { "x-amz-copy-source": source, ...(range ? { "x-amz-copy-source-range": range } : {}) },
      });
    const one = await part(1, "data/a", `bytes=0-${5 * MIB - 1}`);
    expect(one.text).to.contain("<CopyPartResult");
    const two = await part(2, "data/b", "bytes=2-4");
    const bad = [await part(3, "data/b", "bytes=2-"), await part(3, "data/b", "bytes=0-10")];
    expect(bad.map(({ status, text }) => [status, element("Code", text)])).to.deep.equal([
      [400, "InvalidArgument"],
      [400, "InvalidArgument"],
    ]);
    const parts = [one, two].map(
      ({ text }, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${element("ETag", text)}</ETag></Part>`,
    );
    const done = await wire(stage, "POST", upload, {
      body: `<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`,
    });
    expect(done.status).to.equal(200);
    const { Body } = await stage.call<{ Body: Buffer }>("GetObject", { Bucket: "data", Key: "whole" });
    expect([Body.length, Body.subarray(-4).toString()]).to.deep.equal([5 * MIB + 3, "a234"]);
  });
});
