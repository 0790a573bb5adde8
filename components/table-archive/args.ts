import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSettings } from "../alarms.ts";
import type { FunctionSettings } from "../bundled-function/args.ts";
import type { PrivateBucket, PrivateBucketTransform } from "../private-bucket/private-bucket.ts";
import type { Transform } from "../scope.ts";
import type { StreamConsumerTransform, StreamReading } from "../stream-consumer/args.ts";
import type { StreamConsumer } from "../stream-consumer/stream-consumer.ts";

/** How objects are made of the lines. */
export interface DeliveryArgs {
  /** MiB that are gathered before an object is written, 1 to 128. @default 5 */
  readonly bufferMiB?: number;
  /** Seconds after which an object is written in any case, 0 to 900. @default 300 */
  readonly bufferSeconds?: number;
  /** `UNCOMPRESSED`, `GZIP`, `ZIP`, `Snappy` or `HADOOP_SNAPPY`. @default "UNCOMPRESSED" */
  readonly compression?: string;
  /** What keys begin with; Firehose adds `yyyy/MM/dd/HH/`. Apart from `parked/` and the error prefix. @default "events/" */
  readonly prefix?: string;
  /** What keys of undeliverable data begin with; must say `!{firehose:error-output-type}`. @default "failed/!{firehose:error-output-type}/" */
  readonly errorPrefix?: string;
}

export interface TableArchiveArgs extends StreamReading, FunctionSettings, AlarmSettings {
  /** Absolute path of the file that exports `handler`. @default functions/archiver/handler.ts of this project */
  readonly entry?: string;
  /** ARN of the stream of the table's changes, which carries new images. */
  readonly tableStreamArn: pulumi.Input<string>;
  /** ARN of the KMS key of its own that the table is encrypted with. @default none: AWS's own keys need no grant */
  readonly tableKmsKeyArn?: pulumi.Input<string>;
  /** @default 5 MiB or 300 s, uncompressed, below `events/` */
  readonly delivery?: DeliveryArgs;
  /** `skip` or `tombstone`. @default "skip" */
  readonly removePolicy?: string;
  /** Days until archived objects expire, those below the delivery's prefix; 0 keeps them for ever. @default 0 */
  readonly retentionDays?: number;
  /** Days until parked lines, failed batches and what could not be delivered expire; 0 keeps them for ever. @default 0 */
  readonly parkedRetentionDays?: number;
  /** Whether overwritten and deleted objects are kept for a while. @default true */
  readonly versioning?: boolean;
  /** `retain`: the buckets are protected, and the log groups stay; `destroy`: all of it goes. @default "retain" */
  readonly removalPolicy?: string;
}

/** One entry per child. */
export interface TableArchiveTransform {
  readonly bucket?: PrivateBucketTransform;
  readonly failedBatches?: PrivateBucketTransform;
  readonly deliveryLogGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
  readonly deliveryLogStream?: Transform<aws.cloudwatch.LogStreamArgs>;
  readonly deliveryRole?: Transform<aws.iam.RoleArgs>;
  readonly deliveryPolicy?: Transform<aws.iam.RolePolicyArgs>;
  readonly deliveryStream?: Transform<aws.kinesis.FirehoseDeliveryStreamArgs>;
  readonly deliveryAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
  readonly consumer?: StreamConsumerTransform;
  readonly parkedAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

export interface TableArchiveOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: TableArchiveTransform;
}

/** The raw children. */
export interface TableArchiveNodes {
  readonly bucket: PrivateBucket;
  /** Lambda asks that the archiver may write all of it, which it must not of the archive. */
  readonly failedBatches: PrivateBucket;
  readonly deliveryLogGroup: aws.cloudwatch.LogGroup;
  readonly deliveryLogStream: aws.cloudwatch.LogStream;
  readonly deliveryRole: aws.iam.Role;
  readonly deliveryPolicy: aws.iam.RolePolicy;
  readonly deliveryStream: aws.kinesis.FirehoseDeliveryStream;
  /** Absent, as the other, when `alarms` is off. */
  readonly deliveryAlarm?: aws.cloudwatch.MetricAlarm | undefined;
  readonly consumer: StreamConsumer;
  readonly parkedAlarm?: aws.cloudwatch.MetricAlarm | undefined;
}
