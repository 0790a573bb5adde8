import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { StreamPipeline } from "../../components/stream-pipeline/stream-pipeline.ts";
import { record, refusal, resolved } from "../support/mocks.ts";

const entry = fileURLToPath(new URL("../fixtures/components/handler.ts", import.meta.url));

describe("StreamPipeline", () => {
  it("is encrypted, on demand, keeps a week, and stays when the stack goes, unless told otherwise", async () => {
    const run = await record(() => new StreamPipeline("flow"));
    expect(run.resources).to.have.length(3);
    expect(run.named("flow-stream").inputs).to.deep.equal({
      streamModeDetails: { streamMode: "ON_DEMAND" },
      retentionPeriod: 168,
      encryptionType: "KMS",
      kmsKeyId: "alias/aws/kinesis",
      enforceConsumerDeletion: false,
    });
    expect(run.named("flow-stream").retainOnDelete).to.equal(true);
    expect(run.named("flow-stream").isProtected).to.equal(true);
    expect(await resolved(run.result.streamArn)).to.equal(
      "arn:aws:kinesis:us-east-1:111111111111:stream/flow-stream-1a2b3c4",
    );
  });

  it("alarms of this one stream when half of its retention is used up, and when writes are throttled", async () => {
    const run = await record(
      () =>
        new StreamPipeline("flow", {
          retentionHours: 24,
          alarms: { actionArns: ["arn:aws:sns:us-east-1:111111111111:a"] },
        }),
    );
    const shared = {
      namespace: "AWS/Kinesis",
      dimensions: { StreamName: "flow-stream-1a2b3c4" },
      period: 60,
      treatMissingData: "notBreaching",
      alarmActions: ["arn:aws:sns:us-east-1:111111111111:a"],
    };
    expect(run.named("flow-iterator-age").inputs).to.deep.equal({
      ...shared,
      alarmDescription:
        "Records are read so late that 50 % of the stream's retention is used up; at 100 % they are lost.",
      metricName: "GetRecords.IteratorAgeMilliseconds",
      statistic: "Maximum",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 12 * 3_600_000,
      evaluationPeriods: 5,
    });
    expect(run.named("flow-write-throttles").inputs).to.deep.equal({
      ...shared,
      alarmDescription: "Writes to the stream are throttled; producers are asked to try again.",
      metricName: "WriteProvisionedThroughputExceeded",
      statistic: "Sum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 5,
    });
  });

  it("makes no alarms when told so", async () => {
    const run = await record(() => new StreamPipeline("flow", { alarms: { enabled: false } }));
    expect(run.resources.map(({ name }) => name)).to.deep.equal(["flow-stream"]);
  });

  it("can be provisioned, hold larger records, and go with the stack", async () => {
    const run = await record(
      () =>
        new StreamPipeline("flow", {
          streamMode: "PROVISIONED",
          shardCount: 4,
          retentionHours: 48,
          maxRecordSizeKiB: 2048,
          removalPolicy: "destroy",
        }),
    );
    expect(run.named("flow-stream").inputs).to.deep.equal({
      streamModeDetails: { streamMode: "PROVISIONED" },
      shardCount: 4,
      maxRecordSizeInKib: 2048,
      retentionPeriod: 48,
      encryptionType: "KMS",
      kmsKeyId: "alias/aws/kinesis",
      enforceConsumerDeletion: true,
    });
    expect(run.named("flow-stream").retainOnDelete).to.equal(false);
    expect(run.named("flow-stream").isProtected).to.equal(false);
  });

  it("is encrypted with a key of the account, which its consumers may decrypt with", async () => {
    const kmsKeyArn = "arn:aws:kms:us-east-1:111111111111:key/one";
    const run = await record(() => new StreamPipeline("flow", { kmsKeyArn }).consume("first", { function: { entry } }));
    expect(run.named("flow-stream").inputs).to.include({ encryptionType: "KMS", kmsKeyId: kmsKeyArn });
    const policy = String(run.named("flow-first-function-policy").inputs["policy"]);
    const [decrypt] = (
      JSON.parse(policy) as { Statement: { Action: string[]; Resource: string[] }[] }
    ).Statement.filter(({ Action }) => Action.includes("kms:Decrypt"));
    expect(decrypt?.Resource).to.deep.equal([kmsKeyArn]);
  });

  it("adds consumers of itself, as its children", async () => {
    const run = await record(() => {
      const pipeline = new StreamPipeline("flow", { retentionHours: 24 });
      pipeline.consume("first", { function: { entry } });
      pipeline.consume("second", { function: { entry }, reading: { batchSize: 7 } });
    });
    const mappings = run.of("aws:lambda/eventSourceMapping:EventSourceMapping");
    expect(
      mappings.map(({ name, inputs }) => [name, inputs["eventSourceArn"], inputs["batchSize"]]),
    ).to.have.deep.members([
      ["flow-first-mapping", "arn:aws:kinesis:us-east-1:111111111111:stream/flow-stream-1a2b3c4", 100],
      ["flow-second-mapping", "arn:aws:kinesis:us-east-1:111111111111:stream/flow-stream-1a2b3c4", 7],
    ]);
    const consumers = run.of("tributary:streaming:StreamConsumer");
    expect(consumers.map(({ name, parent }) => [name, parent])).to.have.deep.members([
      ["flow-first", "flow"],
      ["flow-second", "flow"],
    ]);
  });

  it("refuses a consumer that gives records up after the stream has lost them", async () => {
    const { lines } = await refusal(() =>
      new StreamPipeline("flow", { retentionHours: 24 }).consume("late", {
        function: { entry },
        reading: { maximumRecordAgeSeconds: 86_400 },
        onFailure: { bucketArn: "arn:aws:s3:::failed" },
      }),
    );
    expect(lines).to.deep.equal([
      '"flow-late" has args that cannot work:',
      "- reading.maximumRecordAgeSeconds is 86400, but the stream keeps records for 86400 s only, so they would expire unseen; allowed is less than that: write reading.maximumRecordAgeSeconds: 69120",
    ]);
  });

  it("hands every child to its transform", async () => {
    const seen: string[] = [];
    const see = (_args: object, _opts: object, name: string) => void seen.push(name);
    const run = await record(
      () =>
        new StreamPipeline(
          "flow",
          {},
          {
            transform: {
              stream: (args, opts, name) => {
                see(args, opts, name);
                args.kmsKeyId = "arn:aws:kms:us-east-1:111111111111:key/own";
              },
              iteratorAgeAlarm: see,
              writeThrottleAlarm: see,
            },
          },
        ),
    );
    expect(seen).to.have.members(run.resources.map((each) => each.name));
    expect(run.named("flow-stream").inputs["kmsKeyId"]).to.equal("arn:aws:kms:us-east-1:111111111111:key/own");
  });

  it("refuses all bad args at once, before anything is made", async () => {
    const provisioned = await refusal(
      () =>
        new StreamPipeline("flow", {
          streamMode: "PROVISIONED",
          retentionHours: 1,
          maxRecordSizeKiB: 20_000,
          removalPolicy: "keep",
          alarms: { actionArns: ["topic"] },
        }),
    );
    expect(provisioned.lines).to.deep.equal([
      '"flow" has args that cannot work:',
      "- shardCount is missing; a provisioned stream needs it: write shardCount: 1",
      "- retentionHours is 1; allowed is a whole number from 24 to 8760: write retentionHours: 24",
      "- maxRecordSizeKiB is 20000; allowed is a whole number from 1024 to 10240: write maxRecordSizeKiB: 10240",
      '- removalPolicy is "keep"; allowed is "retain" or "destroy": write removalPolicy: "retain"',
      '- alarms.actionArns[0] is "topic" (no ARN); allowed is the ARN of what an alarm can call: an SNS topic, a Lambda function, an OpsItem, a response plan or an investigation group: write alarms.actionArns[0]: "arn:aws:sns:us-east-1:111111111111:alarms"',
    ]);
    expect(provisioned.resources).to.deep.equal([]);

    const onDemand = await refusal(() => new StreamPipeline("flow", { shardCount: 2 }));
    expect(onDemand.lines[1]).to.equal(
      '- shardCount is 2; an on-demand stream chooses its own: leave it out, or write streamMode: "PROVISIONED"',
    );
    const unknown = await refusal(() => new StreamPipeline("flow", { streamMode: "on-demand" }));
    expect(unknown.lines[1]).to.equal(
      '- streamMode is "on-demand"; allowed is "ON_DEMAND" or "PROVISIONED": write streamMode: "ON_DEMAND"',
    );
  });
});
