import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSettings } from "../alarms.ts";
import type { LogSettings } from "../log-group.ts";
import type { Transform } from "../scope.ts";

/** How Firehose makes objects of the records; a component that makes a delivery stream takes these. */
export interface DeliverySettings {
  /** MiB that Firehose buffers before it writes an object, 1 to 128. @default 5 */
  readonly bufferMiB?: number;
  /** Seconds after which it writes an object in any case, 0 to 900. @default 300 */
  readonly bufferSeconds?: number;
  /** `UNCOMPRESSED`, `GZIP`, `ZIP`, `Snappy` or `HADOOP_SNAPPY`. @default "UNCOMPRESSED" */
  readonly compression?: string;
  /** Prefix of the objects' keys; Firehose adds `yyyy/MM/dd/HH/`. @default "events/" */
  readonly prefix?: string;
  /**
   * Prefix of the keys of undeliverable data; must contain `!{firehose:error-output-type}`.
   * @default "failed/!{firehose:error-output-type}/"
   */
  readonly errorPrefix?: string;
  /**
   * ARN of the customer managed key, of this account and region, that Firehose encrypts records with until they are
   * delivered. The deploying principal needs `kms:CreateGrant` on it; no role needs a grant.
   * @default a key that AWS owns
   */
  readonly kmsKeyArn?: pulumi.Input<string>;
  /** The log group of delivery errors. @default one that keeps events for 30 days */
  readonly logs?: LogSettings;
}

export interface DeliveryStreamArgs extends DeliverySettings {
  /** ARN of the bucket that objects are written to, in the same account. */
  readonly bucketArn: pulumi.Input<string>;
  /**
   * ARN of the customer managed key that the bucket encrypts with by default.
   * @default none: S3's own keys need no grant
   */
  readonly bucketKmsKeyArn?: pulumi.Input<string>;
  /** Whether alarms are made, and what they call. @default on, without actions */
  readonly alarms?: AlarmSettings;
  /** ARN of the permissions boundary of Firehose's role. @default none */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /** `retain`: the log group stays when the delivery stream goes; `destroy`: it goes too. @default "retain" */
  readonly removalPolicy?: string;
}

/** One entry per child. */
export interface DeliveryStreamTransform {
  readonly logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
  readonly logStream?: Transform<aws.cloudwatch.LogStreamArgs>;
  readonly role?: Transform<aws.iam.RoleArgs>;
  readonly policy?: Transform<aws.iam.RolePolicyArgs>;
  readonly stream?: Transform<aws.kinesis.FirehoseDeliveryStreamArgs>;
  readonly freshnessAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

export interface DeliveryStreamOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: DeliveryStreamTransform;
}

/** The raw children. */
export interface DeliveryStreamNodes {
  /** Absent where the log group existed already. */
  readonly logGroup?: aws.cloudwatch.LogGroup | undefined;
  readonly logStream: aws.cloudwatch.LogStream;
  readonly role: aws.iam.Role;
  readonly policy: aws.iam.RolePolicy;
  readonly stream: aws.kinesis.FirehoseDeliveryStream;
  /** Absent when alarms are off. */
  readonly freshnessAlarm?: aws.cloudwatch.MetricAlarm | undefined;
}
