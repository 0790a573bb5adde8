import { expect } from "chai";
import { DeliveryStream } from "../../components/delivery-stream/delivery-stream.ts";
import { TableArchive } from "../../components/table-archive/table-archive.ts";
import { record, refusal, resolved, statementsOf } from "../support/mocks.ts";

const BUCKET = "arn:aws:s3:::kept";
const TABLE_STREAM = "arn:aws:dynamodb:us-east-1:111111111111:table/sink/stream/2026-01-01T00:00:00.000";

describe("DeliveryStream", () => {
  it("delivers into a bucket that is given, by a role that may write below its two prefixes only", async () => {
    const run = await record(() => new DeliveryStream("out", { bucketArn: BUCKET }));
    expect(run.resources.map(({ name }) => name)).to.have.members([
      "out-logs",
      "out-log",
      "out-role",
      "out-policy",
      "out",
      "out-late",
    ]);
    expect(run.named("out").inputs["extendedS3Configuration"]).to.deep.include({
      bucketArn: BUCKET,
      prefix: "events/",
      errorOutputPrefix: "failed/!{firehose:error-output-type}/",
    });
    const writes = statementsOf(run.named("out-policy").inputs["policy"]).filter(({ Action }) =>
      String(Action).includes("s3:PutObject"),
    );
    expect(writes.map(({ Resource }) => Resource)).to.deep.equal([[`${BUCKET}/events/*`], [`${BUCKET}/failed/*`]]);
    expect(await resolved(run.result.deliveryStreamName)).to.equal("out-1a2b3c4");
    expect(await resolved(run.result.deliveryStreamArn)).to.equal(
      "arn:aws:firehose:us-east-1:111111111111:deliverystream/out-1a2b3c4",
    );
  });

  it("bounds its role, keeps its logs for some days, and takes them along, when told so", async () => {
    const permissionsBoundaryArn = "arn:aws:iam::111111111111:policy/boundary";
    const run = await record(
      () =>
        new DeliveryStream("out", {
          bucketArn: BUCKET,
          permissionsBoundaryArn,
          logs: { retentionDays: 7 },
          alarms: { enabled: false },
          removalPolicy: "destroy",
        }),
    );
    expect(run.named("out-role").inputs["permissionsBoundary"]).to.equal(permissionsBoundaryArn);
    expect(run.named("out-logs").inputs).to.deep.equal({ retentionInDays: 7 });
    expect(["out-logs", "out-log"].map((name) => run.named(name).retainOnDelete)).to.deep.equal([false, false]);
    expect(run.of("aws:cloudwatch/metricAlarm:MetricAlarm")).to.have.length(0);
  });

  it("of an archive recognises the children that were the archive's own in an earlier version", async () => {
    const run = await record(() => new TableArchive("keep", { tableStreamArn: TABLE_STREAM }));
    const children = run.resources.filter(({ parent }) => parent === "keep-delivery");
    expect(children.map(({ name, formerParents }) => [name, ...formerParents])).to.have.deep.members(
      ["-logs", "-log", "-role", "-policy", "", "-late"].map((suffix) => [`keep-delivery${suffix}`, "keep"]),
    );
    const alone = await record(() => new DeliveryStream("out", { bucketArn: BUCKET }));
    expect(alone.resources.flatMap(({ formerParents }) => formerParents)).to.deep.equal([]);
  });

  it("refuses all bad args at once, before anything is made", async () => {
    const { lines, resources } = await refusal(
      () =>
        new DeliveryStream("out", {
          bucketArn: "kept",
          bufferMiB: 0,
          prefix: "e/!{timestamp:YYYY}/",
          logs: { retentionDays: 2 },
          removalPolicy: "keep",
        }),
    );
    expect(lines.map((line) => line.split(";")[0])).to.deep.equal([
      '"out" has args that cannot work:',
      '- bucketArn is "kept" (no ARN)',
      "- bufferMiB is 0",
      '- prefix is "e/!{timestamp:YYYY}/": Y in !{timestamp:YYYY} is the year that the week belongs to, another one around the first of January',
      "- logs.retentionDays is 2",
      '- removalPolicy is "keep"',
    ]);
    expect(resources).to.deep.equal([]);
  });
});
