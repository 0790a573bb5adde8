import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSettings } from "../alarms.ts";
import type { FunctionSettings } from "../bundled-function/args.ts";
import type { DeliverySettings, DeliveryStreamTransform } from "../delivery-stream/args.ts";
import type { DeliveryStream } from "../delivery-stream/delivery-stream.ts";
import type { BucketSettings, PrivateBucketTransform } from "../private-bucket/args.ts";
import type { PrivateBucket } from "../private-bucket/private-bucket.ts";
import type { Transform } from "../scope.ts";
import type { StreamConsumerTransform, StreamReading } from "../stream-consumer/args.ts";
import type { StreamConsumer } from "../stream-consumer/stream-consumer.ts";

export interface TableArchiveArgs {
  /** Absolute path of the file that exports `handler`. @default functions/archiver/handler.ts of this project */
  readonly entry?: string;
  /** ARN of the stream of the table's changes, which carries new images. */
  readonly tableStreamArn: pulumi.Input<string>;
  /** ARN of the customer managed key that the table is encrypted with. @default none: AWS's own keys need no grant */
  readonly tableKmsKeyArn?: pulumi.Input<string>;
  /** How the table's stream is read. @default batches of 1,000, or of 120 s, retried until the records are too old */
  readonly reading?: StreamReading;
  /** The function's size, time, logs and network. @default 512 MiB, 60 s, 30 days of logs, Lambda's own network */
  readonly function?: FunctionSettings;
  /** Whether alarms are made, and what they call. @default on, without actions */
  readonly alarms?: AlarmSettings;
  /**
   * How objects are made of the lines. The prefix must be apart from `parked/` and from the error prefix.
   * @default 5 MiB or 300 s, uncompressed, below `events/`
   */
  readonly delivery?: DeliverySettings;
  /** The archive's bucket. @default versioned */
  readonly bucket?: BucketSettings;
  /** The bucket of failed batches. @default versioned */
  readonly failedBatches?: BucketSettings;
  /** `skip` or `tombstone`. @default "skip" */
  readonly removePolicy?: string;
  /** Days until archived objects expire, those below the delivery's prefix; 0 keeps them for ever. @default 0 */
  readonly retentionDays?: number;
  /** Days until parked lines, failed batches and delivery errors expire; 0 keeps them for ever. @default 0 */
  readonly parkedRetentionDays?: number;
  /** ARN of the permissions boundary of the function's role and of Firehose's. @default none */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /** `retain`: the buckets are protected, and the log groups stay; `destroy`: all of it goes. @default "retain" */
  readonly removalPolicy?: string;
}

/** One entry per child. */
export interface TableArchiveTransform {
  readonly bucket?: PrivateBucketTransform;
  readonly failedBatches?: PrivateBucketTransform;
  readonly delivery?: DeliveryStreamTransform;
  readonly consumer?: StreamConsumerTransform;
  readonly parkedAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

export interface TableArchiveOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: TableArchiveTransform;
}

/** The raw children. */
export interface TableArchiveNodes {
  readonly bucket: PrivateBucket;
  /** A bucket of its own: Lambda demands that the archiver's role may write to all of it. */
  readonly failedBatches: PrivateBucket;
  readonly delivery: DeliveryStream;
  readonly consumer: StreamConsumer;
  /** Absent when alarms are off. */
  readonly parkedAlarm?: aws.cloudwatch.MetricAlarm | undefined;
}
