import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import { assumeForService } from "../../../../local/accounts/service-role.ts";
import { ClockMode } from "../../../../local/kernel/clock.ts";
import { AwsError } from "../../../../local/kernel/errors.ts";
import type { Faults } from "../../../../local/kernel/fault-port.ts";
import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import { deliveryStreamInputs } from "../../../../local/services/firehose/inputs.ts";
import { servicePrincipal } from "../../../support/service-principals.ts";
import { refusal } from "../s3/stage.ts";
import { ACCOUNT, FirehoseStage, REGION, ROLE, START } from "./stage.ts";

describe("local cloud: Firehose", () => {
  let stage: FirehoseStage;
  beforeEach(() => {
    stage = new FirehoseStage();
  });
  afterEach(() => stage.cloud.close());

  it("delivers what it gathered when the interval is over, as one object of the records' bytes in order", async () => {
    await stage.stream({ bufferingInterval: 300 });
    await stage.put("one\n", "two\n");
    await stage.cloud.clock.advance(200_000);
    await stage.put("three\n");
    await stage.cloud.clock.advance(99_999);
    expect(stage.objects()).to.deep.equal([]);
    expect(stage.cloud.services.firehose.store.pendingBytes()).to.equal(14);
    await stage.cloud.clock.advance(1);
    expect(stage.objects().map((object) => object.body.toString())).to.deep.equal(["one\ntwo\nthree\n"]);
    expect(stage.cloud.services.firehose.store.pendingBytes()).to.equal(0);
    expect(stage.counts()).to.include({
      deliveredRecords: 3,
      deliveredObjects: 1,
      pendingRecords: 0,
      droppedRecords: 0,
    });
  });

  it("names an object by prefix, the hour and second of the oldest record, stream, version and a UUID", async () => {
    await stage.stream();
    await stage.put("x");
    await stage.cloud.clock.advance(300_000);
    expect(stage.objects()[0]!.key).to.match(
      /^events\/2026\/01\/31\/23\/to-archive-1-2026-01-31-23-58-07-[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/,
    );
  });

  it("delivers at once when the size is reached, and starts a new interval with the next record", async () => {
    await stage.stream({ bufferingSize: 1, bufferingInterval: 60 });
    const half = Buffer.alloc(512 * 1024, "a");
    await stage.put(half);
    await stage.cloud.clock.advance(30_000);
    await stage.put(half, "rest");
    await stage.cloud.clock.advance(0);
    expect(stage.objects().map((object) => object.body.length)).to.deep.equal([1024 * 1024]);
    await stage.cloud.clock.advance(59_999);
    expect(stage.objects()).to.have.length(1);
    await stage.cloud.clock.advance(1);
    expect(stage.objects()[1]!.body.toString()).to.equal("rest");
  });

  it("compresses by GZIP and names the object .gz, or as fileExtension says", async () => {
    await stage.stream({ compressionFormat: "GZIP" });
    await stage.put("line\n");
    await stage.cloud.clock.advance(300_000);
    const [object] = stage.objects();
    expect(object!.key).to.match(/\.gz$/);
    expect(gunzipSync(object!.body).toString()).to.equal("line\n");
  });

  it("tries again with growing pauses while the bucket refuses, and delivers once it may", async () => {
    stage.allow(["s3:GetObject"], ["arn:aws:s3:::archive/*"]);
    await stage.stream({ bufferingInterval: 0 });
    await stage.put("kept");
    await stage.cloud.clock.advance(0);
    expect(stage.counts().failedAttempts).to.equal(1);
    await stage.cloud.clock.advance(5_000);
    expect(stage.counts().failedAttempts).to.equal(2);
    await stage.cloud.clock.advance(9_999);
    expect(stage.counts().failedAttempts).to.equal(2);
    stage.allow(["s3:PutObject"], ["arn:aws:s3:::archive/*"]);
    await stage.cloud.clock.advance(1);
    expect(stage.objects().map((object) => object.body.toString())).to.deep.equal(["kept"]);
    expect(stage.counts()).to.include({ failedAttempts: 2, pendingBytes: 0, droppedRecords: 0 });
  });

  it("loses nothing while the role may not use the bucket's key: tries again, counts, and says which permission is missing", async () => {
    const key = `arn:aws:kms:${REGION}:${ACCOUNT}:key/archive`;
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: key } };
    const ServerSideEncryptionConfiguration = { Rules: [{ ...rule, BucketKeyEnabled: true }] };
    await stage.call("s3", "PutBucketEncryption", { Bucket: "archive", ServerSideEncryptionConfiguration });
    await stage.stream({ bufferingInterval: 0 });
    await stage.put("kept");
    await stage.cloud.clock.advance(0);
    await stage.cloud.clock.advance(5_000);
    expect(stage.objects()).to.deep.equal([]);
    expect(stage.counts()).to.include({ pendingRecords: 1, droppedRecords: 0, failedAttempts: 2 });
    const refusedActions = stage.cloud.trace
      .records()
      .filter(({ call, decision }) => call === "s3:PutObject" && decision === "denied")
      .flatMap(({ authorizations }) => authorizations.map(({ action }) => action));
    expect(refusedActions).to.include("kms:GenerateDataKey");

    stage.allow(["s3:PutObject", "kms:GenerateDataKey"], ["arn:aws:s3:::archive/*", key]);
    await stage.cloud.clock.advance(10_000);
    expect(stage.objects().map(({ body, encryption }) => [body.toString(), encryption.kmsKeyArn])).to.deep.equal([
      ["kept", key],
    ]);
    expect(stage.counts()).to.include({ pendingRecords: 0, deliveredRecords: 1, droppedRecords: 0 });
  });

  it("gives data up after 24 hours and counts it", async () => {
    await stage.stream({ bufferingInterval: 0, bucketArn: "arn:aws:s3:::nowhere" });
    await stage.put("lost", "too");
    await stage.cloud.clock.advance(24 * 3_600_000 - 1);
    expect(stage.counts()).to.include({ pendingRecords: 2, droppedRecords: 0 });
    await stage.cloud.clock.advance(1);
    expect(stage.counts()).to.include({ pendingRecords: 0, pendingBytes: 0, droppedRecords: 2 });
  });

  it("writes one object when an attempt succeeded whose answer was lost", async () => {
    let failures = 1;
    const losing: Faults = {
      around: async (call, params, run) => {
        const answer = await run(params);
        if (call.operation === "PutObject" && failures-- > 0) throw new AwsError("InternalError", "lost", 500);
        return answer;
      },
    };
    await stage.stream({ bufferingInterval: 0 });
    await stage.cloud.withFaults(losing, async () => {
      await stage.put("once");
      await stage.cloud.clock.advance(10_000);
    });
    expect(stage.objects().map((object) => object.body.toString())).to.deep.equal(["once"]);
    expect(stage.counts()).to.include({ failedAttempts: 1, deliveredRecords: 1, deliveredObjects: 1 });
  });

  it("goes on taking records and delivering while an earlier delivery fails", async () => {
    const breaking: Faults = {
      around: async (call, params, run) => {
        if (call.operation === "PutObject") throw new AwsError("SlowDown", "slow down", 503);
        return run(params);
      },
    };
    await stage.stream({ bufferingInterval: 0 });
    await stage.cloud.withFaults(breaking, async () => {
      await stage.put("first");
      await stage.cloud.clock.advance(0);
    });
    await stage.put("second");
    await stage.cloud.clock.advance(0);
    expect(stage.objects().map((object) => object.body.toString())).to.deep.equal(["second"]);
    await stage.cloud.clock.advance(5_000);
    expect(stage.objects().map((object) => object.body.toString())).to.have.members(["first", "second"]);
  });

  it("needs no waiting in a cloud that jumps: the end of the buffer comes when all is quiet", async () => {
    await stage.cloud.close();
    stage = new FirehoseStage({ clockMode: ClockMode.Jump });
    const startedAt = stage.cloud.clock.now();
    await stage.stream({ bufferingInterval: 900 });
    await stage.put("x");
    await stage.cloud.clock.whenIdle();
    expect(stage.objects()).to.have.length(1);
    expect(stage.cloud.clock.jumpedMs()).to.be.within(1, 900_000);
    expect(stage.cloud.clock.now() - startedAt).to.be.at.least(900_000);
  });

  it("logs a refusal where it was told to, as its role, and says so in the metrics", async () => {
    const logs = { logGroupName: "/firehose", logStreamName: "s3" };
    await stage.call("logs", "CreateLogGroup", { logGroupName: logs.logGroupName });
    await stage.call("logs", "CreateLogStream", logs);
    await stage.stream({ bufferingInterval: 0, cloudwatchLoggingOptions: { enabled: true, ...logs } });
    const messages = async () =>
      (await stage.call<{ events: { message: string }[] }>("logs", "GetLogEvents", logs)).events.map(({ message }) =>
        JSON.parse(message),
      );

    stage.allow(["s3:GetObject"], ["*"]);
    await stage.put("x");
    await stage.cloud.clock.advance(0);
    expect(await messages()).to.deep.equal([]);

    stage.allow(["logs:PutLogEvents"], [`arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/firehose:log-stream:s3`]);
    await stage.cloud.clock.advance(5_000);
    const [message, ...others] = await messages();
    expect(others).to.deep.equal([]);
    expect(message).to.include({
      deliveryStreamARN: `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/to-archive`,
      destination: "arn:aws:s3:::archive",
      errorCode: "S3.AccessDenied",
    });
    expect(message.message).to.contain("s3:PutObject");
    const metric = (name: string) =>
      stage.cloud.services.cloudwatch.store.metrics.find({
        accountId: ACCOUNT,
        region: REGION,
        namespace: "AWS/Firehose",
        name,
        dimensions: { DeliveryStreamName: "to-archive" },
      });
    expect([...(metric("DeliveryToS3.Success")?.minutes.values() ?? [])].map(({ sum }) => sum)).to.deep.equal([0]);
    // The age of what waits is told while it waits, or an alarm would hear of it when all is well again.
    expect(
      [...(metric("DeliveryToS3.DataFreshness")?.minutes.values() ?? [])].map(({ maximum }) => maximum),
    ).to.deep.equal([5]);
  });

  it("publishes what came in and what went out", async () => {
    await stage.stream({ bufferingInterval: 60 });
    await stage.put("12345", "678");
    await stage.cloud.clock.advance(60_000);
    const sum = async (MetricName: string, statistic = "Sum") => {
      const { Datapoints } = await stage.call<{ Datapoints: Record<string, number>[] }>(
        "monitoring",
        "GetMetricStatistics",
        {
          Namespace: "AWS/Firehose",
          MetricName,
          Dimensions: [{ Name: "DeliveryStreamName", Value: "to-archive" }],
          StartTime: START / 1000 - 600,
          EndTime: START / 1000 + 600,
          Period: 3600,
          Statistics: [statistic],
        },
      );
      return Datapoints.reduce((total, point) => total + (point[statistic] ?? 0), 0);
    };
    expect(await sum("IncomingRecords")).to.equal(2);
    expect(await sum("IncomingBytes")).to.equal(8);
    expect(await sum("DeliveryToS3.Success")).to.equal(1);
    expect(await sum("DeliveryToS3.Records")).to.equal(2);
    expect(await sum("DeliveryToS3.DataFreshness", "Maximum")).to.equal(60);
  });

  it("forgets what is on its way when the data is emptied", async () => {
    await stage.stream({ bufferingInterval: 60 });
    await stage.put("x");
    stage.cloud.emptyData();
    await stage.cloud.clock.advance(60_000);
    expect(stage.objects()).to.deep.equal([]);
    expect(stage.cloud.services.firehose.store.pendingBytes()).to.equal(0);
  });
});

describe("local cloud: Firehose requests", () => {
  let stage: FirehoseStage;
  beforeEach(async () => {
    stage = new FirehoseStage();
    await stage.stream();
  });
  afterEach(() => stage.cloud.close());

  const batch = (Records: unknown) =>
    stage.call("firehose", "PutRecordBatch", { DeliveryStreamName: "to-archive", Records });
  const data = (bytes: number) => ({ Data: Buffer.alloc(bytes, "a").toString("base64") });

  it("takes 500 records, 1,000 KiB each, 4 MiB in all, and gives every one its own id", async () => {
    const answer = await stage.put(...Array.from({ length: 500 }, (_, index) => `${index}`));
    expect(answer.FailedPutCount).to.equal(0);
    expect(new Set(answer.RequestResponses.map(({ RecordId }) => RecordId)).size).to.equal(500);
    const largest = data(1000 * 1024);
    await batch([largest, largest, largest, largest, data(96 * 1024)]);
  });

  it("refuses more in AWS's words, and takes nothing of it", async () => {
    const codeOf = async (Records: unknown) => (await refusal(batch(Records))).code;
    expect(await codeOf(Array.from({ length: 501 }, () => data(1)))).to.equal("ValidationException");
    expect(await codeOf([data(1), data(1000 * 1024 + 1)])).to.equal("ValidationException");
    expect(await codeOf([...Array.from({ length: 4 }, () => data(1000 * 1024)), data(96 * 1024 + 1)])).to.equal(
      "InvalidArgumentException",
    );
    expect(await codeOf([])).to.equal("ValidationException");
    expect(await codeOf([data(1), { Data: "not base64!" }])).to.equal("SerializationException");
    expect(await codeOf([{ ...data(1), PartitionKey: "x" }])).to.equal("NotSupportedByLocalCloud");
    expect(stage.counts().pendingRecords).to.equal(0);
  });

  it("answers for a stream that is not there, and for a caller that may not", async () => {
    const missing = stage.call("firehose", "PutRecord", { DeliveryStreamName: "none", Record: data(1) });
    expect(await refusal(missing)).to.include({
      code: "ResourceNotFoundException",
      message: `Firehose none under account ${ACCOUNT} not found.`,
    });
    stage.allow(["firehose:PutRecordBatch"], [`arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/to-archive`]);
    const { principal } = assumeForService(stage.cloud, {
      roleArn: ROLE,
      servicePrincipal: servicePrincipal("firehose.amazonaws.com"),
      sessionName: "test",
    });
    const put = { DeliveryStreamName: "to-archive", Records: [data(1)] };
    await stage.call("firehose", "PutRecordBatch", put, principal);
    const one = { DeliveryStreamName: "to-archive", Record: data(1) };
    expect(await refusal(stage.call("firehose", "PutRecord", one, principal))).to.include({
      code: "AccessDeniedException",
    });
  });

  it("describes and lists", async () => {
    await stage.stream({}, { name: "another" });
    const list = (more = {}) => stage.call("firehose", "ListDeliveryStreams", more);
    expect(await list()).to.deep.equal({
      DeliveryStreamNames: ["another", "to-archive"],
      HasMoreDeliveryStreams: false,
    });
    expect(await list({ Limit: 1 })).to.deep.equal({ DeliveryStreamNames: ["another"], HasMoreDeliveryStreams: true });
    expect(await list({ ExclusiveStartDeliveryStreamName: "another" })).to.include({ HasMoreDeliveryStreams: false });
    const { DeliveryStreamDescription: described } = await stage.call<{
      DeliveryStreamDescription: Record<string, unknown>;
    }>("firehose", "DescribeDeliveryStream", { DeliveryStreamName: "to-archive" });
    expect(described).to.include({
      DeliveryStreamARN: `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/to-archive`,
      DeliveryStreamStatus: "ACTIVE",
      DeliveryStreamType: "DirectPut",
      VersionId: "1",
      CreateTimestamp: START / 1000,
    });
    const [destination] = described["Destinations"] as { ExtendedS3DestinationDescription: Record<string, unknown> }[];
    expect(destination?.ExtendedS3DestinationDescription).to.deep.include({
      BucketARN: "arn:aws:s3:::archive",
      RoleARN: ROLE,
      Prefix: "events/",
      BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 300 },
      CompressionFormat: "UNCOMPRESSED",
    });
  });
});

describe("local cloud: Firehose resources", () => {
  let stage: FirehoseStage;
  beforeEach(() => {
    stage = new FirehoseStage();
  });
  afterEach(() => stage.cloud.close());

  it("has AWS's defaults and what a program reads back", async () => {
    const { id, outputs } = await stage.stream();
    expect(id).to.equal(`arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/to-archive`);
    expect(outputs).to.include({
      arn: id,
      name: "to-archive",
      destinationId: "destinationId-000000000001",
      versionId: "1",
    });
    expect(outputs["extendedS3Configuration"]).to.include({
      bufferingSize: 5,
      bufferingInterval: 300,
      s3BackupMode: "Disabled",
    });
  });

  it("refuses a role that does not let Firehose in, and a name that is taken", async () => {
    await stage.stream();
    expect(await refusal(stage.stream())).to.include({ code: "ResourceInUseException" });
    const other = { roleArn: `arn:aws:iam::${ACCOUNT}:role/none` };
    const error = await refusal(stage.stream(other, { name: "other" }));
    expect([error.code, error.message.includes("unable to assume role")]).to.deep.equal([
      "InvalidArgumentException",
      true,
    ]);
  });

  it("counts its version up with every change, which the names of objects show", async () => {
    const { id, outputs } = await stage.stream();
    const inputs = stage.parse({ prefix: "later/", bufferingInterval: 0 });
    const updated = await stage.type.update(id, inputs, outputs, stage.context);
    expect(updated).to.include({ versionId: "2" });
    await stage.put("x");
    await stage.cloud.clock.advance(0);
    expect(stage.objects()[0]?.key).to.match(/^later\/2026\/01\/31\/23\/to-archive-2-/);
    expect(await stage.type.update(id, inputs, updated, stage.context)).to.include({ versionId: "2" });
  });

  it("is gone when it is deleted", async () => {
    const { id, outputs } = await stage.stream();
    await stage.type.delete(id, outputs, stage.context);
    expect(await stage.type.read(id, outputs, stage.context)).to.equal(undefined);
    expect(await refusal(stage.put("x"))).to.include({ code: "ResourceNotFoundException" });
  });

  it("refuses by name what it does not do", () => {
    const refused = (configuration: Properties, more: Properties = {}) => {
      const answer = stage.type.inputs.safeParse({
        name: "x",
        destination: "extended_s3",
        extendedS3Configuration: { bucketArn: "arn:aws:s3:::archive", roleArn: ROLE, ...configuration },
        ...more,
      });
      return JSON.stringify(answer.error?.issues ?? []);
    };
    expect(refused({})).to.equal("[]");
    expect(refused({ dynamicPartitioningConfiguration: { enabled: true } })).to.contain(
      "dynamicPartitioningConfiguration",
    );
    expect(refused({ processingConfiguration: { enabled: true } })).to.contain("processingConfiguration");
    expect(refused({ dataFormatConversionConfiguration: {} })).to.contain("dataFormatConversionConfiguration");
    expect(refused({ s3BackupMode: "Enabled" })).to.contain("s3BackupMode Disabled only");
    expect(refused({ compressionFormat: "Snappy" })).to.contain("UNCOMPRESSED and GZIP only");
    expect(refused({ kmsKeyArn: "arn:aws:kms:us-east-1:222222222222:key/1" })).to.contain("kmsKeyArn");
    expect(refused({ bufferingSize: 129 })).to.contain("bufferingSize");
    expect(refused({ bufferingInterval: 901 })).to.contain("bufferingInterval");
    expect(refused({ customTimeZone: "Mars/Olympus" })).to.contain("time zone");
    expect(refused({}, { destination: "redshift" })).to.contain("extended_s3 only");
    expect(refused({}, { kinesisSourceConfiguration: {} })).to.contain("kinesisSourceConfiguration");
    const encrypted = (more: Properties) => refused({}, { serverSideEncryption: { enabled: true, ...more } });
    expect(encrypted({ keyType: "CUSTOMER_MANAGED_CMK" })).to.contain("a key's ARN is needed");
    expect(encrypted({ keyArn: "arn:aws:kms:us-east-1:222222222222:key/1" })).to.contain("only with it");
    expect(encrypted({ keyType: "CUSTOMER_MANAGED_CMK", keyArn: "alias/mine" })).to.contain("the ARN of a KMS key");
  });

  it("wants names for the log that it is to write", () => {
    const { error } = deliveryStreamInputs.safeParse({
      ...stage.parse(),
      extendedS3Configuration: {
        bucketArn: "arn:aws:s3:::archive",
        roleArn: ROLE,
        cloudwatchLoggingOptions: { enabled: true },
      },
    });
    expect(error?.issues.map(({ path }) => path.join("."))).to.deep.equal([
      "extendedS3Configuration.cloudwatchLoggingOptions",
    ]);
  });
});
