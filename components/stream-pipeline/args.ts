import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSettings } from "../alarms.ts";
import type { Transform } from "../scope.ts";

export interface StreamPipelineArgs {
  /**
   * ARN of a stream that exists already, to be used instead of a new one. Its mode, encryption and retention stay as
   * they are, and it is neither protected nor deleted. Alarms and consumers are made as for a new one.
   * @default none: a stream is made
   */
  readonly existing?: pulumi.Input<string>;
  /** `ON_DEMAND` or `PROVISIONED`. @default "ON_DEMAND" */
  readonly streamMode?: string;
  /** Shards of a provisioned stream; must be given with it, and only with it. */
  readonly shardCount?: number;
  /**
   * Retention in hours, 24 to 8,760; for an existing stream: the retention that it has.
   * @default 168, or 24 for an existing stream
   */
  readonly retentionHours?: number;
  /** Largest record, in KiB, 1,024 to 10,240; Lambda reads no stream above 4,096. @default 1024 */
  readonly maxRecordSizeKiB?: number;
  /**
   * ARN of the customer managed key, of this account and region, that records are encrypted with. A writer needs
   * `kms:GenerateDataKey` on it, a reader `kms:Decrypt`; the other components ask for it.
   * @default Kinesis's own key, `alias/aws/kinesis`
   */
  readonly kmsKeyArn?: pulumi.Input<string>;
  /** Whether alarms are made, and what they call. @default on, without actions */
  readonly alarms?: AlarmSettings;
  /**
   * `retain`: the stream is protected, neither deleted nor replaced; `destroy`: it goes, its consumers too.
   * @default "retain"
   */
  readonly removalPolicy?: string;
}

/** One entry per child. */
export interface StreamPipelineTransform {
  readonly stream?: Transform<aws.kinesis.StreamArgs>;
  readonly iteratorAgeAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
  readonly writeThrottleAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

export interface StreamPipelineOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: StreamPipelineTransform;
}

/** The raw children. */
export interface StreamPipelineNodes {
  /** Absent where the stream existed already. */
  readonly stream?: aws.kinesis.Stream | undefined;
  /** Absent, as the other, when `alarms` is off. */
  readonly iteratorAgeAlarm?: aws.cloudwatch.MetricAlarm | undefined;
  readonly writeThrottleAlarm?: aws.cloudwatch.MetricAlarm | undefined;
}
