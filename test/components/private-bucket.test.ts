import { expect } from "chai";
import type { PrivateBucketTransform } from "../../components/private-bucket/args.ts";
import { PrivateBucket } from "../../components/private-bucket/private-bucket.ts";
import { record, refusal, resolved, statementsOf } from "../support/mocks.ts";

describe("PrivateBucket", () => {
  it("is private, owned by its account, encrypted, TLS-only, versioned and kept, unless told otherwise", async () => {
    const run = await record(() => new PrivateBucket("box"));
    expect(run.resources).to.have.length(7);
    expect(run.named("box").inputs).to.deep.equal({ forceDestroy: false });
    expect(run.named("box").isProtected).to.equal(true);
    expect(run.named("box-public-access-block").inputs).to.deep.equal({
      bucket: "box-1a2b3c4",
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(run.named("box-ownership-controls").inputs).to.deep.equal({
      bucket: "box-1a2b3c4",
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    expect(run.named("box-encryption").inputs).to.deep.equal({
      bucket: "box-1a2b3c4",
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    expect(run.named("box-versioning").inputs).to.deep.equal({
      bucket: "box-1a2b3c4",
      versioningConfiguration: { status: "Enabled" },
    });
    expect(run.named("box-lifecycle").inputs).to.deep.equal({
      bucket: "box-1a2b3c4",
      rules: [
        {
          id: "housekeeping",
          status: "Enabled",
          filter: { prefix: "" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          noncurrentVersionExpiration: { noncurrentDays: 30 },
        },
      ],
    });
    expect(run.named("box-policy").inputs["bucket"]).to.equal("box-1a2b3c4");
    expect(statementsOf(run.named("box-policy").inputs["policy"])).to.deep.equal([
      {
        Sid: "RefuseWithoutTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: ["arn:aws:s3:::box-1a2b3c4", "arn:aws:s3:::box-1a2b3c4/*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
    expect(await resolved(run.result.bucketName)).to.equal("box-1a2b3c4");
    expect(await resolved(run.result.bucketArn)).to.equal("arn:aws:s3:::box-1a2b3c4");
  });

  it("encrypts by a key of its own, with an S3 Bucket Key", async () => {
    const kmsKeyArn = "arn:aws:kms:us-east-1:111111111111:key/one";
    const run = await record(() => new PrivateBucket("box", { kmsKeyArn }));
    expect(run.named("box-encryption").inputs["rules"]).to.deep.equal([
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
        bucketKeyEnabled: true,
      },
    ]);
  });

  it("expires objects, keeps no old versions, and goes with its objects, when asked to", async () => {
    const run = await record(
      () => new PrivateBucket("box", { versioning: false, retentionDays: 9, removalPolicy: "destroy" }),
    );
    expect(run.resources).to.have.length(6);
    expect(run.of("aws:s3/bucketVersioning:BucketVersioning")).to.have.length(0);
    expect(run.named("box").inputs).to.deep.equal({ forceDestroy: true });
    expect(run.named("box").isProtected).to.equal(false);
    expect(run.named("box-lifecycle").inputs["rules"]).to.deep.equal([
      {
        id: "housekeeping",
        status: "Enabled",
        filter: { prefix: "" },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        expiration: { days: 9 },
      },
    ]);
  });

  it("lets objects expire by prefix, and keeps all others", async () => {
    const run = await record(
      () =>
        new PrivateBucket("box", {
          retentionByPrefix: [
            { prefix: "lines/", days: 9 },
            { prefix: "kept/", days: 0 },
            { prefix: "aside/", days: 90 },
          ],
        }),
    );
    const [housekeeping, ...rest] = run.named("box-lifecycle").inputs["rules"] as object[];
    expect(housekeeping).not.to.have.property("expiration");
    expect(rest).to.deep.equal([
      { id: "expire lines/", status: "Enabled", filter: { prefix: "lines/" }, expiration: { days: 9 } },
      { id: "expire aside/", status: "Enabled", filter: { prefix: "aside/" }, expiration: { days: 90 } },
    ]);
  });

  it("orders what S3 refuses to do at once", async () => {
    const run = await record(() => new PrivateBucket("box"));
    expect(run.named("box-policy").dependsOn).to.include("box-public-access-block");
    expect(run.named("box-lifecycle").dependsOn).to.include("box-versioning");
  });

  it("hands every child to its transform", async () => {
    const seen: string[] = [];
    const see = (_args: object, _opts: object, name: string) => void seen.push(name);
    const transform: Required<PrivateBucketTransform> = {
      bucket: (args, opts, name) => {
        see(args, opts, name);
        args.bucket = "my-own-name";
        opts.protect = true;
      },
      publicAccessBlock: see,
      ownershipControls: see,
      encryption: see,
      versioning: see,
      lifecycle: see,
      policy: see,
    };
    const run = await record(() => new PrivateBucket("box", {}, { transform }));
    expect(seen).to.have.members(run.resources.map((each) => each.name));
    expect(run.named("box").inputs).to.deep.equal({ forceDestroy: false, bucket: "my-own-name" });
    expect(run.named("box").isProtected).to.equal(true);
  });

  it("refuses all bad args at once, and makes nothing", async () => {
    const { lines, isWithoutStack, resources } = await refusal(
      () =>
        new PrivateBucket("box", {
          retentionDays: -1,
          retentionByPrefix: [
            { prefix: "a/", days: 0.5 },
            { prefix: "a/b/", days: 1 },
          ],
          removalPolicy: "destory",
        }),
    );
    expect(lines).to.deep.equal([
      '"box" has args that cannot work:',
      "- retentionDays is -1; allowed is a whole number from 0 to 36500: write retentionDays: 0",
      "- retentionDays is given with retentionByPrefix; S3 would take the shorter time of the two: leave one out",
      '- retentionByPrefix: days of "a/" is 0.5; allowed is a whole number from 0 to 36500: write retentionByPrefix: days of "a/": 1',
      '- retentionByPrefix has "a/b/" below "a/"; S3 would take the shorter time of the two: give prefixes apart from each other',
      '- removalPolicy is "destory"; allowed is "retain" or "destroy": write removalPolicy: "retain"',
    ]);
    expect(isWithoutStack).to.equal(true);
    expect(resources).to.deep.equal([]);
  });
});
