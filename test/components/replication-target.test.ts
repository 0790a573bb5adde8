import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { ReplicationTargetArgs } from "../../components/replication-target/args.ts";
import { ReplicationTarget } from "../../components/replication-target/replication-target.ts";
import { record, refusal, resolved, statementsOf } from "../support/mocks.ts";

const args: ReplicationTargetArgs = {
  trustedRole: { accountId: "111111111111", name: "carrier", path: "/team/" },
  externalId: "agreed-word",
};
const here = { accountId: "222222222222" };
const userIndex = { name: "by-user", hashKey: { attribute: "userId", path: "user.id" } };

describe("ReplicationTarget", () => {
  it("makes a table with the replicator's key, on demand, recoverable, followed, protected, unless told otherwise", async () => {
    const run = await record(() => new ReplicationTarget("sink", args), here);
    expect(run.resources).to.have.length(3);
    expect(run.named("sink-table").inputs).to.deep.equal({
      billingMode: "PAY_PER_REQUEST",
      hashKey: "seqNumbershardIdHash",
      rangeKey: "sequenceNumber",
      attributes: [
        { name: "seqNumbershardIdHash", type: "S" },
        { name: "sequenceNumber", type: "S" },
      ],
      globalSecondaryIndexes: [],
      streamEnabled: true,
      streamViewType: "NEW_AND_OLD_IMAGES",
      pointInTimeRecovery: { enabled: true },
      ttl: { attributeName: "expiresAt", enabled: false },
      serverSideEncryption: { enabled: false },
      deletionProtectionEnabled: true,
    });
    expect(run.named("sink-table").isProtected).to.equal(true);
    expect(run.result.indexedAttributes).to.deep.equal([]);
    expect(run.result.ttlAttribute).to.equal(undefined);
  });

  it("trusts the source account, pinned to one role and the external id", async () => {
    const run = await record(() => new ReplicationTarget("sink", args), here);
    const { assumeRolePolicy, ...inputs } = run.named("sink-writer").inputs;
    expect(inputs).to.deep.equal({ maxSessionDuration: 3600 });
    expect(statementsOf(assumeRolePolicy)).to.deep.equal([
      {
        Sid: "OneRoleOfTheSourceAccount",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111111111111:root" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/team/carrier" },
          StringEquals: { "sts:ExternalId": "agreed-word" },
        },
      },
    ]);
    expect(await resolved(run.result.writerRoleArn)).to.equal("arn:aws:iam::222222222222:role/sink-writer-1a2b3c4");
  });

  it("lets the writer write batches into this table, and nothing else", async () => {
    const run = await record(() => new ReplicationTarget("sink", args), here);
    expect(statementsOf(run.named("sink-writer-policy").inputs["policy"])).to.deep.equal([
      {
        Sid: "WriteBatches",
        Effect: "Allow",
        Action: ["dynamodb:BatchWriteItem"],
        Resource: ["arn:aws:dynamodb:us-east-1:222222222222:table/sink-table-1a2b3c4"],
      },
    ]);
  });

  it("encrypts the table with a key of the account, and lets the writer use it for this table only", async () => {
    const kmsKeyArn = "arn:aws:kms:us-east-1:222222222222:key/one";
    const run = await record(() => new ReplicationTarget("sink", { ...args, kmsKeyArn }), here);
    expect(run.named("sink-table").inputs["serverSideEncryption"]).to.deep.equal({ enabled: true, kmsKeyArn });
    expect(statementsOf(run.named("sink-writer-policy").inputs["policy"]).slice(1)).to.deep.equal([
      {
        Sid: "UseTableKey",
        Effect: "Allow",
        Action: [
          "kms:Decrypt",
          "kms:Encrypt",
          "kms:GenerateDataKey",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
        ],
        Resource: [kmsKeyArn],
        Condition: {
          StringEquals: { "kms:EncryptionContext:aws:dynamodb:tableName": "sink-table-1a2b3c4" },
          StringLike: { "kms:ViaService": "dynamodb.*" },
        },
      },
    ]);
  });

  it("keeps a secret external id a secret", async () => {
    const run = await record(
      () => new ReplicationTarget("sink", { ...args, externalId: pulumi.secret("agreed-word") }),
      here,
    );
    expect(run.named("sink-writer").hasSecret).to.equal(true);
    expect(String(run.named("sink-writer").inputs["assumeRolePolicy"])).to.contain('"sts:ExternalId":"agreed-word"');
  });

  it("has the seed design's capacity, indexes with their attributes, and expiry, when asked to", async () => {
    const run = await record(
      () =>
        new ReplicationTarget("sink", {
          ...args,
          billingMode: "PROVISIONED",
          readCapacity: 20,
          writeCapacity: 20,
          indexes: [
            { ...userIndex, rangeKey: { attribute: "at", type: "N", path: "time.at" } },
            { ...userIndex, name: "users-only", projection: "INCLUDE", nonKeyAttributes: ["shardId"] },
          ],
          ttlSeconds: 86_400,
          pointInTimeRecovery: false,
          removalPolicy: "destroy",
        }),
      here,
    );
    expect(run.named("sink-table").inputs).to.deep.equal({
      billingMode: "PROVISIONED",
      readCapacity: 20,
      writeCapacity: 20,
      hashKey: "seqNumbershardIdHash",
      rangeKey: "sequenceNumber",
      attributes: [
        { name: "seqNumbershardIdHash", type: "S" },
        { name: "sequenceNumber", type: "S" },
        { name: "userId", type: "S" },
        { name: "at", type: "N" },
      ],
      globalSecondaryIndexes: [
        {
          name: "by-user",
          hashKey: "userId",
          rangeKey: "at",
          projectionType: "ALL",
          readCapacity: 20,
          writeCapacity: 20,
        },
        {
          name: "users-only",
          hashKey: "userId",
          projectionType: "INCLUDE",
          nonKeyAttributes: ["shardId"],
          readCapacity: 20,
          writeCapacity: 20,
        },
      ],
      streamEnabled: true,
      streamViewType: "NEW_AND_OLD_IMAGES",
      pointInTimeRecovery: { enabled: false },
      ttl: { attributeName: "expiresAt", enabled: true },
      serverSideEncryption: { enabled: false },
      deletionProtectionEnabled: false,
    });
    expect(run.result.indexedAttributes).to.deep.equal([
      { attribute: "userId", path: "user.id" },
      { attribute: "at", path: "time.at" },
    ]);
    expect(run.result.ttlAttribute).to.equal("expiresAt");
  });

  it("stands beside another one in the same stack", async () => {
    const run = await record(() => {
      new ReplicationTarget("one", args);
      new ReplicationTarget("two", { ...args, trustedRole: { accountId: "333333333333", name: "other" } });
    }, here);
    expect(run.resources.map((each) => each.name)).to.have.members([
      "one-table",
      "one-writer",
      "one-writer-policy",
      "two-table",
      "two-writer",
      "two-writer-policy",
    ]);
    expect(String(run.named("two-writer").inputs["assumeRolePolicy"])).to.contain(
      "arn:aws:iam::333333333333:role/other",
    );
  });

  it("hands every child to its transform", async () => {
    const seen: string[] = [];
    const see = (_args: object, _opts: object, name: string) => void seen.push(name);
    const run = await record(
      () =>
        new ReplicationTarget("sink", args, {
          transform: {
            table: (table, opts, name) => {
              see(table, opts, name);
              table.tableClass = "STANDARD_INFREQUENT_ACCESS";
            },
            writerRole: see,
            writerPolicy: see,
          },
        }),
      here,
    );
    expect(seen).to.have.members(run.resources.map((each) => each.name));
    expect(run.named("sink-table").inputs["tableClass"]).to.equal("STANDARD_INFREQUENT_ACCESS");
  });

  for (const [part, value] of [
    ["name", "carrier*"],
    ["name", "carrie?"],
    ["path", "/*/"],
  ] as const)
    it(`refuses the wildcard in the trusted role's ${part} "${value}"`, async () => {
      const { lines, resources, isWithoutStack } = await refusal(
        () => new ReplicationTarget("sink", { ...args, trustedRole: { ...args.trustedRole, [part]: value } }),
        here,
      );
      expect(lines).to.deep.equal([
        '"sink" has args that cannot work:',
        `- trustedRole.${part} is "${value}"; a wildcard would trust other roles too: write the exact ${part}`,
      ]);
      expect(resources).to.deep.equal([]);
      expect(isWithoutStack).to.equal(true);
    });

  it("refuses all other bad args at once, before anything is made", async () => {
    const { lines, resources } = await refusal(
      () =>
        new ReplicationTarget("sink", {
          trustedRole: { accountId: "1111", name: "", path: "team" },
          externalId: "x",
          billingMode: "PROVISIONED",
          writeCapacity: 0,
          indexes: [
            userIndex,
            { ...userIndex, hashKey: { attribute: "event", path: "a..b", type: "B" }, projection: "SOME" },
            { name: "kept", hashKey: { attribute: "userId", path: "user.name" }, projection: "INCLUDE" },
          ],
          ttlSeconds: 0.5,
          removalPolicy: "delete",
        }),
      here,
    );
    expect(lines).to.deep.equal([
      '"sink" has args that cannot work:',
      '- trustedRole.accountId is "1111"; allowed is an account id of 12 digits: write trustedRole.accountId: "111111111111"',
      '- trustedRole.name is ""; allowed is 1 to 64 letters, digits and +=,.@_-: write trustedRole.name: "my-role"',
      '- trustedRole.path is "team"; allowed is a path that begins and ends with "/": write trustedRole.path: "/my-team/"',
      '- externalId is "x"; allowed is 2 to 1224 letters, digits and +=,.@:/_-: write externalId: "a-long-random-word"',
      "- readCapacity is missing; a provisioned table needs it: write readCapacity: 20",
      "- writeCapacity is 0; allowed is a whole number from 1 to 40000: write writeCapacity: 1",
      '- indexes has "by-user" twice; each index needs a name of its own',
      '- indexes: projection of "by-user" is "SOME"; allowed is "ALL" or "KEYS_ONLY" or "INCLUDE": write indexes: projection of "by-user": "ALL"',
      '- indexes: nonKeyAttributes of "kept" belong to the projection "INCLUDE", and only to it',
      '- indexes: the attribute "event" is the replicator\'s own; choose another name, such as "eventOf"',
      '- indexes: path is "a..b"; allowed is names joined by dots: write indexes: path: "user.id"',
      '- indexes: type of "event" is "B"; allowed is "S" or "N": write indexes: type of "event": "S"',
      '- indexes: the attribute "userId" has two paths or types; it needs one',
      "- ttlSeconds is 0.5; allowed is a whole number from 0 to 3153600000: write ttlSeconds: 1",
      '- removalPolicy is "delete"; allowed is "retain" or "destroy": write removalPolicy: "retain"',
    ]);
    expect(resources).to.deep.equal([]);
  });

  it("refuses capacity units for a table that is paid by request", async () => {
    const { lines } = await refusal(() => new ReplicationTarget("sink", { ...args, readCapacity: 5 }), here);
    expect(lines[1]).to.equal(
      '- readCapacity is 5; a table that is paid by request has none: leave it out, or write billingMode: "PROVISIONED"',
    );
  });
});
