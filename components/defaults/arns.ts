import { type ArnShape, arnPattern } from "../../aws/arn.ts";
import type { TextRule } from "./text-rules.ts";

const BUCKET_NAME = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";
const GLOBAL = { hasRegion: false } as const;

/** Kinds of resources that ARN arguments take, and kinds that are often given by mistake. */
const shapes = {
  "a Kinesis stream": { service: "kinesis", resource: String.raw`stream/[\w.-]{1,128}` },
  "a consumer of a Kinesis stream": { service: "kinesis", resource: String.raw`stream/[\w.-]{1,128}/consumer/.+` },
  "a DynamoDB table": { service: "dynamodb", resource: String.raw`table/[\w.-]{3,255}` },
  "the stream of a DynamoDB table": { service: "dynamodb", resource: String.raw`table/[\w.-]{3,255}/stream/.+` },
  "an index of a DynamoDB table": { service: "dynamodb", resource: String.raw`table/[\w.-]{3,255}/index/.+` },
  "a bucket": { service: "s3", resource: BUCKET_NAME, hasRegion: false, hasAccount: false },
  "objects of a bucket": { service: "s3", resource: `${BUCKET_NAME}/.*`, hasRegion: false, hasAccount: false },
  "an IAM role": { service: "iam", resource: String.raw`role/[\w+=,.@/-]+`, ...GLOBAL },
  "an IAM user": { service: "iam", resource: "user/.+", ...GLOBAL },
  "an IAM policy": {
    service: "iam",
    resource: String.raw`policy/[\w+=,.@/-]+`,
    account: String.raw`(?:\d{12}|aws)`,
    ...GLOBAL,
  },
  "an account": { service: "iam", resource: "root", ...GLOBAL },
  "a role's session": { service: "sts", resource: "assumed-role/.+", ...GLOBAL },
  "an SNS topic": { service: "sns", resource: String.raw`[\w-]{1,256}(?:\.fifo)?` },
  "a subscription of an SNS topic": { service: "sns", resource: String.raw`[\w-]{1,256}(?:\.fifo)?:.+` },
  "an SQS queue": { service: "sqs", resource: String.raw`[\w-]{1,80}(?:\.fifo)?` },
  "a Lambda function": { service: "lambda", resource: String.raw`function:[\w-]+(?::[\w$-]+)?` },
  "a delivery stream": { service: "firehose", resource: "deliverystream/.+" },
  "a log group": { service: "logs", resource: String.raw`log-group:[\w./#-]{1,512}(?::\*)?` },
  "a log stream": { service: "logs", resource: "log-group:.+:log-stream:.+" },
  "a CloudWatch alarm": { service: "cloudwatch", resource: "alarm:.+" },
  "a KMS key": { service: "kms", resource: "key/.+" },
  "the alias of a KMS key": { service: "kms", resource: "alias/.+" },
  "an OpsItem of Systems Manager": { service: "ssm", resource: "opsitem:[1-4](?:#CATEGORY=.+)?" },
  "a response plan of Incident Manager": { service: "ssm-incidents", resource: "response-plan/.+", ...GLOBAL },
  "an investigation group": { service: "aiops", resource: "investigation-group/.+" },
} as const satisfies Record<string, ArnShape>;

type Kind = keyof typeof shapes;

const patterns = Object.entries<ArnShape>(shapes).map(([kind, shape]) => [kind, arnPattern(shape)] as const);

function whatItIs(text: string): string | undefined {
  if (!text.startsWith("arn:")) return "no ARN";
  const kind = patterns.find(([, pattern]) => pattern.test(text))?.[0];
  return kind === undefined ? undefined : `the ARN of ${kind}`;
}

function arnOf(kinds: readonly Kind[], allowed: string, example: string): TextRule {
  return { pattern: arnPattern(...kinds.map((kind) => shapes[kind])), allowed, example, mistaken: whatItIs };
}

/** Rules for ARN arguments of components and for keys of the configuration: one service and kind of resource each. */
export const arnRules = {
  kinesisStream: arnOf(
    ["a Kinesis stream"],
    "the ARN of a Kinesis stream",
    "arn:aws:kinesis:us-east-1:111111111111:stream/events",
  ),
  tableStream: arnOf(
    ["the stream of a DynamoDB table"],
    "the ARN of the stream of a DynamoDB table, which is the table's streamArn",
    "arn:aws:dynamodb:us-east-1:111111111111:table/orders/stream/2026-11-30T00:00:00.000",
  ),
  bucket: arnOf(["a bucket"], "the ARN of a bucket", "arn:aws:s3:::my-bucket"),
  logGroup: arnOf(
    ["a log group"],
    "the ARN of a log group",
    "arn:aws:logs:us-east-1:111111111111:log-group:/my-team/events",
  ),
  role: arnOf(["an IAM role"], "the ARN of a role", "arn:aws:iam::222222222222:role/the-writer"),
  policy: arnOf(["an IAM policy"], "the ARN of an IAM policy", "arn:aws:iam::111111111111:policy/boundary"),
  /** No alias: IAM policies name keys. */
  kmsKey: arnOf(
    ["a KMS key"],
    "the ARN of a KMS key",
    "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  ),
  /** CloudWatch takes EC2's actions too, for alarms of instances; ours are none. */
  alarmAction: arnOf(
    [
      "an SNS topic",
      "a Lambda function",
      "an OpsItem of Systems Manager",
      "a response plan of Incident Manager",
      "an investigation group",
    ],
    "the ARN of what an alarm can call: an SNS topic, a Lambda function, " +
      "an OpsItem, a response plan or an investigation group",
    "arn:aws:sns:us-east-1:111111111111:alarms",
  ),
} as const satisfies Record<string, TextRule>;
