import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { StreamConsumerArgs } from "../../components/stream-consumer/args.ts";
import { StreamConsumer } from "../../components/stream-consumer/stream-consumer.ts";
import { record, refusal, resolved, statementsOf } from "../support/mocks.ts";

const entry = fileURLToPath(new URL("../fixtures/components/handler.ts", import.meta.url));
const STREAM = "arn:aws:kinesis:us-east-1:111111111111:stream/flow";
const TABLE_STREAM = "arn:aws:dynamodb:us-east-1:111111111111:table/events/stream/2026-01-01T00:00:00.000";
const kinesis: StreamConsumerArgs = { source: "kinesis", streamArn: STREAM, function: { entry } };
const onFailure = { bucketArn: "arn:aws:s3:::failed" };

describe("StreamConsumer", () => {
  it("reads from the horizon, tries for ever, reports and bisects failures, unless told otherwise", async () => {
    const run = await record(() => new StreamConsumer("eater", kinesis));
    expect(run.resources).to.have.length(8);
    expect(run.named("eater-mapping").inputs).to.deep.equal({
      eventSourceArn: STREAM,
      functionName: "arn:aws:lambda:us-east-1:111111111111:function:eater-function-1a2b3c4",
      batchSize: 100,
      maximumBatchingWindowInSeconds: 0,
      parallelizationFactor: 1,
      maximumRetryAttempts: -1,
      maximumRecordAgeInSeconds: -1,
      bisectBatchOnFunctionError: true,
      startingPosition: "TRIM_HORIZON",
      functionResponseTypes: ["ReportBatchItemFailures"],
      enabled: true,
    });
    expect(await resolved(run.result.mappingId)).to.equal("11111111-2222-4333-8444-555555555555");
    expect(run.calls, "only what the role's trust policy needs, without an on-failure destination").to.deep.equal([
      "aws:index/getCallerIdentity:getCallerIdentity",
    ]);
  });

  it("gives the role what Lambda checks for a Kinesis stream when it makes the mapping", async () => {
    const run = await record(() => new StreamConsumer("eater", kinesis));
    expect(statementsOf(run.named("eater-function-policy").inputs["policy"]).slice(1)).to.deep.equal([
      {
        Sid: "ReadStream",
        Effect: "Allow",
        Action: [
          "kinesis:DescribeStream",
          "kinesis:DescribeStreamSummary",
          "kinesis:GetRecords",
          "kinesis:GetShardIterator",
          "kinesis:ListShards",
        ],
        Resource: [STREAM],
      },
      { Sid: "ListStreams", Effect: "Allow", Action: ["kinesis:ListStreams"], Resource: ["*"] },
    ]);
    expect(run.named("eater-mapping").dependsOn).to.include("eater-function-policy");
  });

  it("lets the role decrypt a stream with a key of its own, for this stream or table only", async () => {
    const streamKmsKeyArn = "arn:aws:kms:us-east-1:111111111111:key/one";
    const granted = async (own: { source: string; streamArn: string }) => {
      const run = await record(() => new StreamConsumer("eater", { ...kinesis, ...own, streamKmsKeyArn }));
      return statementsOf(run.named("eater-function-policy").inputs["policy"]).slice(3);
    };
    const decrypt = { Effect: "Allow", Action: ["kms:Decrypt"], Resource: [streamKmsKeyArn] };
    expect(await granted({ source: "kinesis", streamArn: STREAM })).to.deep.equal([
      {
        Sid: "DecryptStream",
        ...decrypt,
        Condition: { StringEquals: { "kms:EncryptionContext:aws:kinesis:arn": STREAM } },
      },
    ]);
    const tableName = TABLE_STREAM.split("/")[1];
    expect(await granted({ source: "dynamodb", streamArn: TABLE_STREAM })).to.deep.equal([
      {
        Sid: "DecryptTableStream",
        ...decrypt,
        Condition: { StringEquals: { "kms:EncryptionContext:aws:dynamodb:tableName": tableName } },
      },
    ]);
  });

  it("lets the role encrypt for an on-failure bucket with a key of its own, for this bucket only", async () => {
    const kmsKeyArn = "arn:aws:kms:us-east-1:111111111111:key/one";
    const granted = async (more: { kmsKeyArn?: string }) => {
      const args = { ...kinesis, streamArn: STREAM, onFailure: { ...onFailure, ...more } };
      const run = await record(() => new StreamConsumer("eater", args));
      return statementsOf(run.named("eater-function-policy").inputs["policy"]).slice(5);
    };
    expect(await granted({})).to.deep.equal([]);
    expect(await granted({ kmsKeyArn })).to.deep.equal([
      {
        Sid: "EncryptFailedBatches",
        Effect: "Allow",
        Action: ["kms:GenerateDataKey"],
        Resource: [kmsKeyArn],
        Condition: {
          StringLike: {
            "kms:ViaService": "s3.*",
            "kms:EncryptionContext:aws:s3:arn": [onFailure.bucketArn, `${onFailure.bucketArn}/*`],
          },
        },
      },
    ]);
  });

  it("gives the role what it needs for a table's stream, and an on-failure bucket of its own account", async () => {
    const run = await record(
      () => new StreamConsumer("eater", { ...kinesis, source: "dynamodb", streamArn: TABLE_STREAM, onFailure }),
    );
    const inAccount = { StringEquals: { "s3:ResourceAccount": "111111111111" } };
    expect(statementsOf(run.named("eater-function-policy").inputs["policy"]).slice(1)).to.deep.equal([
      {
        Sid: "ReadStream",
        Effect: "Allow",
        Action: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
        Resource: [TABLE_STREAM],
      },
      { Sid: "ListStreams", Effect: "Allow", Action: ["dynamodb:ListStreams"], Resource: ["*"] },
      {
        Sid: "PutFailedBatches",
        Effect: "Allow",
        Action: ["s3:PutObject"],
        Resource: ["arn:aws:s3:::failed/*"],
        Condition: inAccount,
      },
      {
        Sid: "FindFailureBucket",
        Effect: "Allow",
        Action: ["s3:ListBucket"],
        Resource: ["arn:aws:s3:::failed"],
        Condition: inAccount,
      },
    ]);
    expect(run.named("eater-mapping").inputs).to.deep.include({
      destinationConfig: { onFailure: { destinationArn: "arn:aws:s3:::failed" } },
      // 80 % of the day that a table's stream keeps.
      maximumRecordAgeInSeconds: 69_120,
    });
  });

  it("passes on every choice about reading", async () => {
    const run = await record(
      () =>
        new StreamConsumer("eater", {
          ...kinesis,
          onFailure,
          streamRetentionSeconds: 86_400,
          reading: {
            batchSize: 300,
            batchWindowSeconds: 5,
            parallelization: 10,
            retryAttempts: 3,
            maximumRecordAgeSeconds: 3600,
            startingPosition: "LATEST",
            enabled: false,
          },
        }),
    );
    expect(run.named("eater-mapping").inputs).to.deep.equal({
      eventSourceArn: STREAM,
      functionName: "arn:aws:lambda:us-east-1:111111111111:function:eater-function-1a2b3c4",
      batchSize: 300,
      maximumBatchingWindowInSeconds: 5,
      parallelizationFactor: 10,
      maximumRetryAttempts: 3,
      maximumRecordAgeInSeconds: 3600,
      bisectBatchOnFunctionError: true,
      startingPosition: "LATEST",
      functionResponseTypes: ["ReportBatchItemFailures"],
      enabled: false,
      destinationConfig: { onFailure: { destinationArn: "arn:aws:s3:::failed" } },
    });
  });

  it("never lets a record of a year-long stream get older than Lambda's own limit", async () => {
    const run = await record(
      () => new StreamConsumer("eater", { ...kinesis, onFailure, streamRetentionSeconds: 365 * 86_400 }),
    );
    expect(run.named("eater-mapping").inputs["maximumRecordAgeInSeconds"]).to.equal(604_800);
  });

  it("lets a transform set what the args do not cover", async () => {
    const run = await record(
      () =>
        new StreamConsumer("eater", kinesis, {
          transform: {
            mapping: (args) => {
              args.tumblingWindowInSeconds = 30;
            },
          },
        }),
    );
    expect(run.named("eater-mapping").inputs["tumblingWindowInSeconds"]).to.equal(30);
  });

  it("alarms when records are late, the function fails or is not let run, and a failed batch is lost", async () => {
    const actionArns = ["arn:aws:sns:us-east-1:111111111111:a"];
    const run = await record(
      () =>
        new StreamConsumer("eater", { ...kinesis, onFailure, streamRetentionSeconds: 172_800, alarms: { actionArns } }),
    );
    const shared = {
      namespace: "AWS/Lambda",
      dimensions: { FunctionName: "eater-function-1a2b3c4" },
      treatMissingData: "notBreaching",
      alarmActions: actionArns,
    };
    expect(run.named("eater-iterator-age").inputs).to.deep.equal({
      ...shared,
      alarmDescription:
        "Records are processed so late that 50 % of the time is used up after which they are given up or lost.",
      metricName: "IteratorAge",
      statistic: "Maximum",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      // Half of 80 % of two days, in milliseconds.
      threshold: 69_120_000,
      period: 60,
      evaluationPeriods: 5,
    });
    const above0 = { statistic: "Sum", comparisonOperator: "GreaterThanThreshold", threshold: 0 };
    expect(run.named("eater-errors").inputs).to.deep.equal({
      ...shared,
      ...above0,
      alarmDescription: "The function fails again and again; its batches are tried again until they are given up.",
      metricName: "Errors",
      period: 300,
      evaluationPeriods: 3,
    });
    expect(run.named("eater-throttles").inputs).to.deep.equal({
      ...shared,
      ...above0,
      alarmDescription: "The function is not let run again and again: the account's or its own concurrency is used up.",
      metricName: "Throttles",
      period: 300,
      evaluationPeriods: 3,
    });
    expect(run.named("eater-failed-deliveries").inputs).to.deep.equal({
      ...shared,
      ...above0,
      alarmDescription: "A batch that was given up did not reach its on-failure destination: its records are lost.",
      metricName: "DestinationDeliveryFailures",
      period: 60,
      evaluationPeriods: 1,
    });
  });

  it("counts lateness by what comes first: the record's age, the retention, or the shortest that a stream can have", async () => {
    const threshold = async (more: Partial<StreamConsumerArgs>) =>
      (await record(() => new StreamConsumer("eater", { ...kinesis, ...more }))).named("eater-iterator-age").inputs[
        "threshold"
      ];
    expect(await threshold({ onFailure, reading: { maximumRecordAgeSeconds: 3600 } })).to.equal(1_800_000);
    expect(await threshold({ streamRetentionSeconds: 7 * 86_400 })).to.equal(302_400_000);
    expect(await threshold({})).to.equal(43_200_000);
  });

  it("makes no alarm that could never speak, and none at all when told so", async () => {
    const alarms = async (more: Partial<StreamConsumerArgs>) =>
      (await record(() => new StreamConsumer("eater", { ...kinesis, ...more })))
        .of("aws:cloudwatch/metricAlarm:MetricAlarm")
        .map(({ name }) => name);
    expect(await alarms({})).to.have.members(["eater-iterator-age", "eater-errors", "eater-throttles"]);
    expect(await alarms({ onFailure, alarms: { enabled: false } })).to.deep.equal([]);
  });

  it("refuses an age at which records are given up while they wait for a full batch", async () => {
    const age = (maximumRecordAgeSeconds: number) => () =>
      new StreamConsumer("eater", {
        ...kinesis,
        onFailure: { bucketArn: "arn:aws:s3:::failed" },
        function: { entry },
        reading: { batchWindowSeconds: 120, maximumRecordAgeSeconds },
      });
    expect((await refusal(age(120))).lines).to.deep.equal([
      '"eater" has args that cannot work:',
      "- reading.maximumRecordAgeSeconds is 120, but records wait up to 120 s for a full batch (reading.batchWindowSeconds), so they could be given up before they are tried; allowed is more than that: write reading.maximumRecordAgeSeconds: 240",
    ]);
    const run = await record(age(121));
    expect(run.named("eater-mapping").inputs).to.include({ maximumRecordAgeInSeconds: 121 });
  });

  it("refuses all bad args at once, before anything is made", async () => {
    const { lines, resources } = await refusal(
      () =>
        new StreamConsumer("eater", {
          ...kinesis,
          source: "queue",
          function: { entry, memoryMiB: 1, roleName: "a*" },
          reading: {
            batchSize: 0,
            batchWindowSeconds: 301,
            parallelization: 11,
            retryAttempts: -2,
            maximumRecordAgeSeconds: 59,
            startingPosition: "EARLIEST",
          },
          alarms: {
            actionArns: Array.from({ length: 6 }, (_, index) =>
              index === 0 ? "topic" : "arn:aws:sns:us-east-1:111111111111:t",
            ),
          },
        }),
    );
    expect(lines).to.deep.equal([
      '"eater" has args that cannot work:',
      '- source is "queue"; allowed is "kinesis" or "dynamodb": write source: "kinesis"',
      "- reading.batchSize is 0; allowed is a whole number from 1 to 10000: write reading.batchSize: 1",
      "- reading.batchWindowSeconds is 301; allowed is a whole number from 0 to 300: write reading.batchWindowSeconds: 300",
      "- reading.parallelization is 11; allowed is a whole number from 1 to 10: write reading.parallelization: 10",
      "- reading.retryAttempts is -2; allowed is a whole number from 0 to 10000, or -1: write reading.retryAttempts: 0",
      "- reading.maximumRecordAgeSeconds is 59; allowed is a whole number from 60 to 604800, or -1: write reading.maximumRecordAgeSeconds: 60",
      '- reading.startingPosition is "EARLIEST"; allowed is "TRIM_HORIZON" or "LATEST": write reading.startingPosition: "TRIM_HORIZON"',
      "- onFailure is missing, though records are given up by reading.retryAttempts or reading.maximumRecordAgeSeconds: write onFailure: { bucketArn }, or -1 for both",
      "- alarms.actionArns has 6 ARNs; allowed are 5: write alarms.actionArns: [one SNS topic that fans out]",
      '- alarms.actionArns[0] is "topic" (no ARN); allowed is the ARN of what an alarm can call: an SNS topic, a Lambda function, an OpsItem, a response plan or an investigation group: write alarms.actionArns[0]: "arn:aws:sns:us-east-1:111111111111:alarms"',
      "- function.memoryMiB is 1; allowed is a whole number from 128 to 10240: write function.memoryMiB: 128",
      '- function.roleName is "a*"; allowed is 1 to 64 letters, digits and +=,.@_-: write function.roleName: "my-role"',
    ]);
    expect(resources).to.deep.equal([]);
  });
});
