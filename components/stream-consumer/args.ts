import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSettings } from "../alarms.ts";
import type { BundledFunctionArgs, BundledFunctionTransform } from "../bundled-function/args.ts";
import type { BundledFunction } from "../bundled-function/bundled-function.ts";
import type { Transform } from "../scope.ts";

/**
 * The on-failure destination: the bucket for batches that could not be processed in time, one object each, with the
 * payload and the failure.
 */
export interface OnFailureArgs {
  /** ARN of a bucket in the consumer's own account. */
  readonly bucketArn: pulumi.Input<string>;
  /** ARN of the KMS key that the bucket encrypts with by default. @default none: S3's own keys need no grant */
  readonly kmsKeyArn?: pulumi.Input<string>;
}

/** How a stream is read. */
export interface StreamReading {
  /** Records per invocation, 1 to 10,000 and at most 6 MB. @default 100 */
  readonly batchSize?: number;
  /** Seconds to wait for a full batch, 0 to 300. @default 0 */
  readonly batchWindowSeconds?: number;
  /** Batches of one shard at once, 1 to 10; order stays per partition key (or item). @default 1 */
  readonly parallelization?: number;
  /** Retries of a failed batch, 0 to 10,000; -1 retries until the records are too old. @default -1 */
  readonly retryAttempts?: number;
  /**
   * Age in seconds at which a record is given up, 60 to 604,800 and below the stream's retention; -1 is never.
   * @default 80 % of the stream's retention where that is given, else -1
   */
  readonly maximumRecordAgeSeconds?: number;
  /** `TRIM_HORIZON` (the oldest record of the stream) or `LATEST` (new records only). @default "TRIM_HORIZON" */
  readonly startingPosition?: string;
  /** Whether the mapping is enabled; a disabled one reads nothing until it is switched on. @default true */
  readonly enabled?: boolean;
}

/** Args of `StreamPipeline.consume`. */
export interface ConsumeArgs {
  /** The function: its code and its permissions. */
  readonly function: BundledFunctionArgs;
  /** Required if records can be given up, by `retryAttempts` or `maximumRecordAgeSeconds`. @default none */
  readonly onFailure?: OnFailureArgs;
  /** How the stream is read. @default batches of 100, retried until the records are too old */
  readonly reading?: StreamReading;
  /** Whether alarms are made, and what they call. @default on, without actions */
  readonly alarms?: AlarmSettings;
}

export interface StreamConsumerArgs extends ConsumeArgs {
  /** `kinesis` or `dynamodb`. */
  readonly source: string;
  /** ARN of the stream; of a table's stream, not of the table. */
  readonly streamArn: pulumi.Input<string>;
  /**
   * ARN of the customer managed key that the stream, or the table, is encrypted with.
   * @default none: AWS's own keys need no grant
   */
  readonly streamKmsKeyArn?: pulumi.Input<string>;
  /** Seconds that the stream keeps a record. @default 86,400 for a table's stream; else not checked */
  readonly streamRetentionSeconds?: number;
}

/** One entry per child. */
export interface StreamConsumerTransform {
  readonly function?: BundledFunctionTransform;
  readonly mapping?: Transform<aws.lambda.EventSourceMappingArgs>;
  readonly iteratorAgeAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
  readonly errorAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
  readonly throttleAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
  readonly failedDeliveryAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

export interface StreamConsumerOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: StreamConsumerTransform;
}

/** The raw children. */
export interface StreamConsumerNodes {
  readonly function: BundledFunction;
  readonly mapping: aws.lambda.EventSourceMapping;
  /** Absent, like the others, when alarms are off. */
  readonly iteratorAgeAlarm?: aws.cloudwatch.MetricAlarm | undefined;
  readonly errorAlarm?: aws.cloudwatch.MetricAlarm | undefined;
  readonly throttleAlarm?: aws.cloudwatch.MetricAlarm | undefined;
  /** Absent too when there is no on-failure destination. */
  readonly failedDeliveryAlarm?: aws.cloudwatch.MetricAlarm | undefined;
}
