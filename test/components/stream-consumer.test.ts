import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { StreamConsumerArgs } from "../../components/stream-consumer/args.ts";
import { StreamConsumer } from "../../components/stream-consumer/stream-consumer.ts";
import { record, refusal, resolved, statementsOf } from "../support/mocks.ts";

const entry = fileURLToPath(new URL("../fixtures/components/handler.ts", import.meta.url));
const STREAM = "arn:aws:kinesis:us-east-1:111111111111:stream/flow";
const TABLE_STREAM = "arn:aws:dynamodb:us-east-1:111111111111:table/t/stream/2026-01-01T00:00:00.000";
const kinesis: StreamConsumerArgs = { source: "kinesis", streamArn: STREAM, function: { entry } };
const onFailure = { bucketArn: "arn:aws:s3:::failed" };

describe("StreamConsumer", () => {
  it("reads from the horizon, tries for ever, reports and bisects failures, unless told otherwise", async () => {
    const run = await record(() => new StreamConsumer("eater", kinesis));
    expect(run.resources).to.have.length(5);
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
    expect(run.calls, "nothing to look up without an on-failure destination").to.deep.equal([]);
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

  it("gives the role what it needs for a table's stream, and an on-failure bucket of its own account", async () => {
    const run = await record(
      () => new StreamConsumer("eater", { ...kinesis, source: "dynamodb", streamArn: TABLE_STREAM, onFailure }),
    );
    const inAccount = { StringEquals: { "s3:ResourceAccount": "111111111111" } };
    expect(statementsOf(run.named("eater-function-policy").inputs["policy"]).slice(1)).to.deep.equal([
      {
        Sid: "ReadStream",
        Effect: "Allow",
        Action: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListShards"],
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
          batchSize: 300,
          batchWindowSeconds: 5,
          parallelization: 10,
          retryAttempts: 3,
          maximumRecordAgeSeconds: 3600,
          startingPosition: "LATEST",
          enabled: false,
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

  it("hands every child to its transform, those of the function too", async () => {
    const seen: string[] = [];
    const see = (_args: object, _opts: object, name: string) => void seen.push(name);
    const run = await record(
      () =>
        new StreamConsumer("eater", kinesis, {
          transform: {
            function: { logGroup: see, role: see, policy: see, function: see },
            mapping: (args, opts, name) => {
              see(args, opts, name);
              args.tumblingWindowInSeconds = 30;
            },
          },
        }),
    );
    expect(seen).to.have.members(run.resources.map((each) => each.name));
    expect(run.named("eater-mapping").inputs["tumblingWindowInSeconds"]).to.equal(30);
  });

  it("refuses all bad args at once, before anything is made", async () => {
    const { lines, resources } = await refusal(
      () =>
        new StreamConsumer("eater", {
          ...kinesis,
          source: "queue",
          batchSize: 0,
          batchWindowSeconds: 301,
          parallelization: 11,
          retryAttempts: -2,
          maximumRecordAgeSeconds: 59,
          startingPosition: "EARLIEST",
        }),
    );
    expect(lines).to.deep.equal([
      '"eater" has args that cannot work:',
      '- source is "queue"; allowed is "kinesis" or "dynamodb": write source: "kinesis"',
      "- batchSize is 0; allowed is a whole number from 1 to 10000: write batchSize: 1",
      "- batchWindowSeconds is 301; allowed is a whole number from 0 to 300: write batchWindowSeconds: 300",
      "- parallelization is 11; allowed is a whole number from 1 to 10: write parallelization: 10",
      "- retryAttempts is -2; allowed is a whole number from 0 to 10000, or -1: write retryAttempts: 0",
      "- maximumRecordAgeSeconds is 59; allowed is a whole number from 60 to 604800, or -1: write maximumRecordAgeSeconds: 60",
      "- onFailure is missing, though records are given up by retryAttempts or maximumRecordAgeSeconds: write onFailure: { bucketArn }, or -1 for both",
      '- startingPosition is "EARLIEST"; allowed is "TRIM_HORIZON" or "LATEST": write startingPosition: "TRIM_HORIZON"',
    ]);
    expect(resources).to.deep.equal([]);
  });
});
