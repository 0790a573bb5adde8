import * as pulumi from "@pulumi/pulumi";
import { alarmProblems } from "../alarms.ts";
import { matches, oneOf, type Problem, wholeNumber } from "../checks.ts";
import { arnRules } from "../defaults/arns.ts";
import { TABLE_STREAM_RETENTION_SECONDS } from "../defaults/dynamodb.ts";
import { mappingLimits, StartingPosition, StreamSource } from "../defaults/lambda.ts";
import type { OnFailureArgs, StreamConsumerArgs } from "./args.ts";

/** All but the code. A component that makes a consumer checks these with its own args, before it makes anything. */
export type ReadingArgs = Omit<StreamConsumerArgs, "function">;

/** Share of a stream's retention after which a record is given up, so that it reaches the on-failure destination before it expires. */
const RECORD_AGE_SHARE_OF_RETENTION = 0.8;

/** Seconds that the stream keeps a record; undefined when that is not known. */
export function retentionSeconds(args: ReadingArgs): number | undefined {
  return (
    args.streamRetentionSeconds ?? (args.source === StreamSource.DynamoDb ? TABLE_STREAM_RETENTION_SECONDS : undefined)
  );
}

/** Seconds after which a record is given up; -1 is never. */
export function recordAge(args: ReadingArgs): number {
  if (args.maximumRecordAgeSeconds !== undefined) return args.maximumRecordAgeSeconds;
  const retention = retentionSeconds(args);
  if (retention === undefined || args.onFailure === undefined) return mappingLimits.forever;
  return Math.min(Math.floor(retention * RECORD_AGE_SHARE_OF_RETENTION), mappingLimits.recordAgeSeconds.max);
}

/** The on-failure destination of a component that makes the bucket itself, for a check before it is made. */
export const OWN_BUCKET: OnFailureArgs = { bucketArn: pulumi.output("") };

/** Everything that is wrong with how a stream is read. `names`: what the component's own arguments are called. */
export function readingProblems(
  args: ReadingArgs,
  names = { streamArn: "streamArn", streamKmsKeyArn: "streamKmsKeyArn" },
): Problem[] {
  const { batchSize, batchWindowSeconds, parallelization, retryAttempts, recordAgeSeconds, forever } = mappingLimits;
  const retention = retentionSeconds(args);
  const age = recordAge(args);
  const givesUp = age !== forever || (args.retryAttempts ?? forever) !== forever;
  return [
    oneOf("source", args.source, StreamSource),
    matches(
      names.streamArn,
      args.streamArn,
      args.source === StreamSource.DynamoDb ? arnRules.tableStream : arnRules.kinesisStream,
    ),
    matches(names.streamKmsKeyArn, args.streamKmsKeyArn, arnRules.kmsKey),
    matches("onFailure.bucketArn", args.onFailure?.bucketArn, arnRules.bucket),
    wholeNumber("batchSize", args.batchSize, batchSize.min, batchSize.max),
    wholeNumber("batchWindowSeconds", args.batchWindowSeconds, batchWindowSeconds.min, batchWindowSeconds.max),
    wholeNumber("parallelization", args.parallelization, parallelization.min, parallelization.max),
    wholeNumber("retryAttempts", args.retryAttempts, retryAttempts.min, retryAttempts.max, [forever]),
    wholeNumber("maximumRecordAgeSeconds", args.maximumRecordAgeSeconds, recordAgeSeconds.min, recordAgeSeconds.max, [
      forever,
    ]),
    retention !== undefined && age >= retention
      ? `maximumRecordAgeSeconds is ${age}, but the stream keeps records for ${retention} s only, so they would expire unseen; allowed is less than that: write maximumRecordAgeSeconds: ${Math.floor(retention * RECORD_AGE_SHARE_OF_RETENTION)}`
      : undefined,
    givesUp && args.onFailure === undefined
      ? "onFailure is missing, though records are given up by retryAttempts or maximumRecordAgeSeconds: write onFailure: { bucketArn }, or -1 for both"
      : undefined,
    oneOf("startingPosition", args.startingPosition, StartingPosition),
    ...alarmProblems(args),
  ];
}
