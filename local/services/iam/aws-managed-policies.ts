import { partitions } from "../../../aws/partitions.ts";
import { administratorAccess } from "../../accounts/evaluate.ts";
import { NotSupportedError } from "../../kernel/errors.ts";
import type { PolicyDocument } from "../../kernel/policy.ts";

/** A managed policy of AWS, as its reference page shows it. */
export interface AwsManagedPolicy {
  /** Its default version, such as `v3`. */
  readonly version: string;
  /** Its page in the AWS Managed Policy Reference. */
  readonly page: string;
  readonly document: PolicyDocument;
}

const pageOf = (name: string) => `https://docs.aws.amazon.com/aws-managed-policy/latest/reference/${name}.html`;

const allow = (resource: string | readonly string[], actions: readonly string[], sid?: string): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [{ ...(sid === undefined ? {} : { Sid: sid }), Effect: "Allow", Action: actions, Resource: resource }],
});

const writeLogs = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];

/**
 * The managed policies of AWS that the local cloud has: ARN after `policy/`, default version, document. Source: their
 * pages, read in November 2026.
 */
const known: readonly (readonly [path: string, version: string, document: PolicyDocument])[] = [
  ["AdministratorAccess", "v1", administratorAccess],
  ["service-role/AWSLambdaBasicExecutionRole", "v1", allow("*", writeLogs)],
  [
    "service-role/AWSLambdaKinesisExecutionRole",
    "v2",
    allow("*", [
      "kinesis:DescribeStream",
      "kinesis:DescribeStreamSummary",
      "kinesis:GetRecords",
      "kinesis:GetShardIterator",
      "kinesis:ListShards",
      "kinesis:ListStreams",
      "kinesis:SubscribeToShard",
      ...writeLogs,
    ]),
  ],
  [
    "service-role/AWSLambdaDynamoDBExecutionRole",
    "v1",
    allow("*", [
      "dynamodb:DescribeStream",
      "dynamodb:GetRecords",
      "dynamodb:GetShardIterator",
      "dynamodb:ListStreams",
      ...writeLogs,
    ]),
  ],
  [
    "service-role/AWSLambdaVPCAccessExecutionRole",
    "v3",
    allow(
      "*",
      [
        ...writeLogs,
        "ec2:CreateNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:DeleteNetworkInterface",
        "ec2:AssignPrivateIpAddresses",
        "ec2:UnassignPrivateIpAddresses",
      ],
      "AWSLambdaVPCAccessExecutionPermissions",
    ),
  ],
  [
    "service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    "v1",
    allow("*", [
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:DescribeLogGroups",
      "logs:DescribeLogStreams",
      "logs:PutLogEvents",
      "logs:GetLogEvents",
      "logs:FilterLogEvents",
    ]),
  ],
  [
    "AWSXRayDaemonWriteAccess",
    "v2",
    allow(
      ["*"],
      [
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
        "xray:GetSamplingStatisticSummaries",
      ],
      "AWSXRayDaemonWriteAccess",
    ),
  ],
];

/** The managed policies of AWS that the local cloud has, by their ARN after `policy/`. */
export const awsManagedPolicies: ReadonlyMap<string, AwsManagedPolicy> = new Map(
  known.map(([path, version, document]) => [path, { version, page: pageOf(nameOf(path)), document }]),
);

/** The parts of the ARN of an AWS managed policy; undefined for any other ARN. */
export function parseAwsPolicyArn(
  arn: string,
): { partition: string; path: string; name: string; policy: AwsManagedPolicy | undefined } | undefined {
  const [, partition = "", path] = /^arn:([^:]+):iam::aws:policy\/(.+)$/.exec(arn) ?? [];
  if (path === undefined) return undefined;
  const isOfAws = partitions.some(({ id }) => id === partition);
  return { partition, path, name: nameOf(path), policy: isOfAws ? awsManagedPolicies.get(path) : undefined };
}

/**
 * Why accounts of a partition cannot use this AWS managed policy; undefined for a usable one, and for any other policy.
 */
export function otherPartition(arn: string, partition: string): string | undefined {
  const ofAws = parseAwsPolicyArn(arn);
  if (ofAws === undefined || ofAws.partition === partition) return undefined;
  return `${arn} is a policy of the partition ${ofAws.partition}, and the account is in ${partition}: write arn:${partition}:iam::aws:policy/${ofAws.path}`;
}

/** The error for an AWS managed policy that the local cloud does not know; on AWS it may exist. */
export function notKnownHere(arn: string): NotSupportedError {
  const name = parseAwsPolicyArn(arn)?.name ?? arn;
  return new NotSupportedError(
    `the AWS managed policy ${arn}: its document is not known here. If AWS has it, ${pageOf(name)} shows the document; write that into a policy of your own`,
    [...awsManagedPolicies.keys()].join(", "),
  );
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
