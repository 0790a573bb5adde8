import { administratorAccess } from "../../accounts/evaluate.ts";
import type { PolicyDocument } from "../../accounts/policy.ts";

const allow = (resource: string | readonly string[], ...actions: string[]): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: actions, Resource: resource }],
});

const writeLogs = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];

/** The AWS managed policies that the local cloud has, by the part of the ARN after `policy/`. */
export const awsManagedPolicies: Readonly<Record<string, PolicyDocument>> = {
  AdministratorAccess: administratorAccess,
  "service-role/AWSLambdaBasicExecutionRole": allow("*", ...writeLogs),
  "service-role/AWSLambdaKinesisExecutionRole": allow(
    "*",
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
    "kinesis:ListStreams",
    "kinesis:SubscribeToShard",
    ...writeLogs,
  ),
  "service-role/AWSLambdaDynamoDBExecutionRole": allow(
    "*",
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
    ...writeLogs,
  ),
  "service-role/AWSLambdaVPCAccessExecutionRole": allow(
    "*",
    ...writeLogs,
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
  ),
  "service-role/AmazonAPIGatewayPushToCloudWatchLogs": allow(
    "*",
    ...writeLogs,
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:GetLogEvents",
    "logs:FilterLogEvents",
  ),
  AWSXRayDaemonWriteAccess: allow(
    "*",
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:GetSamplingStatisticSummaries",
  ),
};
