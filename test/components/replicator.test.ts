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
  HASH_KEY_SEPARATOR: "underscore",
  PARKED_BUCKET: "carry-parked-1a2b3c4",
  PARKED_PREFIX: "parked/",
  NUMBER_POLICY: "park",
  TABLE_WRITER: "direct",
  INDEXED_ATTRIBUTES: "[]",
  METRICS_NAMESPACE: "Tributary",
};

describe("Replicator", () => {
  it("is a consumer whose role has exactly the name that the target trusts", async () => {
    const run = await record(() => new Replicator("carry", args));
    expect(run.resources).to.have.length(17);
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

  it("encrypts its bucket and its log by keys of their own, and may use the bucket's, for this bucket only", async () => {
    const key = (name: string) => `arn:aws:kms:us-east-1:111111111111:key/${name}`;
    const keys = { parked: { kmsKeyArn: key("parked") }, function: { logs: { kmsKeyArn: key("logs") } } };
    const run = await record(() => new Replicator("carry", { ...args, ...keys }));
    expect(JSON.stringify(run.named("carry-parked-encryption").inputs["rules"])).to.contain(key("parked"));
    expect(run.named("carry-consumer-function-logs").inputs["kmsKeyId"]).to.equal(key("logs"));
    const granted = statementsOf(run.named("carry-consumer-function-policy").inputs["policy"]).filter(({ Action }) =>
      String(Action).includes("kms:"),
    );
    const bucketArn = "arn:aws:s3:::carry-parked-1a2b3c4";
    expect(granted.map(({ Action, Resource }) => [Action, Resource])).to.deep.equal([
      [["kms:GenerateDataKey"], [key("parked")]],
    ]);
    expect(granted[0]?.["Condition"]).to.deep.equal({
      StringLike: {
        "kms:ViaService": "s3.*",
        "kms:EncryptionContext:aws:s3:arn": [bucketArn, `${bucketArn}/*`],
      },
    });
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
          hashKeySeparator: "hyphen",
          numberPolicy: "string",
          tableWriter: "sdk",
          reading: {
            batchSize: 300,
            batchWindowSeconds: 5,
            parallelization: 2,
            retryAttempts: 10,
            maximumRecordAgeSeconds: 3600,
            startingPosition: "LATEST",
            enabled: false,
          },
          function: {
            memoryMiB: 1769,
            timeoutSeconds: 120,
            logs: { retentionDays: 7 },
            tracingMode: "Active",
            network: { subnetIds: ["subnet-a"], securityGroupIds: ["sg-a"] },
          },
          parked: { versioning: false },
          parkedRetentionDays: 30,
          removalPolicy: "destroy",
        }),
    );
    expect(run.named("carry-consumer-function").inputs).to.deep.include({
      environment: {
        variables: {
          ...environment,
          HASH_KEY_SCOPE: "stream",
          HASH_KEY_SEPARATOR: "hyphen",
          NUMBER_POLICY: "string",
          TABLE_WRITER: "sdk",
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

  it("alarms of every record that is parked, and of its consumer, unless told otherwise", async () => {
    const actionArns = ["arn:aws:sns:us-east-1:111111111111:a"];
    const run = await record(() => new Replicator("carry", { ...args, alarms: { actionArns } }));
    expect(run.named("carry-records-parked").inputs).to.deep.equal({
      alarmDescription:
        "Within the last 24 hours records were parked that can never be stored: see below parked/ in the bucket of parked records.",
      namespace: "Tributary",
      metricName: "Parked",
      dimensions: { FunctionName: "carry-consumer-function-1a2b3c4" },
      statistic: "Sum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      period: 60,
      evaluationPeriods: 1440,
      datapointsToAlarm: 1,
      treatMissingData: "notBreaching",
      alarmActions: actionArns,
    });
    const alarms = run.of("aws:cloudwatch/metricAlarm:MetricAlarm");
    expect(alarms.map(({ inputs }) => inputs["alarmActions"])).to.deep.equal(alarms.map(() => actionArns));
    const silent = await record(() => new Replicator("carry", { ...args, alarms: { enabled: false } }));
    expect(silent.resources).to.have.length(12);
    expect(silent.of("aws:cloudwatch/metricAlarm:MetricAlarm")).to.have.length(0);
  });

  it("leaves its log group behind when the stack goes, unless told otherwise", async () => {
    const name = "carry-consumer-function-logs";
    expect((await record(() => new Replicator("carry", args))).named(name).retainOnDelete).to.equal(true);
    const gone = await record(() => new Replicator("carry", { ...args, removalPolicy: "destroy" }));
    expect(gone.named(name).retainOnDelete).to.equal(false);
  });

  it("keeps a secret external id a secret", async () => {
    const run = await record(
      () => new Replicator("carry", { ...args, target: { ...args.target, externalId: pulumi.secret("agreed-word") } }),
    );
    expect(run.named("carry-consumer-function").hasSecret).to.equal(true);
    expect(run.named("carry-consumer-function").inputs["environment"]).to.deep.equal({ variables: environment });
  });

  it("refuses all bad args at once, before anything is made", async () => {
    const { lines, resources } = await refusal(
      () =>
        new Replicator("carry", {
          ...args,
          hashKeyScope: "table",
          hashKeySeparator: "_",
          numberPolicy: "round",
          tableWriter: "fast",
          parkedRetentionDays: 0.1,
          removalPolicy: "x",
          reading: { batchSize: 0, maximumRecordAgeSeconds: 86_400 },
          alarms: { actionArns: ["topic"] },
          function: { memoryMiB: 1, logs: { retentionDays: 2 } },
          rolePath: "team",
        }),
    );
    expect(lines).to.deep.equal([
      '"carry" has args that cannot work:',
      '- hashKeyScope is "table"; allowed is "shard" or "stream": write hashKeyScope: "shard"',
      '- hashKeySeparator is "_"; allowed is "underscore" or "hyphen": write hashKeySeparator: "underscore"',
      '- numberPolicy is "round"; allowed is "park" or "string": write numberPolicy: "park"',
      '- tableWriter is "fast"; allowed is "direct" or "sdk": write tableWriter: "direct"',
      "- parkedRetentionDays is 0.1; allowed is a whole number from 0 to 36500: write parkedRetentionDays: 0",
      "- reading.batchSize is 0; allowed is a whole number from 1 to 10000: write reading.batchSize: 1",
      "- reading.maximumRecordAgeSeconds is 86400, but the stream keeps records for 86400 s only, so they would expire unseen; allowed is less than that: write reading.maximumRecordAgeSeconds: 69120",
      '- alarms.actionArns[0] is "topic" (no ARN); allowed is the ARN of what an alarm can call: an SNS topic, a Lambda function, an OpsItem, a response plan or an investigation group: write alarms.actionArns[0]: "arn:aws:sns:us-east-1:111111111111:alarms"',
      "- function.memoryMiB is 1; allowed is a whole number from 128 to 10240: write function.memoryMiB: 128",
      "- function.logs.retentionDays is 2; allowed is 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653: write function.logs.retentionDays: 30",
      '- rolePath is "team"; allowed is a path that begins and ends with "/": write rolePath: "/my-team/"',
      '- removalPolicy is "x"; allowed is "retain" or "destroy": write removalPolicy: "retain"',
    ]);
    expect(resources).to.deep.equal([]);
  });
});
