import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { AlarmSettings } from "../../components/alarms.ts";
import { BundledFunction } from "../../components/bundled-function/bundled-function.ts";
import { DeliveryStream } from "../../components/delivery-stream/delivery-stream.ts";
import { IngestGateway } from "../../components/ingest-gateway/ingest-gateway.ts";
import { PrivateBucket } from "../../components/private-bucket/private-bucket.ts";
import { ReplicationTarget } from "../../components/replication-target/replication-target.ts";
import { Replicator } from "../../components/replicator/replicator.ts";
import { StreamConsumer } from "../../components/stream-consumer/stream-consumer.ts";
import { StreamPipeline } from "../../components/stream-pipeline/stream-pipeline.ts";
import { TableArchive } from "../../components/table-archive/table-archive.ts";
import { componentDeclarations } from "../docs/component-declarations.ts";
import { refusal } from "../support/mocks.ts";

const entry = fileURLToPath(new URL("../fixtures/components/handler.ts", import.meta.url));
const STREAM = "arn:aws:kinesis:us-east-1:111111111111:stream/flow";
const TABLE = "arn:aws:dynamodb:us-east-1:111111111111:table/orders";
const TABLE_STREAM = `${TABLE}/stream/2026-01-01T00:00:00.000`;
const BUCKET = "arn:aws:s3:::failed";
const ROLE = "arn:aws:iam::222222222222:role/w";
const TOPIC = "arn:aws:sns:us-east-1:111111111111:alarms";
const target = { roleArn: ROLE, externalId: "word", region: "us-east-1", tableName: "orders" };
const archive = { parkedRetentionDays: 0 };

const aStream = `allowed is the ARN of a Kinesis stream: write %: "arn:aws:kinesis:us-east-1:111111111111:stream/events"`;
const aTableStream = `allowed is the ARN of the stream of a DynamoDB table, which is the table's streamArn: write %: "arn:aws:dynamodb:us-east-1:111111111111:table/orders/stream/2026-11-30T00:00:00.000"`;
const anAction = `allowed is the ARN of what an alarm can call: an SNS topic, a Lambda function, an OpsItem, a response plan or an investigation group: write %: "arn:aws:sns:us-east-1:111111111111:alarms"`;
const aBucket = `allowed is the ARN of a bucket: write %: "arn:aws:s3:::my-bucket"`;
const aLogGroup = `allowed is the ARN of a log group: write %: "arn:aws:logs:us-east-1:111111111111:log-group:/my-team/events"`;
const aRole = `allowed is the ARN of a role: write %: "arn:aws:iam::222222222222:role/the-writer"`;

interface Argument {
  /** What is allowed, and what to write. */
  readonly allowed: string;
  /** ARNs of other kinds, and what they are said to be. */
  readonly wrong: Readonly<Record<string, string | undefined>>;
  readonly make: (arn: string) => unknown;
}

const notAStream = {
  flow: "no ARN",
  [TABLE]: "the ARN of a DynamoDB table",
  [TABLE_STREAM]: "the ARN of the stream of a DynamoDB table",
  [`${STREAM}/consumer/fast:1700000000`]: "the ARN of a consumer of a Kinesis stream",
  "arn:aws:firehose:us-east-1:111111111111:deliverystream/flow": "the ARN of a delivery stream",
  "arn:aws:kinesis:cn-north-1:111111111111:stream/flow": undefined,
};
const notALogGroup = {
  "/team/logs": "no ARN",
  "arn:aws:logs:us-east-1:111111111111:log-group:/team/logs:log-stream:one": "the ARN of a log stream",
  [STREAM]: "the ARN of a Kinesis stream",
};
const notATableStream = {
  orders: "no ARN",
  [TABLE]: "the ARN of a DynamoDB table",
  [`${TABLE}/index/by-user`]: "the ARN of an index of a DynamoDB table",
  [STREAM]: "the ARN of a Kinesis stream",
};
const notABucket = {
  failed: "no ARN",
  [`${BUCKET}/*`]: "the ARN of objects of a bucket",
  "arn:aws:sqs:us-east-1:111111111111:failed": "the ARN of an SQS queue",
};
const noAction = {
  alarms: "no ARN",
  [`${TOPIC}:1b4e28ba-2fa1-11d2-883f-0016d3cca427`]: "the ARN of a subscription of an SNS topic",
  "arn:aws:sqs:us-east-1:111111111111:alarms": "the ARN of an SQS queue",
  "arn:aws:cloudwatch:us-east-1:111111111111:alarm:late": "the ARN of a CloudWatch alarm",
  "arn:aws:automate:us-east-1:ec2:stop": undefined,
};
const alarmActions = (make: (alarms: AlarmSettings) => unknown): Argument => ({
  allowed: anAction,
  wrong: noAction,
  make: (arn) => make({ actionArns: [TOPIC, arn] }),
});
const consumer = { source: "kinesis", streamArn: STREAM, function: { entry } };
const replicator = { entry, streamArn: STREAM, streamRetentionSeconds: 86_400, target, roleName: "carrier" };

const boundaries = (make: (permissionsBoundaryArn: string) => unknown): Argument => ({
  allowed: `allowed is the ARN of an IAM policy: write %: "arn:aws:iam::111111111111:policy/boundary"`,
  wrong: {
    boundary: "no ARN",
    "arn:aws:iam::222222222222:role/w": "the ARN of an IAM role",
    "arn:aws:iam:us-east-1:222222222222:policy/p": undefined,
  },
  make,
});

const keys = (make: (kmsKeyArn: string) => unknown): Argument => ({
  allowed: `allowed is the ARN of a KMS key: write %: "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"`,
  wrong: {
    "1234abcd-12ab-34cd-56ef-1234567890ab": "no ARN",
    "alias/aws/kinesis": "no ARN",
    "arn:aws:kms:us-east-1:111111111111:alias/mine": "the ARN of the alias of a KMS key",
    "arn:aws:kms::111111111111:key/one": undefined,
  },
  make,
});

/** By component and name of the argument. */
const argumentsOf: Readonly<Record<string, Argument>> = {
  "PrivateBucket existing": {
    allowed: aBucket,
    wrong: notABucket,
    make: (existing) => new PrivateBucket("it", { existing }),
  },
  "Replicator parked.existing": {
    allowed: aBucket,
    wrong: notABucket,
    make: (existing) => new Replicator("it", { ...replicator, parked: { existing } }),
  },
  "TableArchive failedBatches.existing": {
    allowed: aBucket,
    wrong: notABucket,
    make: (existing) => new TableArchive("it", { entry, tableStreamArn: TABLE_STREAM, failedBatches: { existing } }),
  },
  "StreamPipeline existing": {
    allowed: aStream,
    wrong: notAStream,
    make: (existing) => new StreamPipeline("it", { existing }),
  },
  "BundledFunction logs.existing": {
    allowed: aLogGroup,
    wrong: notALogGroup,
    make: (existing) => new BundledFunction("it", { entry, logs: { existing } }),
  },
  "IngestGateway accessLog.existing": {
    allowed: aLogGroup,
    wrong: notALogGroup,
    make: (existing) => new IngestGateway("it", { stream: { name: "flow", arn: STREAM }, accessLog: { existing } }),
  },
  "PrivateBucket kmsKeyArn": keys((kmsKeyArn) => new PrivateBucket("it", { kmsKeyArn })),
  "Replicator parked.kmsKeyArn": keys((kmsKeyArn) => new Replicator("it", { ...replicator, parked: { kmsKeyArn } })),
  "TableArchive bucket.kmsKeyArn": keys(
    (kmsKeyArn) => new TableArchive("it", { entry, tableStreamArn: TABLE_STREAM, bucket: { kmsKeyArn } }),
  ),
  "TableArchive failedBatches.kmsKeyArn": keys(
    (kmsKeyArn) => new TableArchive("it", { entry, tableStreamArn: TABLE_STREAM, failedBatches: { kmsKeyArn } }),
  ),
  "TableArchive delivery.kmsKeyArn": keys(
    (kmsKeyArn) => new TableArchive("it", { entry, tableStreamArn: TABLE_STREAM, delivery: { kmsKeyArn } }),
  ),
  "StreamConsumer onFailure.kmsKeyArn": keys(
    (kmsKeyArn) => new StreamConsumer("it", { ...consumer, onFailure: { bucketArn: BUCKET, kmsKeyArn } }),
  ),
  "BundledFunction logs.kmsKeyArn": keys((kmsKeyArn) => new BundledFunction("it", { entry, logs: { kmsKeyArn } })),
  "IngestGateway accessLog.kmsKeyArn": keys(
    (kmsKeyArn) => new IngestGateway("it", { stream: { name: "flow", arn: STREAM }, accessLog: { kmsKeyArn } }),
  ),
  "DeliveryStream kmsKeyArn": keys((kmsKeyArn) => new DeliveryStream("it", { bucketArn: BUCKET, kmsKeyArn })),
  "DeliveryStream bucketKmsKeyArn": keys(
    (bucketKmsKeyArn) => new DeliveryStream("it", { bucketArn: BUCKET, bucketKmsKeyArn }),
  ),
  "DeliveryStream bucketArn": {
    allowed: aBucket,
    wrong: notABucket,
    make: (bucketArn) => new DeliveryStream("it", { bucketArn }),
  },
  "DeliveryStream permissionsBoundaryArn": boundaries(
    (permissionsBoundaryArn) => new DeliveryStream("it", { bucketArn: BUCKET, permissionsBoundaryArn }),
  ),
  "DeliveryStream alarms.actionArns[1]": alarmActions(
    (alarms) => new DeliveryStream("it", { bucketArn: BUCKET, alarms }),
  ),
  "Replicator permissionsBoundaryArn": boundaries(
    (permissionsBoundaryArn) => new Replicator("it", { ...replicator, permissionsBoundaryArn }),
  ),
  "TableArchive permissionsBoundaryArn": boundaries(
    (permissionsBoundaryArn) => new TableArchive("it", { entry, tableStreamArn: TABLE_STREAM, permissionsBoundaryArn }),
  ),
  "IngestGateway stream.arn": {
    allowed: aStream,
    wrong: notAStream,
    make: (arn) => new IngestGateway("it", { stream: { name: "flow", arn } }),
  },
  "IngestGateway permissionsBoundaryArn": boundaries(
    (permissionsBoundaryArn) =>
      new IngestGateway("it", { stream: { name: "flow", arn: STREAM }, permissionsBoundaryArn }),
  ),
  "IngestGateway stream.kmsKeyArn": keys(
    (kmsKeyArn) => new IngestGateway("it", { stream: { name: "flow", arn: STREAM, kmsKeyArn } }),
  ),
  "StreamPipeline kmsKeyArn": keys((kmsKeyArn) => new StreamPipeline("it", { kmsKeyArn })),
  "StreamConsumer streamKmsKeyArn": keys(
    (streamKmsKeyArn) => new StreamConsumer("it", { ...consumer, streamKmsKeyArn }),
  ),
  "Replicator streamKmsKeyArn": keys((streamKmsKeyArn) => new Replicator("it", { ...replicator, streamKmsKeyArn })),
  "TableArchive tableKmsKeyArn": keys(
    (tableKmsKeyArn) => new TableArchive("it", { ...archive, entry, tableStreamArn: TABLE_STREAM, tableKmsKeyArn }),
  ),
  "ReplicationTarget kmsKeyArn": keys(
    (kmsKeyArn) =>
      new ReplicationTarget("it", {
        trustedRole: { accountId: "111111111111", name: "carrier" },
        externalId: "word",
        kmsKeyArn,
      }),
  ),
  "BundledFunction permissionsBoundaryArn": boundaries(
    (permissionsBoundaryArn) => new BundledFunction("it", { entry, permissionsBoundaryArn }),
  ),
  "ReplicationTarget permissionsBoundaryArn": boundaries(
    (permissionsBoundaryArn) =>
      new ReplicationTarget("it", {
        trustedRole: { accountId: "111111111111", name: "carrier" },
        externalId: "word",
        permissionsBoundaryArn,
      }),
  ),
  "StreamPipeline alarms.actionArns[1]": alarmActions((alarms) => new StreamPipeline("it", { alarms })),
  "StreamConsumer streamArn": {
    allowed: aStream,
    wrong: notAStream,
    make: (streamArn) => new StreamConsumer("it", { ...consumer, streamArn }),
  },
  "StreamConsumer streamArn of a table": {
    allowed: aTableStream,
    wrong: notATableStream,
    make: (streamArn) => new StreamConsumer("it", { ...consumer, source: "dynamodb", streamArn }),
  },
  "StreamConsumer onFailure.bucketArn": {
    allowed: aBucket,
    wrong: notABucket,
    make: (bucketArn) => new StreamConsumer("it", { ...consumer, onFailure: { bucketArn } }),
  },
  "StreamConsumer alarms.actionArns[1]": alarmActions((alarms) => new StreamConsumer("it", { ...consumer, alarms })),
  "Replicator streamArn": {
    allowed: aStream,
    wrong: notAStream,
    make: (streamArn) => new Replicator("it", { ...replicator, streamArn }),
  },
  "Replicator target.roleArn": {
    allowed: aRole,
    wrong: {
      w: "no ARN",
      "arn:aws:iam::222222222222:user/w": "the ARN of an IAM user",
      "arn:aws:iam::222222222222:root": "the ARN of an account",
      "arn:aws:sts::222222222222:assumed-role/w/me": "the ARN of a role's session",
      "arn:aws:iam:us-east-1:222222222222:role/w": undefined,
    },
    make: (roleArn) => new Replicator("it", { ...replicator, target: { ...target, roleArn } }),
  },
  "Replicator alarms.actionArns[1]": alarmActions((alarms) => new Replicator("it", { ...replicator, alarms })),
  "TableArchive tableStreamArn": {
    allowed: aTableStream,
    wrong: notATableStream,
    make: (tableStreamArn) => new TableArchive("it", { ...archive, entry, tableStreamArn }),
  },
  "TableArchive alarms.actionArns[1]": alarmActions(
    (alarms) => new TableArchive("it", { ...archive, entry, tableStreamArn: TABLE_STREAM, alarms }),
  ),
};

describe("arguments that are ARNs", () => {
  for (const [title, { allowed, wrong, make }] of Object.entries(argumentsOf))
    it(`${title}: another service, or another kind of resource, is refused by what it is`, async () => {
      const argument = title.split(" ")[1] ?? "";
      for (const [arn, what] of Object.entries(wrong)) {
        const { lines, resources } = await refusal(() => make(arn));
        const given = what === undefined ? `"${arn}"` : `"${arn}" (${what})`;
        expect(lines).to.deep.equal([
          '"it" has args that cannot work:',
          `- ${argument} is ${given}; ${allowed.replace("%", argument)}`,
        ]);
        expect(resources).to.deep.equal([]);
      }
    });

  it("are all of those that components have", () => {
    const declared = [...componentDeclarations().values()].flatMap(({ name, args, inherits }) =>
      [...args].flatMap(([owner, fields]) => [
        ...fields.filter((field) => /arns?$/i.test(field.name)).map((field) => `${name} ${field.name}`),
        ...((inherits.get(owner) ?? []).includes("AlarmSettings") ? [`${name} alarmActionArns`] : []),
      ]),
    );
    const checked = new Set(
      Object.keys(argumentsOf).map((title) => {
        const [component = "", path = ""] = title.split(" ");
        return `${component} ${path.split(".").at(-1)}`;
      }),
    );
    expect(declared.length).to.be.greaterThan(5);
    expect(declared.filter((each) => !checked.has(each))).to.deep.equal([]);
  });
});
