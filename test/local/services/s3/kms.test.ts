import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetBucketEncryptionCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { FrontDoor } from "../../../../local/front-door/front-door.ts";
import type { Principal } from "../../../../local/kernel/principal.ts";
import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import { OWNER, REGION, refusal, S3Stage } from "./stage.ts";

const KEY = `arn:aws:kms:${REGION}:${OWNER}:key/buckets`;
const OTHER_KEY = `arn:aws:kms:${REGION}:${OWNER}:key/other`;
const data = { Bucket: "data", Key: "k" };

describe("local cloud: S3 with KMS keys", () => {
  let stage: S3Stage;

  beforeEach(async () => {
    stage = new S3Stage();
    await stage.create("Bucket", { bucket: "data" });
  });
  afterEach(() => stage.cloud.close());

  const encryptBucket = (bucketKeyEnabled: boolean, kmsMasterKeyId = KEY) =>
    stage.create("BucketServerSideEncryptionConfiguration", {
      bucket: "data",
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId }, bucketKeyEnabled }],
    });

  /** The questions to IAM about keys in the latest call. */
  const keyQuestions = () =>
    stage.cloud.trace
      .records()
      .at(-1)
      ?.authorizations.filter(({ action }) => action.startsWith("kms:"))
      .map(({ action, resource }) => `${action} ${resource}`);

  describe("on the wire", () => {
    let door: FrontDoor;
    let client: S3Client;

    beforeEach(async () => {
      door = new FrontDoor(stage.cloud);
      const { endpointUrl: endpoint } = await door.listen();
      client = new S3Client({
        endpoint,
        region: REGION,
        maxAttempts: 1,
        systemClockOffset: stage.cloud.clock.offsetMs(),
        credentials: stage.cloud.accounts.ensure(OWNER).administrator.credentials,
      });
    });
    afterEach(async () => {
      client.destroy();
      await door.close();
    });

    const own = { ServerSideEncryption: "aws:kms", SSEKMSKeyId: KEY } as const;

    it("answers with the key that a bucket encrypts by, when it is written, read and looked at", async () => {
      const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: KEY } } as const;
      await client.send(
        new PutBucketEncryptionCommand({
          Bucket: "data",
          ServerSideEncryptionConfiguration: { Rules: [{ ...rule, BucketKeyEnabled: true }] },
        }),
      );
      const got = await client.send(new GetBucketEncryptionCommand({ Bucket: "data" }));
      expect(got.ServerSideEncryptionConfiguration?.Rules).to.deep.equal([
        { ...rule, BucketKeyEnabled: true, BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] } },
      ]);
      const shown = { ...own, BucketKeyEnabled: true };
      const put = await client.send(new PutObjectCommand({ ...data, Body: "x" }));
      expect(put).to.include(shown);
      expect(put.ETag, "no MD5 of what everybody knows").to.match(/^"[0-9a-f]{32}"$/);
      expect(put.ETag).not.to.equal('"9dd4e461268c8034f5c8564e155c67a6"');
      const { Body, ...read } = await client.send(new GetObjectCommand(data));
      expect(await Body?.transformToString()).to.equal("x");
      expect(read).to.include({ ...shown, ETag: put.ETag });
      expect(await client.send(new HeadObjectCommand(data))).to.include(shown);
    });

    it("takes a key by header, of an object, a copy and an upload in parts, and keeps it whatever the bucket's is", async () => {
      expect(await client.send(new PutObjectCommand({ ...data, Body: "x", ...own }))).to.include(own);
      await encryptBucket(true, OTHER_KEY);
      expect(await client.send(new HeadObjectCommand(data))).to.include(own);
      const plain = await client.send(
        new PutObjectCommand({ ...data, Key: "plain", Body: "x", ServerSideEncryption: "AES256" }),
      );
      expect(plain.ServerSideEncryption).to.equal("AES256");
      expect(plain).not.to.have.any.keys("SSEKMSKeyId", "BucketKeyEnabled");
      const copy = await client.send(new CopyObjectCommand({ Bucket: "data", Key: "copy", CopySource: "data/k" }));
      expect(copy).to.include({ SSEKMSKeyId: OTHER_KEY, BucketKeyEnabled: true });
      const upload = await client.send(new CreateMultipartUploadCommand({ ...data, ...own, BucketKeyEnabled: false }));
      expect(upload).to.include(own);
      const { UploadId } = upload;
      const part = await client.send(new UploadPartCommand({ ...data, UploadId, PartNumber: 1, Body: "x" }));
      expect(part).to.include(own);
      const Parts = [{ PartNumber: 1, ETag: part.ETag }];
      await client.send(new CompleteMultipartUploadCommand({ ...data, UploadId, MultipartUpload: { Parts } }));
      expect(await client.send(new HeadObjectCommand(data))).to.include(own);
    });

    it("gives the key that AWS manages for aws:kms without a key, and refuses keys that cannot be", async () => {
      await encryptBucket(false);
      const managed = await client.send(new PutObjectCommand({ ...data, Body: "x", ServerSideEncryption: "aws:kms" }));
      expect(managed.SSEKMSKeyId).to.match(new RegExp(`^arn:aws:kms:${REGION}:${OWNER}:key/[0-9a-f-]{36}$`));
      const failure = async (more: object) => {
        const error = await client
          .send(new PutObjectCommand({ ...data, Body: "x", ...more }))
          .catch((thrown) => thrown);
        return error instanceof S3ServiceException ? `${error.name}: ${error.message}` : "not refused";
      };
      expect(await failure({ SSEKMSKeyId: KEY })).to.match(/^InvalidArgument: .*requires HTTP header/);
      expect(await failure({ ...own, SSEKMSKeyId: KEY.replace(REGION, "eu-west-1") })).to.equal(
        "KMS.NotFoundException: Invalid arn eu-west-1",
      );
      expect(await failure({ ...own, SSEKMSKeyId: "alias/mine" })).to.contain("the alias of a customer managed key");
      expect(await failure({ ServerSideEncryption: "aws:kms:dsse" })).to.contain("AES256 or aws:kms");
    });
  });

  describe("asks IAM", () => {
    let roles = 0;
    const roleWith = (keyActions: readonly string[], condition?: Properties): Principal =>
      stage.role(OWNER, `role-${++roles}`, [
        { Effect: "Allow", Action: "s3:*", Resource: "*" },
        ...(keyActions.length > 0
          ? [{ Effect: "Allow", Action: keyActions, Resource: KEY, ...(condition ? { Condition: condition } : {}) }]
          : []),
      ]);

    it("for kms:GenerateDataKey of who writes, and kms:Decrypt of who reads; not of who looks at the headers", async () => {
      await encryptBucket(true);
      await stage.call("PutObject", { ...data, Body: Buffer.from("x") });
      expect(keyQuestions()).to.deep.equal([`kms:GenerateDataKey ${KEY}`]);
      await stage.call("GetObject", data);
      expect(keyQuestions()).to.deep.equal([`kms:Decrypt ${KEY}`]);
      await stage.call("HeadObject", data);
      expect(keyQuestions()).to.deep.equal([]);
      await stage.call("HeadObject", { ...data, ChecksumMode: "ENABLED" });
      expect(keyQuestions()).to.deep.equal([`kms:Decrypt ${KEY}`]);
      await stage.call("CopyObject", { Bucket: "data", Key: "copy", CopySource: "data/k" });
      expect(keyQuestions()).to.deep.equal([`kms:Decrypt ${KEY}`, `kms:GenerateDataKey ${KEY}`]);
      const upload = await stage.call<{ UploadId: string }>("CreateMultipartUpload", data);
      expect(keyQuestions()).to.deep.equal([`kms:GenerateDataKey ${KEY}`]);
      const { UploadId } = upload;
      await stage.call("UploadPart", { ...data, UploadId, PartNumber: 1, Body: Buffer.from("x") });
      expect(keyQuestions()).to.deep.equal([`kms:Decrypt ${KEY}`]);
    });

    it("for nothing with the key that AWS manages", async () => {
      await encryptBucket(false, "");
      await stage.call("PutObject", { ...data, Body: Buffer.from("x") });
      expect(keyQuestions()).to.deep.equal([]);
    });

    it("and refuses who may use the bucket and not the key, so that nothing is stored or read", async () => {
      await encryptBucket(true);
      const put = (principal: Principal) => stage.call("PutObject", { ...data, Body: Buffer.from("x") }, principal);
      const refused = await refusal(put(roleWith([])));
      expect(refused).to.include({ code: "AccessDenied", status: 403 });
      expect(refused.message).to.contain(`kms:GenerateDataKey on resource: ${KEY}`);
      expect(await stage.keys()).to.deep.equal([]);
      await put(roleWith(["kms:GenerateDataKey"]));
      const read = await refusal(stage.call("GetObject", data, roleWith([])));
      expect(read.message).to.contain(`kms:Decrypt on resource: ${KEY}`);
      expect(await stage.call("GetObject", data, roleWith(["kms:Decrypt"]))).to.include({ SSEKMSKeyId: KEY });
    });

    it("with the object's ARN as the encryption context, and the bucket's with an S3 Bucket Key", async () => {
      const only = (arn: string) =>
        roleWith(["kms:GenerateDataKey"], {
          StringEquals: { "kms:EncryptionContext:aws:s3:arn": arn, "kms:ViaService": `s3.${REGION}.amazonaws.com` },
        });
      const put = (principal: Principal) => stage.call("PutObject", { ...data, Body: Buffer.from("x") }, principal);
      await encryptBucket(true);
      await put(only("arn:aws:s3:::data"));
      expect(await refusal(put(only("arn:aws:s3:::data/k")))).to.include({ code: "AccessDenied" });
      await encryptBucket(false);
      await put(only("arn:aws:s3:::data/k"));
      expect(await refusal(put(only("arn:aws:s3:::data")))).to.include({ code: "AccessDenied" });
    });
  });
});
