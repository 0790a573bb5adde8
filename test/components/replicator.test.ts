import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { ReplicatorArgs } from "../../components/replicator/args.ts";
import { Replicator } from "../../components/replicator/replicator.ts";
import { record, refusal, resolved, statementsOf } from "../support/mocks.ts";

const STREAM = "arn:aws:kinesis:us-east-1:111111111111:stream/flow";
const WRITER = "arn:aws:iam::222222222222:role/writer";
const entry = fileURLToPath(new URL("../fixtures/components/handler.ts", import.meta.url));
const args: ReplicatorArgs = {
  entry,
  streamArn: STREAM,
  streamRetentionSeconds: 86_400,
  target: { roleArn: WRITER, externalId: "agreed-word", region: "eu-west-1", tableName: "sink" },
  roleName: "carrier",
  rolePath: "/team/",
};
const environment = {
  TARGET_ROLE_ARN: WRITER,
  TARGET_EXTERNAL_ID: "agreed-word",
  TARGET_REGION: "eu-west-1",
  TARGET_TABLE_NAME: "sink",
  SOURCE_STREAM_ARN: STREAM,
  HASH_KEY_SCOPE: "shard",
  PARKED_BUCKET: "carry-parked-1a2b3c4",
  PARKED_PREFIX: "parked/",
  NUMBER_POLICY: "park",
  INDEXED_ATTRIBUTES: "[]",
  METRICS_NAMESPACE: "Tributary",
};

describe("Replicator", () => {
  it("is a consumer whose role has exactly the name that the target trusts", async () => {
    const run = await record(() => new Replicator("carry", args));
    expect(run.resources).to.have.length(12);
    const role = run.named("carry-consumer-function-role");
    expect(role.inputs).to.include({ name: "carrier", path: "/team/" });
    expect(await resolved(run.result.roleArn)).to.equal("arn:aws:iam::111111111111:role/team/carrier");
    expect(await resolved(run.result.parkedBucketName)).to.equal("carry-parked-1a2b3c4");
    expect(await resolved(run.result.functionName)).to.equal("carry-consumer-function-1a2b3c4");
  });

  it("may assume one role, park into its bucket, read its stream, and write its logs: nothing else", async () => {
    const run = await record(() => new Replicator("carry", args));
    const statements = statementsOf(run.named("carry-consumer-function-policy").inputs["policy"]);
    expect(statements.map(({ Sid, Action, Resource }) => [Sid, Action, Resource])).to.deep.equal([
      [
        "WriteOwnLogs",
        ["logs:CreateLogStream", "logs:PutLogEvents"],
        ["arn:aws:logs:us-east-1:111111111111:log-group:carry-consumer-function-logs-1a2b3c4:*"],
      ],
      [
        "ReadStream",
        [
          "kinesis:DescribeStream",
          "kinesis:DescribeStreamSummary",
          "kinesis:GetRecords",
          "kinesis:GetShardIterator",
          "kinesis:ListShards",
        ],
        [STREAM],
      ],
      ["ListStreams", ["kinesis:ListStreams"], ["*"]],
      ["PutFailedBatches", ["s3:PutObject"], ["arn:aws:s3:::carry-parked-1a2b3c4/*"]],
      ["FindFailureBucket", ["s3:ListBucket"], ["arn:aws:s3:::carry-parked-1a2b3c4"]],
      ["AssumeWriter", ["sts:AssumeRole"], [WRITER]],
      ["ParkRecords", ["s3:PutObject"], ["arn:aws:s3:::carry-parked-1a2b3c4/parked/*"]],
    ]);
  });

  it("tells its function where to write, what to park, and which stream it serves", async () => {
    const run = await record(() => new Replicator("carry", args));
    expect(run.named("carry-consumer-function").inputs).to.deep.include({
      description: "Carries records of a stream into a table of another account.",
      environment: { variables: environment },
      memorySize: 512,
      timeout: 60,
    });
    expect(run.named("carry-consumer-mapping").inputs).to.deep.include({
      eventSourceArn: STREAM,
      maximumRetryAttempts: -1,
      maximumRecordAgeInSeconds: 69_120,
      destinationConfig: { onFailure: { destinationArn: "arn:aws:s3:::carry-parked-1a2b3c4" } },
    });
  });

  it("passes on indexes, expiry, policies and reading", async () => {
    const run = await record(
      () =>
        new Replicator("carry", {
          ...args,
          target: {
            ...args.target,
            indexedAttributes: pulumi.output([{ attribute: "userId", path: "user.id" }]),
            ttl: { attribute: "expiresAt", seconds: 3600 },
          },
          hashKeyScope: "stream",
          numberPolicy: "string",
          batchSize: 300,
          batchWindowSeconds: 5,
          parallelization: 2,
          retryAttempts: 10,
          maximumRecordAgeSeconds: 3600,
          startingPosition: "LATEST",
          enabled: false,
          memoryMiB: 1769,
          timeoutSeconds: 120,
          logRetentionDays: 7,
          tracingMode: "Active",
          parkedRetentionDays: 30,
          parkedVersioning: false,
          removalPolicy: "destroy",
          network: { subnetIds: ["subnet-a"], securityGroupIds: ["sg-a"] },
        }),
    );
    expect(run.named("carry-consumer-function").inputs).to.deep.include({
      environment: {
        variables: {
          ...environment,
          HASH_KEY_SCOPE: "stream",
          NUMBER_POLICY: "string",
          INDEXED_ATTRIBUTES: '[{"attribute":"userId","path":"user.id"}]',
          TTL_ATTRIBUTE: "expiresAt",
          TTL_SECONDS: "3600",
        },
      },
      memorySize: 1769,
      timeout: 120,
      tracingConfig: { mode: "Active" },
      vpcConfig: { subnetIds: ["subnet-a"], securityGroupIds: ["sg-a"] },
    });
    expect(run.named("carry-consumer-mapping").inputs).to.deep.include({
      batchSize: 300,
      maximumBatchingWindowInSeconds: 5,
      parallelizationFactor: 2,
      maximumRetryAttempts: 10,
      maximumRecordAgeInSeconds: 3600,
      startingPosition: "LATEST",
      enabled: false,
    });
    expect(run.named("carry-consumer-function-logs").inputs).to.deep.equal({ retentionInDays: 7 });
    expect(run.named("carry-parked").inputs).to.deep.equal({ forceDestroy: true });
    expect(run.of("aws:s3/bucketVersioning:BucketVersioning")).to.have.length(0);
    expect(run.named("carry-parked-lifecycle").inputs["rules"]).to.have.deep.nested.property("[0].expiration", {
      days: 30,
    });
  });

  it("keeps a secret external id a secret", async () => {
    const run = await record(
      () => new Replicator("carry", { ...args, target: { ...args.target, externalId: pulumi.secret("agreed-word") } }),
    );
    expect(run.named("carry-consumer-function").hasSecret).to.equal(true);
    expect(run.named("carry-consumer-function").inputs["environment"]).to.deep.equal({ variables: environment });
  });

  it("stands beside another one in the same stack", async () => {
    const run = await record(() => {
      new Replicator("one", args);
      new Replicator("two", { ...args, roleName: "second-carrier" });
    });
    expect(run.resources).to.have.length(24);
    expect(new Set(run.resources.map((each) => each.name)).size).to.equal(24);
  });

  it("hands every child to its transform, however deep", async () => {
    const seen: string[] = [];
    const see = (_args: object, _opts: object, name: string) => void seen.push(name);
    const run = await record(
      () =>
        new Replicator("carry", args, {
          transform: {
            parked: {
              bucket: see,
              publicAccessBlock: see,
              ownershipControls: see,
              encryption: see,
              versioning: see,
              lifecycle: see,
              policy: see,
            },
            consumer: { function: { logGroup: see, role: see, policy: see, function: see }, mapping: see },
          },
        }),
    );
    expect(seen).to.have.members(run.resources.map((each) => each.name));
  });

  it("refuses all bad args at once, before anything is made", async () => {
    const { lines, resources } = await refusal(
      () =>
        new Replicator("carry", {
          ...args,
          hashKeyScope: "table",
          numberPolicy: "round",
          parkedRetentionDays: 0.1,
          removalPolicy: "x",
        }),
    );
    expect(lines).to.deep.equal([
      '"carry" has args that cannot work:',
      '- hashKeyScope is "table"; allowed is "shard" or "stream": write hashKeyScope: "shard"',
      '- numberPolicy is "round"; allowed is "park" or "string": write numberPolicy: "park"',
      '- removalPolicy is "x"; allowed is "retain" or "destroy": write removalPolicy: "retain"',
      "- parkedRetentionDays is 0.1; allowed is a whole number from 0 to 36500: write parkedRetentionDays: 0",
    ]);
    expect(resources).to.deep.equal([]);
  });
});
