import * as pulumi from "@pulumi/pulumi";
import { StreamSource } from "../defaults/lambda.ts";
import { bucketKeyStatements, streamKeyStatements, tableKeyStatements } from "../iam/key-use.ts";
import type { PolicyStatement } from "../iam/policy.ts";
import type { OnFailureArgs } from "./args.ts";

const READ_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  [StreamSource.Kinesis]: [
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
  ],
  // No action lists the shards of a table's stream by itself: DescribeStream does.
  [StreamSource.DynamoDb]: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
};

const LIST_ACTION: Readonly<Record<string, string>> = {
  [StreamSource.Kinesis]: "kinesis:ListStreams",
  [StreamSource.DynamoDb]: "dynamodb:ListStreams",
};

/** Permissions that Lambda needs, as the function's role, to read a stream; it checks them when the mapping is made. */
export function readStreamStatements(
  source: string,
  streamArn: pulumi.Input<string>,
  kmsKeyArn?: pulumi.Input<string>,
): PolicyStatement[] {
  const keyStatements = source === StreamSource.Kinesis ? streamKeyStatements : tableKeyStatements;
  return [
    { sid: "ReadStream", actions: [...(READ_ACTIONS[source] ?? [])], resources: [streamArn] },
    // The action has no resource.
    { sid: "ListStreams", actions: [LIST_ACTION[source] ?? ""], resources: ["*"] },
    ...keyStatements("read", kmsKeyArn, streamArn),
  ];
}

/**
 * Permissions that Lambda needs, as the function's role, to put failed batches into a bucket of this account. Lambda's
 * keys begin with `aws/lambda/`, but it makes no mapping for a role that may write below that prefix only ("does not
 * have permissions to call PutObject on S3"), and AWS documents no narrower resource. So the statement covers the
 * bucket: use one that holds such objects only.
 */
export function onFailureStatements(onFailure: OnFailureArgs, accountId: pulumi.Input<string>): PolicyStatement[] {
  const conditions = { StringEquals: { "s3:ResourceAccount": accountId } };
  return [
    {
      sid: "PutFailedBatches",
      actions: ["s3:PutObject"],
      resources: [pulumi.interpolate`${onFailure.bucketArn}/*`],
      conditions,
    },
    { sid: "FindFailureBucket", actions: ["s3:ListBucket"], resources: [onFailure.bucketArn], conditions },
    ...bucketKeyStatements("function", "EncryptFailedBatches", onFailure.kmsKeyArn, onFailure.bucketArn),
  ];
}
