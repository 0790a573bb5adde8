import { Readable } from "node:stream";
import { FirehoseClient, ListDeliveryStreamsCommand, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCorsCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketLocationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketVersioningCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectVersionsCommand,
  PutBucketAclCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  paginateListObjectsV2,
  S3Client,
  type S3ClientConfig,
  S3ServiceException,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { FrontDoor } from "../../../../local/front-door/front-door.ts";
import { OWNER, REGION, S3Stage, STRANGER } from "./stage.ts";

describe("local cloud: S3 and Firehose by the SDK", () => {
  let stage: S3Stage;
  let door: FrontDoor;
  let client: S3Client;
  let connection: S3ClientConfig;
  const clients: { destroy(): void }[] = [];

  const connect = (accountId: string, more: S3ClientConfig = {}): S3Client => {
    const made = new S3Client({
      ...connection,
      credentials: stage.cloud.accounts.ensure(accountId).administrator.credentials,
      ...more,
    });
    clients.push(made);
    return made;
  };

  before(async () => {
    stage = new S3Stage();
    door = new FrontDoor(stage.cloud);
    const { endpointUrl } = await door.listen();
    connection = {
      endpoint: endpointUrl,
      region: REGION,
      maxAttempts: 1,
      systemClockOffset: stage.cloud.clock.offsetMs(),
    };
    client = connect(OWNER);
  });
  after(async () => {
    for (const made of clients) made.destroy();
    await door.close();
    await stage.cloud.close();
  });
  beforeEach(async () => {
    await stage.create("Bucket", { bucket: "data" });
  });
  afterEach(() => {
    const bucket = stage.cloud.services.s3.store.find("data");
    if (bucket) stage.cloud.services.s3.store.remove(bucket, { force: true });
  });

  const failure = async (promise: Promise<unknown>): Promise<S3ServiceException> => {
    const error = await promise.then(
      () => new Error("not refused"),
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(S3ServiceException);
    return error as S3ServiceException;
  };

  it("carries any key, body, header and metadata there and back", async () => {
    const Key = "a b/ü+%2F&c=d?\u{1f600}'(x).txt";
    const Body = Buffer.from([0, 255, 13, 10, 128]);
    const put = await client.send(
      new PutObjectCommand({
        Bucket: "data",
        Key,
        Body,
        ContentType: "x/y",
        ContentEncoding: "br",
        Metadata: { trace: "42" },
      }),
    );
    const got = await client.send(new GetObjectCommand({ Bucket: "data", Key }));
    expect(Buffer.from(await (got.Body?.transformToByteArray() ?? []))).to.deep.equal(Body);
    expect(got).to.deep.include({
      ContentType: "x/y",
      ContentEncoding: "br",
      Metadata: { trace: "42" },
      ETag: put.ETag,
    });
    expect(got.LastModified?.getTime()).to.equal(stage.cloud.clock.now());
    const head = await client.send(new HeadObjectCommand({ Bucket: "data", Key }));
    expect(head).to.include({ ContentLength: 5, ETag: put.ETag });
    const part = await client.send(new GetObjectCommand({ Bucket: "data", Key, Range: "bytes=1-2" }));
    expect(part).to.include({ ContentRange: "bytes 1-2/5", ContentLength: 2 });
  });

  it("gives headers back byte for byte, whatever writes them: UTF-8 or ISO-8859-1", async () => {
    const asUtf8 = connect(OWNER);
    // As clients other than Node's send it: signed as text, sent as UTF-8, which Node reads as one character per byte.
    const bytes = (text: string) => Buffer.from(text, "utf8").toString("latin1");
    asUtf8.middlewareStack.add(
      (next) => (args) => {
        const { headers } = args.request as { headers: Record<string, string> };
        for (const [name, value] of Object.entries(headers)) headers[name] = bytes(value);
        return next(args);
      },
      { step: "deserialize", priority: "low" },
    );
    const ContentDisposition = 'attachment; filename="test_—_file%E2%80%94_é\u{1f600}à.pdf"';
    // With a body that it has whole, Node's client would read the header as UTF-8 once more before it sends it.
    const body = () => ({ Body: Readable.from([Buffer.from("x")]), ContentLength: 1 });
    await asUtf8.send(
      new PutObjectCommand({
        Bucket: "data",
        Key: "k",
        ...body(),
        ContentDisposition,
        CacheControl: "ÄMÄZÕÑ",
        Metadata: { a: "ü" },
      }),
    );
    const { Body, ...got } = await client.send(new GetObjectCommand({ Bucket: "data", Key: "k" }));
    expect(await Body?.transformToString()).to.equal("x");
    expect(got).to.deep.include({
      ContentDisposition: bytes(ContentDisposition),
      CacheControl: bytes("ÄMÄZÕÑ"),
      Metadata: { a: "=?UTF-8?B?w7w=?=" },
    });
    await client.send(new PutObjectCommand({ Bucket: "data", Key: "k", ...body(), ContentDisposition: "é" }));
    const head = await client.send(new HeadObjectCommand({ Bucket: "data", Key: "k" }));
    expect(head.ContentDisposition).to.equal("é");
  });

  it("answers with a header that was asked for, as far as ISO-8859-1 has its characters", async () => {
    await client.send(new PutObjectCommand({ Bucket: "data", Key: "k", Body: "x" }));
    const get = (ResponseContentDisposition: string) =>
      client.send(new GetObjectCommand({ Bucket: "data", Key: "k", ResponseContentDisposition }));
    expect(await get("inline; filename=é")).to.include({ ContentDisposition: "inline; filename=é" });
    for (const unfit of ["filename=—", "inline\r\nx: y"]) {
      expect(await failure(get(unfit))).to.include({
        name: "InvalidArgument",
        message: "Header value cannot be represented using ISO-8859-1.",
        ArgumentName: "response-content-disposition",
      });
    }
  });

  it("takes a streamed body, sent in chunks with its checksum behind it", async () => {
    const Body = Readable.from([Buffer.alloc(70_000, "a"), Buffer.from("end")]);
    await client.send(
      new PutObjectCommand({ Bucket: "data", Key: "k", Body, ContentLength: 70_003, ChecksumAlgorithm: "CRC32" }),
    );
    const got = await client.send(new GetObjectCommand({ Bucket: "data", Key: "k", ChecksumMode: "ENABLED" }));
    expect((await got.Body?.transformToString())?.slice(-4)).to.equal("aend");
    expect(got.ChecksumCRC32).to.be.a("string");
    expect(got.ContentEncoding).to.equal(undefined);
  });

  it("refuses a body whose checksum is another", async () => {
    const put = client.send(new PutObjectCommand({ Bucket: "data", Key: "k", Body: "x", ChecksumCRC32: "AAAAAA==" }));
    expect(await failure(put)).to.include({ name: "BadDigest" });
  });

  it("lists page by page, with keys that XML cannot hold", async () => {
    const keys = ["a/1 +%", "a/2\u0001", "b/<&>", "c"];
    for (const Key of keys) await client.send(new PutObjectCommand({ Bucket: "data", Key, Body: "x" }));
    const listed: (string | undefined)[] = [];
    for await (const page of paginateListObjectsV2({ client, pageSize: 1 }, { Bucket: "data", EncodingType: "url" })) {
      for (const object of page.Contents ?? []) listed.push(decodeURIComponent(object.Key?.replaceAll("+", " ") ?? ""));
    }
    expect(listed).to.deep.equal(keys);
    const first = await client.send(new ListObjectsCommand({ Bucket: "data", Delimiter: "/", MaxKeys: 2 }));
    expect(first.CommonPrefixes).to.deep.equal([{ Prefix: "a/" }, { Prefix: "b/" }]);
    expect(first).to.include({ IsTruncated: true, NextMarker: "b/" });
    const rest = await client.send(
      new ListObjectsCommand({ Bucket: "data", Marker: first.NextMarker, Delimiter: "/" }),
    );
    expect(rest.Contents?.map(({ Key, Size }) => [Key, Size])).to.deep.equal([["c", 1]]);
  });

  it("deletes one and many", async () => {
    for (const Key of ["a", "b&<", "c"]) await client.send(new PutObjectCommand({ Bucket: "data", Key, Body: "x" }));
    await client.send(new DeleteObjectCommand({ Bucket: "data", Key: "a" }));
    const answer = await client.send(
      new DeleteObjectsCommand({ Bucket: "data", Delete: { Objects: [{ Key: "b&<" }, { Key: "none" }] } }),
    );
    expect(answer.Deleted).to.deep.equal([{ Key: "b&<" }, { Key: "none" }]);
    expect(await stage.keys()).to.deep.equal(["c"]);
  });

  it("reads versions", async () => {
    await stage.create("BucketVersioning", { bucket: "data", versioningConfiguration: { status: "Enabled" } });
    const first = await client.send(new PutObjectCommand({ Bucket: "data", Key: "k", Body: "first" }));
    await client.send(new DeleteObjectCommand({ Bucket: "data", Key: "k" }));
    const listed = await client.send(new ListObjectVersionsCommand({ Bucket: "data" }));
    expect(listed.Versions?.map(({ Key, VersionId, IsLatest }) => ({ Key, VersionId, IsLatest }))).to.deep.equal([
      { Key: "k", VersionId: first.VersionId, IsLatest: false },
    ]);
    expect(listed.DeleteMarkers?.map(({ IsLatest }) => IsLatest)).to.deep.equal([true]);
    const got = await client.send(new GetObjectCommand({ Bucket: "data", Key: "k", VersionId: first.VersionId }));
    expect(await got.Body?.transformToString()).to.equal("first");
    expect(await client.send(new GetBucketVersioningCommand({ Bucket: "data" }))).to.include({ Status: "Enabled" });
  });

  it("uploads in parts, and drops an upload", async () => {
    const target = { Bucket: "data", Key: "large file" };
    const { UploadId } = await client.send(
      new CreateMultipartUploadCommand({ ...target, Metadata: { a: "b" }, ChecksumAlgorithm: "CRC32" }),
    );
    const part = (PartNumber: number, Body: Buffer) =>
      client.send(new UploadPartCommand({ ...target, UploadId, PartNumber, Body }));
    const one = await part(1, Buffer.alloc(5 * 1024 * 1024, "a"));
    const two = await part(2, Buffer.from("b"));
    const Parts = [one, two].map(({ ETag, ChecksumCRC32 }, index) => ({ PartNumber: index + 1, ETag, ChecksumCRC32 }));
    const done = await client.send(
      new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }),
    );
    expect(done.ETag).to.match(/^"[0-9a-f]{32}-2"$/);
    expect(done.ChecksumType).to.equal("COMPOSITE");
    expect(done.ChecksumCRC32).to.match(/^.{6}==-2$/);
    const got = await client.send(new GetObjectCommand({ ...target, ChecksumMode: "ENABLED" }));
    expect(got.ChecksumCRC32).to.equal(done.ChecksumCRC32);
    expect((await got.Body?.transformToByteArray())?.length).to.equal(5 * 1024 * 1024 + 1);
    const head = await client.send(new HeadObjectCommand(target));
    expect(head).to.deep.include({ ContentLength: 5 * 1024 * 1024 + 1, Metadata: { a: "b" } });
    const other = await client.send(new CreateMultipartUploadCommand({ ...target, Key: "other" }));
    await client.send(new AbortMultipartUploadCommand({ ...target, Key: "other", UploadId: other.UploadId }));
    expect(stage.cloud.services.s3.store.find("data")?.uploads.size).to.equal(0);
  });

  it("says where a bucket is, and lists the caller's own", async () => {
    expect((await client.send(new GetBucketLocationCommand({ Bucket: "data" }))).LocationConstraint ?? "").to.equal("");
    expect(await client.send(new HeadBucketCommand({ Bucket: "data" }))).to.include({ BucketRegion: REGION });
    const names = async (from: S3Client) =>
      (await from.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name) ?? [];
    expect(await names(client)).to.deep.equal(["data"]);
    expect(await names(connect(STRANGER))).to.deep.equal([]);
  });

  it("answers errors in S3's form, for requests without a body too", async () => {
    const get = new GetObjectCommand({ Bucket: "data", Key: "none" });
    expect(await failure(client.send(get))).to.include({
      name: "NoSuchKey",
      message: "The specified key does not exist.",
    });
    expect(
      (await failure(client.send(new HeadObjectCommand({ Bucket: "data", Key: "none" })))).$metadata.httpStatusCode,
    ).to.equal(404);
    expect(await failure(client.send(new GetObjectCommand({ Bucket: "none", Key: "k" })))).to.include({
      name: "NoSuchBucket",
    });
    const denied = await failure(connect(STRANGER).send(get));
    expect([denied.name, denied.$metadata.httpStatusCode]).to.deep.equal(["AccessDenied", 403]);
    expect(denied.$metadata.requestId).to.be.a("string");
  });

  it("answers what tools read first: access lists, rules for origins, who pays", async () => {
    await client.send(new PutObjectCommand({ Bucket: "data", Key: "k", Body: "x" }));
    const ID = OWNER.padStart(64, "0");
    const list = { Owner: { ID }, Grants: [{ Grantee: { ID, Type: "CanonicalUser" }, Permission: "FULL_CONTROL" }] };
    const bucketAcl = await client.send(new GetBucketAclCommand({ Bucket: "data" }));
    const objectAcl = await client.send(new GetObjectAclCommand({ Bucket: "data", Key: "k" }));
    for (const { Owner, Grants } of [bucketAcl, objectAcl]) expect({ Owner, Grants }).to.deep.equal(list);
    const none = await failure(client.send(new GetObjectAclCommand({ Bucket: "data", Key: "none" })));
    expect(none).to.include({ name: "NoSuchKey" });
    const cors = await failure(client.send(new GetBucketCorsCommand({ Bucket: "data" })));
    expect([cors.name, cors.$metadata.httpStatusCode]).to.deep.equal(["NoSuchCORSConfiguration", 404]);
    const { Payer } = await client.send(new GetBucketRequestPaymentCommand({ Bucket: "data" }));
    expect(Payer).to.equal("BucketOwner");
    const stranger = await failure(connect(STRANGER).send(new GetBucketAclCommand({ Bucket: "data" })));
    expect(stranger.message).to.contain("s3:GetBucketAcl");
  });

  it("answers writes of access control lists as S3 does where they are disabled", async () => {
    await client.send(new PutObjectCommand({ Bucket: "data", Key: "k", Body: "x" }));
    const refused = async (command: Promise<unknown>) => {
      const { name, message } = await failure(command);
      return `${name}: ${message}`;
    };
    const words = "AccessControlListNotSupported: The bucket does not allow ACLs";
    expect(await refused(client.send(new PutBucketAclCommand({ Bucket: "data", ACL: "private" })))).to.equal(words);
    const object = { Bucket: "data", Key: "k" };
    expect(await refused(client.send(new PutObjectAclCommand({ ...object, ACL: "public-read" })))).to.equal(words);
    expect(await refused(client.send(new PutObjectAclCommand({ ...object, Key: "none", ACL: "private" })))).to.match(
      /^NoSuchKey: /,
    );
    const upload = { ...object, ACL: "public-read" } as const;
    expect(await refused(client.send(new PutObjectCommand({ ...upload, Body: "y" })))).to.equal(words);
    expect(
      await refused(client.send(new CopyObjectCommand({ ...upload, Key: "copy", CopySource: "data/k" }))),
    ).to.equal(words);
    expect(await refused(client.send(new CreateMultipartUploadCommand(upload)))).to.equal(words);
    await client.send(new PutObjectCommand({ ...object, Body: "y", ACL: "bucket-owner-full-control" }));
  });

  it("refuses by name what it does not do", async () => {
    const unsupported = async (promise: Promise<unknown>) => (await failure(promise)).message;
    expect(await unsupported(client.send(new DeleteBucketCorsCommand({ Bucket: "data" })))).to.contain("cors");
    expect(
      await unsupported(
        client.send(new CopyObjectCommand({ Bucket: "data", Key: "k", CopySource: "data/x", Tagging: "a=b" })),
      ),
    ).to.contain("x-amz-tagging");
    expect(
      await unsupported(
        client.send(new PutObjectTaggingCommand({ Bucket: "data", Key: "k", Tagging: { TagSet: [] } })),
      ),
    ).to.contain("tagging");
    expect(
      await unsupported(client.send(new PutObjectCommand({ Bucket: "data", Key: "k", Body: "x", Tagging: "a=b" }))),
    ).to.contain("x-amz-tagging");
    expect(
      await unsupported(
        client.send(new PutObjectCommand({ Bucket: "data", Key: "k", Body: "x", StorageClass: "GLACIER" })),
      ),
    ).to.contain("StorageClass");
    expect(await stage.keys()).to.deep.equal([]);
  });

  it("puts records into a delivery stream and lists it", async () => {
    const firehose = new FirehoseClient({
      endpoint: String(connection.endpoint),
      region: REGION,
      maxAttempts: 1,
      systemClockOffset: stage.cloud.clock.offsetMs(),
      credentials: stage.cloud.accounts.ensure(OWNER).administrator.credentials,
    });
    clients.push(firehose);
    const put = firehose.send(
      new PutRecordBatchCommand({ DeliveryStreamName: "none", Records: [{ Data: Buffer.from("x") }] }),
    );
    const error = await put.then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(error?.name).to.equal("ResourceNotFoundException");
    expect((await firehose.send(new ListDeliveryStreamsCommand({}))).DeliveryStreamNames).to.deep.equal([]);
  });
});
