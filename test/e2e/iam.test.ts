import { expect } from "chai";
import { parseFaults } from "../../local/faults/spec.ts";
import { proofEvents } from "../../local/prove/events.ts";
import { prove } from "../../local/prove/prove.ts";
import { AskedPermissions, nameOf, type Permission, permissionsOf } from "../support/iam-permissions.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

/** An event of 60 KB that the archiver turns into a line of over 1,000 KiB: DynamoDB writes its numbers out. */
const growing = `{"numbers":[${Array.from({ length: 9_000 }, () => "1E125").join(",")}]}`;

/** Faults whose way out takes a role further than the ordinary way. */
const FAULTS = [
  "s3:PutObject@poc refuse #1",
  "kinesis:PutRecords partial 5%",
  "dynamodb:BatchWriteItem expire 5%",
  "dynamodb:BatchWriteItem partial 10%",
  "firehose:PutRecordBatch partial 20%",
  "lambda:Invoke crash-after 5%",
].join("\n");

/** Held, and used neither by the runs nor by the deployment: the reason, and where it comes from. */
const neededOnAws: Readonly<Record<string, readonly string[]>> = {
  "API Gateway refuses the account's CloudWatch role without what AmazonAPIGatewayPushToCloudWatchLogs allows": [
    "tributary-gateway-account-role: WriteAccessLogs logs:CreateLogGroup",
    "tributary-gateway-account-role: WriteAccessLogs logs:DescribeLogGroups",
    "tributary-gateway-account-role: WriteAccessLogs logs:DescribeLogStreams",
    "tributary-gateway-account-role: WriteAccessLogs logs:GetLogEvents",
    "tributary-gateway-account-role: WriteAccessLogs logs:FilterLogEvents",
  ],
  "Firehose's guide asks for them: it looks for the bucket, and uploads large objects in parts, which it lists, reads and aborts":
    [
      "tributary-archive-delivery-role: FindArchive s3:GetBucketLocation",
      "tributary-archive-delivery-role: FindArchive s3:ListBucket",
      "tributary-archive-delivery-role: FindArchive s3:ListBucketMultipartUploads",
      "tributary-archive-delivery-role: WriteArchive s3:AbortMultipartUpload",
      "tributary-archive-delivery-role: WriteArchive s3:GetObject",
    ],
  "Firehose puts what it cannot deliver below the error prefix, and nothing of the runs is of that kind": [
    "tributary-archive-delivery-role: WriteUndeliverable s3:AbortMultipartUpload",
    "tributary-archive-delivery-role: WriteUndeliverable s3:GetObject",
    "tributary-archive-delivery-role: WriteUndeliverable s3:PutObject",
  ],
};

/** Held and used only when Lambda checks the role for a mapping, or much later: by batches that failed for days. */
const usedWhenMade: readonly string[] = [
  "tributary-replicator: ReadStream kinesis:DescribeStream",
  "tributary-replicator: ReadStream kinesis:DescribeStreamSummary",
  "tributary-replicator: ListStreams kinesis:ListStreams",
  "tributary-replicator: PutFailedBatches s3:PutObject",
  "tributary-replicator: FindFailureBucket s3:ListBucket",
  "tributary-archive-consumer-function-role: ListStreams dynamodb:ListStreams",
  "tributary-archive-consumer-function-role: PutFailedBatches s3:PutObject",
  "tributary-archive-consumer-function-role: FindFailureBucket s3:ListBucket",
];

/** Used at the first request to the gateway ever, which another test may have made: the log stream that it then keeps. */
const CREATE_LOG_STREAM = "tributary-gateway-account-role: WriteAccessLogs logs:CreateLogStream";

describe("what the roles of both accounts may do", () => {
  let system: TestSystem;
  let held: readonly Permission[];
  const inRuns = new AskedPermissions();
  const whenMade = new AskedPermissions();

  before(async () => {
    system = await startSystem();
    for (const record of system.deploymentTrace) whenMade.add(record);
    held = [system.source, system.target].flatMap(({ accountId }) => permissionsOf(system.cloud, accountId));
    await system.cloud.emptyAtRest();
    const endTrace = system.cloud.trace.listen((record) => inRuns.add(record));
    await system.send([growing]);
    await system.settle();
    const faults = parseFaults(FAULTS, system.cloud.faultable);
    const proof = await prove(system, { seed: 5, lines: proofEvents(100, 5), faults });
    endTrace();
    expect(proof.open).to.deep.equal([]);
  });

  const notUsedBy = (...asked: readonly AskedPermissions[]) =>
    held
      .filter((permission) => !asked.some((each) => each.usedOf(held).has(permission)))
      .map(nameOf)
      .filter((name) => name !== CREATE_LOG_STREAM);

  it("is used by normal and faulty runs, except checks at the mapping's creation and permissions needed on AWS only", () => {
    expect(notUsedBy(inRuns)).to.have.members([...usedWhenMade, ...Object.values(neededOnAws).flat()]);
    expect(notUsedBy(inRuns, whenMade)).to.have.members(Object.values(neededOnAws).flat());
  });

  it("is what made the log stream of the gateway", async () => {
    const ask = <T>(operation: string, params: object) =>
      system.call<T>(system.source.administrator, "logs", operation, params);
    const { logGroups } = await ask<{ logGroups: { logGroupName: string }[] }>("DescribeLogGroups", {});
    const group = logGroups.find(({ logGroupName }) => logGroupName.includes("access-log"));
    const { logStreams } = await ask<{ logStreams: unknown[] }>("DescribeLogStreams", {
      logGroupName: group?.logGroupName,
    });
    expect(logStreams).to.have.length.above(0);
    expect(held.map(nameOf)).to.include(CREATE_LOG_STREAM);
  });

  it("covers all their calls: none was refused, or allowed by another policy", () => {
    for (const asked of [inRuns, whenMade]) {
      expect(asked.refused).to.deep.equal([]);
      expect(asked.beyond(held)).to.deep.equal([]);
    }
  });

  it("names no permission twice in one role", () => {
    const names = held.map(({ roleArn, action, resource }) => `${roleArn} ${action} ${resource}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).to.deep.equal([]);
  });
});
