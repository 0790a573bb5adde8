import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { BundledFunction } from "../../components/bundled-function/bundled-function.ts";
import { DeliveryStream } from "../../components/delivery-stream/delivery-stream.ts";
import { IngestGateway } from "../../components/ingest-gateway/ingest-gateway.ts";
import { PrivateBucket } from "../../components/private-bucket/private-bucket.ts";
import type { ReplicatorArgs } from "../../components/replicator/args.ts";
import { Replicator } from "../../components/replicator/replicator.ts";
import { StreamPipeline } from "../../components/stream-pipeline/stream-pipeline.ts";
import { TableArchive } from "../../components/table-archive/table-archive.ts";
import { record, refusal, resolved, statementsOf } from "../support/mocks.ts";

const entry = fileURLToPath(new URL("../fixtures/components/handler.ts", import.meta.url));
const BUCKET = "arn:aws:s3:::theirs";
const STREAM = "arn:aws:kinesis:us-east-1:111111111111:stream/theirs";
const LOG_GROUP = "arn:aws:logs:us-east-1:111111111111:log-group:/team/theirs";
const TABLE_STREAM = "arn:aws:dynamodb:us-east-1:111111111111:table/sink/stream/2026-01-01T00:00:00.000";
const replicator: ReplicatorArgs = {
  entry,
  streamArn: STREAM,
  streamRetentionSeconds: 86_400,
  target: { roleArn: "arn:aws:iam::222222222222:role/w", externalId: "word", region: "us-east-1", tableName: "t" },
  roleName: "carrier",
};

/** What a body is refused with, without the first line. */
const refused = async (body: () => unknown) => (await refusal(body)).lines.slice(1);
const s3 = /^aws:s3\//;

describe("an existing bucket", () => {
  it("is used, and nothing is made for it", async () => {
    const run = await record(() => new PrivateBucket("box", { existing: pulumi.output(BUCKET) }));
    expect(run.resources).to.deep.equal([]);
    expect(run.result.nodes).to.deep.equal({});
    expect(await resolved(run.result.bucketName)).to.equal("theirs");
    expect(await resolved(run.result.bucketArn)).to.equal(BUCKET);
  });

  it("holds a replicator's parked records", async () => {
    const run = await record(() => new Replicator("carry", { ...replicator, parked: { existing: BUCKET } }));
    expect(run.resources.filter(({ type }) => s3.test(type))).to.deep.equal([]);
    const statements = statementsOf(run.named("carry-consumer-function-policy").inputs["policy"]);
    expect(statements.find(({ Sid }) => Sid === "ParkRecords")?.["Resource"]).to.deep.equal([`${BUCKET}/parked/*`]);
    expect(run.named("carry-consumer-function").inputs).to.have.nested.property(
      "environment.variables.PARKED_BUCKET",
      "theirs",
    );
    expect(run.named("carry-consumer-mapping").inputs["destinationConfig"]).to.deep.equal({
      onFailure: { destinationArn: BUCKET },
    });
  });

  it("is an archive, while failed batches have a bucket that is made", async () => {
    const run = await record(
      () =>
        new TableArchive("keep", {
          tableStreamArn: TABLE_STREAM,
          bucket: { existing: BUCKET },
          failedBatches: { versioning: false },
        }),
    );
    expect(run.of("aws:s3/bucket:Bucket").map(({ name }) => name)).to.deep.equal(["keep-failed-batches"]);
    expect(run.named("keep-delivery").inputs).to.have.nested.property("extendedS3Configuration.bucketArn", BUCKET);
  });

  it("is not given what would not be done to it", async () => {
    expect(
      await refused(() => new PrivateBucket("box", { existing: BUCKET, versioning: true, retentionDays: 9 })),
    ).to.deep.equal([
      "- versioning is given with existing, whose versioning stays as it is: leave one of them out",
      "- retentionDays is 9, and existing is given; nothing sets an expiry on a bucket that exists already: leave retentionDays out, or existing",
    ]);
    const retentionByPrefix = [{ prefix: "a/", days: 1 }];
    expect(await refused(() => new PrivateBucket("box", { existing: BUCKET, retentionByPrefix }))).to.have.length(1);
    expect(
      await refused(
        () => new Replicator("carry", { ...replicator, parked: { existing: BUCKET }, parkedRetentionDays: 9 }),
      ),
    ).to.deep.equal([
      "- parkedRetentionDays is 9, and parked.existing is given; nothing sets an expiry on a bucket that exists already: leave parkedRetentionDays out, or parked.existing",
    ]);
    expect(
      await refused(
        () =>
          new TableArchive("keep", {
            tableStreamArn: TABLE_STREAM,
            bucket: { existing: BUCKET },
            failedBatches: { existing: BUCKET, versioning: false },
            retentionDays: 1,
            parkedRetentionDays: 2,
          }),
      ),
    ).to.have.length(4);
  });
});

describe("an existing stream", () => {
  it("is watched and read as one that is made, and nothing of it is changed", async () => {
    const run = await record(() => {
      const pipeline = new StreamPipeline("flow", { existing: STREAM });
      pipeline.consume("eater", { function: { entry }, onFailure: { bucketArn: BUCKET } });
      return pipeline;
    });
    expect(run.of("aws:kinesis/stream:Stream")).to.deep.equal([]);
    expect(run.result.nodes.stream).to.equal(undefined);
    expect(await resolved(run.result.streamName)).to.equal("theirs");
    expect(await resolved(run.result.streamArn)).to.equal(STREAM);
    expect(run.named("flow-write-throttles").inputs["dimensions"]).to.deep.equal({ StreamName: "theirs" });
    // A day is the least that a stream keeps: half of it, and 80 % of it.
    expect(run.named("flow-iterator-age").inputs["threshold"]).to.equal(43_200_000);
    expect(run.named("flow-eater-mapping").inputs).to.include({
      eventSourceArn: STREAM,
      maximumRecordAgeInSeconds: 69_120,
    });
  });

  it("is taken at its owner's word about retention and key", async () => {
    const kmsKeyArn = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const run = await record(() =>
      new StreamPipeline("flow", { existing: STREAM, retentionHours: 48, kmsKeyArn }).consume("eater", {
        function: { entry },
      }),
    );
    expect(run.named("flow-iterator-age").inputs["threshold"]).to.equal(86_400_000);
    const sids = statementsOf(run.named("flow-eater-function-policy").inputs["policy"]).map(({ Sid }) => Sid);
    expect(sids).to.include("DecryptStream");
  });

  it("is not given what would not be done to it", async () => {
    const args = { existing: STREAM, streamMode: "PROVISIONED", shardCount: 2, maxRecordSizeKiB: 2048 };
    expect(await refused(() => new StreamPipeline("flow", args))).to.deep.equal(
      ["streamMode", "shardCount", "maxRecordSizeKiB"].map(
        (arg) =>
          `- ${arg} is given with existing, and nothing of a stream that exists already is changed: leave one of them out`,
      ),
    );
  });
});

describe("an existing log group", () => {
  it("takes a function's log events, and the function may write to it alone", async () => {
    const run = await record(() => new BundledFunction("job", { entry, logs: { existing: `${LOG_GROUP}:*` } }));
    expect(run.of("aws:cloudwatch/logGroup:LogGroup")).to.deep.equal([]);
    expect(run.named("job").inputs["loggingConfig"]).to.deep.equal({ logFormat: "Text", logGroup: "/team/theirs" });
    expect(statementsOf(run.named("job-policy").inputs["policy"])[0]?.["Resource"]).to.deep.equal([`${LOG_GROUP}:*`]);
    expect(await resolved(run.result.logGroupName)).to.equal("/team/theirs");
  });

  it("takes delivery errors in a log stream that is made", async () => {
    const run = await record(() => new DeliveryStream("out", { bucketArn: BUCKET, logs: { existing: LOG_GROUP } }));
    expect(run.of("aws:cloudwatch/logGroup:LogGroup")).to.deep.equal([]);
    expect(run.named("out-log").inputs).to.deep.equal({ logGroupName: "/team/theirs" });
  });

  it("takes a gateway's access log", async () => {
    const stream = { name: "theirs", arn: STREAM };
    const run = await record(() => new IngestGateway("gate", { stream, accessLog: { existing: LOG_GROUP } }));
    expect(run.of("aws:cloudwatch/logGroup:LogGroup")).to.deep.equal([]);
    expect(run.named("gate-stage").inputs).to.have.nested.property("accessLogSettings.destinationArn", LOG_GROUP);
  });

  it("is not given another retention", async () => {
    const logs = { existing: LOG_GROUP, retentionDays: 7 };
    expect(await refused(() => new BundledFunction("job", { entry, logs }))).to.deep.equal([
      "- logs.retentionDays is given with logs.existing, whose retention stays as it is: leave one of them out",
    ]);
    expect(await refused(() => new Replicator("carry", { ...replicator, function: { logs } }))).to.deep.equal([
      "- function.logs.retentionDays is given with function.logs.existing, whose retention stays as it is: leave one of them out",
    ]);
  });
});
