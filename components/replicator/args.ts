import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSettings } from "../alarms.ts";
import type { FunctionSettings } from "../bundled-function/args.ts";
import type { BucketSettings, PrivateBucketTransform } from "../private-bucket/args.ts";
import type { PrivateBucket } from "../private-bucket/private-bucket.ts";
import type { IndexedAttribute } from "../replication-target/args.ts";
import type { Transform } from "../scope.ts";
import type { StreamConsumerTransform, StreamReading } from "../stream-consumer/args.ts";
import type { StreamConsumer } from "../stream-consumer/stream-consumer.ts";

/** The table that records are written to, in another account. */
export interface TargetArgs {
  /** ARN of the role to assume. */
  readonly roleArn: pulumi.Input<string>;
  /** External id that the role's trust policy demands. */
  readonly externalId: pulumi.Input<string>;
  readonly region: pulumi.Input<string>;
  readonly tableName: pulumi.Input<string>;
  /** Attributes that the replicator copies from each event for the table's indexes. @default none */
  readonly indexedAttributes?: pulumi.Input<IndexedAttribute[]>;
  /** Expiry of items. @default none */
  readonly ttl?: TtlArgs;
}

/** The expiry of items. */
export interface TtlArgs {
  /** The attribute that holds the time. */
  readonly attribute: pulumi.Input<string>;
  /** Seconds after an event's arrival. */
  readonly seconds: pulumi.Input<number>;
}

export interface ReplicatorArgs {
  /** Absolute path of the file that exports `handler`. @default functions/replicator/handler.ts of this project */
  readonly entry?: string;
  /** ARN of the Kinesis stream. */
  readonly streamArn: pulumi.Input<string>;
  /** ARN of the customer managed key that the stream is encrypted with. @default none: AWS's own keys need no grant */
  readonly streamKmsKeyArn?: pulumi.Input<string>;
  /** Seconds that the stream keeps a record. */
  readonly streamRetentionSeconds: number;
  readonly target: TargetArgs;
  /** Exact name of the function's role: the target account trusts it by this name. */
  readonly roleName: string;
  /** Exact path of the function's role, beginning and ending with "/". @default "/" */
  readonly rolePath?: string;
  /** `shard` or `stream`. @default "shard" */
  readonly hashKeyScope?: string;
  /** `underscore` or `hyphen`; a record that is written with both becomes two items. @default "underscore" */
  readonly hashKeySeparator?: string;
  /** `park` or `string`. @default "park" */
  readonly numberPolicy?: string;
  /**
   * `direct` or `sdk`: requests that the function signs itself, or the AWS SDK's client. The items are the same.
   * @default "direct"
   */
  readonly tableWriter?: string;
  /** How the stream is read. @default batches of 100, retried until the records are too old */
  readonly reading?: StreamReading;
  /** The function's size, time, logs and network. @default 512 MiB, 60 s, 30 days of logs, Lambda's own network */
  readonly function?: FunctionSettings;
  /** Whether alarms are made, and what they call. @default on, without actions */
  readonly alarms?: AlarmSettings;
  /** The bucket of parked records and failed batches. @default versioned */
  readonly parked?: BucketSettings;
  /** Days until parked records and failed batches expire; 0 keeps them for ever. @default 0 */
  readonly parkedRetentionDays?: number;
  /** ARN of the permissions boundary of the function's role. @default none */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * `retain`: the bucket of parked records is protected, and the log group stays; `destroy`: all of it goes.
   * @default "retain"
   */
  readonly removalPolicy?: string;
}

/** One entry per child. */
export interface ReplicatorTransform {
  readonly parked?: PrivateBucketTransform;
  readonly consumer?: StreamConsumerTransform;
  readonly parkedAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

export interface ReplicatorOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: ReplicatorTransform;
}

/** The raw children. */
export interface ReplicatorNodes {
  readonly parked: PrivateBucket;
  readonly consumer: StreamConsumer;
  /** Absent when alarms are off. */
  readonly parkedAlarm?: aws.cloudwatch.MetricAlarm | undefined;
}
