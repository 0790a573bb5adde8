import { alarmProblems } from "../alarms.ts";
import { problems as functionProblems } from "../bundled-function/checks.ts";
import { matches, oneOf, type Problem, wholeNumber } from "../checks.ts";
import { arnRules } from "../defaults/arns.ts";
import { TABLE_STREAM_RETENTION_SECONDS } from "../defaults/dynamodb.ts";
import { mappingLimits, StartingPosition, StreamSource } from "../defaults/lambda.ts";
import type { StreamConsumerArgs, StreamReading } from "./args.ts";

/**
 * Share of a stream's retention after which a record is given up, so that it reaches the on-failure destination before
 * it expires.
 */
const RECORD_AGE_SHARE_OF_RETENTION = 0.8;

/** Seconds that the stream keeps a record; undefined when that is not known. */
export function retentionSeconds(args: StreamConsumerArgs): number | undefined {
  return (
    args.streamRetentionSeconds ?? (args.source === StreamSource.DynamoDb ? TABLE_STREAM_RETENTION_SECONDS : undefined)
  );
}

/** Seconds after which a record is given up; -1 is never. */
export function recordAge(args: StreamConsumerArgs): number {
  if (args.reading?.maximumRecordAgeSeconds !== undefined) return args.reading.maximumRecordAgeSeconds;
  const retention = retentionSeconds(args);
  if (retention === undefined || args.onFailure === undefined) return mappingLimits.forever;
  return Math.min(Math.floor(retention * RECORD_AGE_SHARE_OF_RETENTION), mappingLimits.recordAgeSeconds.max);
}

/** Names of the consumer's args in messages, if a component has them under other names. */
export interface ConsumerNames {
  readonly streamArn: string;
  readonly streamKmsKeyArn: string;
  /** Prefix of the names of the function's own args. */
  readonly function: string;
}

const OWN_NAMES: ConsumerNames = {
  streamArn: "streamArn",
  streamKmsKeyArn: "streamKmsKeyArn",
  function: "function.",
};

/**
 * Everything that is wrong with the args of a `StreamConsumer`. A component that makes one checks them with its own
 * args, before it makes anything.
 */
export function problems(args: StreamConsumerArgs, names = OWN_NAMES): Problem[] {
  return [
    oneOf("source", args.source, StreamSource),
    matches(
      names.streamArn,
      args.streamArn,
      args.source === StreamSource.DynamoDb ? arnRules.tableStream : arnRules.kinesisStream,
    ),
    matches(names.streamKmsKeyArn, args.streamKmsKeyArn, arnRules.kmsKey),
    matches("onFailure.bucketArn", args.onFailure?.bucketArn, arnRules.bucket),
    matches("onFailure.kmsKeyArn", args.onFailure?.kmsKeyArn, arnRules.kmsKey),
    ...readingProblems(args.reading ?? {}),
    ...givenUpProblems(args),
    ...alarmProblems(args.alarms),
    ...functionProblems(args.function, names.function, "function."),
  ];
}

function readingProblems(reading: StreamReading): Problem[] {
  const { batchSize, batchWindowSeconds, parallelization, retryAttempts, recordAgeSeconds, forever } = mappingLimits;
  return [
    wholeNumber("reading.batchSize", reading.batchSize, batchSize.min, batchSize.max),
    wholeNumber(
      "reading.batchWindowSeconds",
      reading.batchWindowSeconds,
      batchWindowSeconds.min,
      batchWindowSeconds.max,
    ),
    wholeNumber("reading.parallelization", reading.parallelization, parallelization.min, parallelization.max),
    wholeNumber("reading.retryAttempts", reading.retryAttempts, retryAttempts.min, retryAttempts.max, [forever]),
    wholeNumber(
      "reading.maximumRecordAgeSeconds",
      reading.maximumRecordAgeSeconds,
      recordAgeSeconds.min,
      recordAgeSeconds.max,
      [forever],
    ),
    oneOf("reading.startingPosition", reading.startingPosition, StartingPosition),
    waitProblem(reading),
  ];
}

/** Lambda checks a record's age before each attempt, the first one included, which may come at the window's end. */
function waitProblem({ maximumRecordAgeSeconds: age, batchWindowSeconds: wait = 0 }: StreamReading): Problem {
  const { recordAgeSeconds, batchWindowSeconds } = mappingLimits;
  const isInLimits = age !== undefined && age >= recordAgeSeconds.min && wait <= batchWindowSeconds.max;
  return !isInLimits || age > wait
    ? undefined
    : `reading.maximumRecordAgeSeconds is ${age}, but records wait up to ${wait} s for a full batch ` +
        "(reading.batchWindowSeconds), so they could be given up before they are tried; allowed is more than that: " +
        `write reading.maximumRecordAgeSeconds: ${2 * wait}`;
}

/** Records must be given up before the stream loses them, and then have a destination. */
function givenUpProblems(args: StreamConsumerArgs): Problem[] {
  const { forever } = mappingLimits;
  const retention = retentionSeconds(args);
  const age = recordAge(args);
  const givesUp = age !== forever || (args.reading?.retryAttempts ?? forever) !== forever;
  return [
    retention !== undefined && age >= retention
      ? `reading.maximumRecordAgeSeconds is ${age}, but the stream keeps records for ${retention} s only, so they ` +
        "would expire unseen; allowed is less than that: " +
        `write reading.maximumRecordAgeSeconds: ${Math.floor(retention * RECORD_AGE_SHARE_OF_RETENTION)}`
      : undefined,
    givesUp && args.onFailure === undefined
      ? "onFailure is missing, though records are given up by reading.retryAttempts or " +
        "reading.maximumRecordAgeSeconds: write onFailure: { bucketArn }, or -1 for both"
      : undefined,
  ];
}
