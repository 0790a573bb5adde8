import * as pulumi from "@pulumi/pulumi";
import type { PolicyStatement } from "../iam/policy.ts";
import { type OnFailureArgs, StreamSource } from "./args.ts";

const READ_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  [StreamSource.Kinesis]: [
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
  ],
  [StreamSource.DynamoDb]: [
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListShards",
  ],
};

const LIST_ACTION: Readonly<Record<string, string>> = {
  [StreamSource.Kinesis]: "kinesis:ListStreams",
  [StreamSource.DynamoDb]: "dynamodb:ListStreams",
};

/** What Lambda does as the function's role to read a stream; it is checked when the mapping is made. */
export function readStreamStatements(source: string, streamArn: pulumi.Input<string>): PolicyStatement[] {
  return [
    { sid: "ReadStream", actions: READ_ACTIONS[source] ?? [], resources: [streamArn] },
    // The action has no resource.
    { sid: "ListStreams", actions: [LIST_ACTION[source] ?? ""], resources: ["*"] },
  ];
}

/** Where Lambda puts failed batches, in every bucket. */
const FAILED_BATCH_PREFIX = "aws/lambda/";

/** What Lambda does as the function's role to put failed batches into a bucket, which must be of that account; nothing else in the bucket can be written with it. */
export function onFailureStatements(onFailure: OnFailureArgs, accountId: pulumi.Input<string>): PolicyStatement[] {
  const conditions = { StringEquals: { "s3:ResourceAccount": accountId } };
  return [
    {
      sid: "PutFailedBatches",
      actions: ["s3:PutObject"],
      // Lambda makes the rest of the key.
      resources: [pulumi.interpolate`${onFailure.bucketArn}/${FAILED_BATCH_PREFIX}*`],
      conditions,
    },
    { sid: "FindFailureBucket", actions: ["s3:ListBucket"], resources: [onFailure.bucketArn], conditions },
  ];
}
