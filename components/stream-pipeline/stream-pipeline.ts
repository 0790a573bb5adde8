import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type AlarmSettings, alarmProblems, createAlarm } from "../alarms.ts";
import { matches, oneOf, refuse, wholeNumber } from "../checks.ts";
import { alarmDefaults } from "../defaults/alarms.ts";
import { arnRules } from "../defaults/arns.ts";
import { StreamMode, streamDefaults, streamLimits } from "../defaults/kinesis.ts";
import { StreamSource } from "../defaults/lambda.ts";
import { guardOf, RemovalPolicy } from "../defaults/removal.ts";
import { child, type Scope, type Transform } from "../scope.ts";
import type { ConsumeArgs, StreamConsumerOptions } from "../stream-consumer/args.ts";
import { StreamConsumer } from "../stream-consumer/stream-consumer.ts";

export interface StreamPipelineArgs extends AlarmSettings {
  /** `ON_DEMAND` or `PROVISIONED`. @default "ON_DEMAND" */
  readonly streamMode?: string;
  /** Shards of a provisioned stream; must be given with it, and only with it. */
  readonly shardCount?: number;
  /** Hours that records stay readable, 24 to 8,760. @default 168 */
  readonly retentionHours?: number;
  /** Largest record, in KiB, 1,024 to 10,240; Lambda reads no stream above 4,096. @default 1024 */
  readonly maxRecordSizeKiB?: number;
  /**
   * ARN of the KMS key of the account, in the stream's region, that records are encrypted with. Who writes needs `kms:GenerateDataKey` on it, who reads
   * `kms:Decrypt`; the other components ask for it. @default Kinesis's own key, `alias/aws/kinesis`
   */
  readonly kmsKeyArn?: pulumi.Input<string>;
  /** `retain`: the stream is protected: neither deleted nor replaced; `destroy`: it goes, its consumers too. @default "retain" */
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
  readonly stream: aws.kinesis.Stream;
  /** Absent, as the other, when `alarms` is off. */
  readonly iteratorAgeAlarm?: aws.cloudwatch.MetricAlarm | undefined;
  readonly writeThrottleAlarm?: aws.cloudwatch.MetricAlarm | undefined;
}

/** A stream, encrypted, with alarms for records that are read late and writes that are throttled. */
export class StreamPipeline extends pulumi.ComponentResource {
  /** The component's own name; those of its consumers start with it. */
  public readonly name: string;
  public readonly streamName: pulumi.Output<string>;
  public readonly streamArn: pulumi.Output<string>;
  /** Hours that records stay readable. */
  public readonly retentionHours: number;
  /** The key of its own that the stream is encrypted with; undefined when it has none. */
  public readonly kmsKeyArn: pulumi.Input<string> | undefined;
  public readonly nodes: StreamPipelineNodes;

  constructor(name: string, args: StreamPipelineArgs = {}, opts: StreamPipelineOptions = {}) {
    const { transform = {}, ...componentOptions } = opts;
    super("tributary:streaming:StreamPipeline", name, {}, componentOptions);
    refuse(this, name, problems(args));

    const retentionHours = args.retentionHours ?? streamDefaults.retentionHours;
    const scope: Scope = { component: this, name };
    const stream = child(scope, transform.stream, "stream", aws.kinesis.Stream, streamArgs(args, retentionHours), {
      ...guardOf(args.removalPolicy),
      retainOnDelete: args.removalPolicy !== RemovalPolicy.Destroy,
    });
    const alarms = createAlarms(scope, args, transform, stream.name);

    this.name = name;
    this.streamName = stream.name;
    this.streamArn = stream.arn;
    this.retentionHours = retentionHours;
    this.kmsKeyArn = args.kmsKeyArn;
    this.nodes = { stream, ...alarms };
    this.registerOutputs({ streamName: this.streamName, streamArn: this.streamArn });
  }

  /** Adds a consumer of this stream: a child, called `<this component's name>-<name>`. */
  public consume(name: string, args: ConsumeArgs, opts: StreamConsumerOptions = {}): StreamConsumer {
    return new StreamConsumer(
      `${this.name}-${name}`,
      {
        ...args,
        source: StreamSource.Kinesis,
        streamArn: this.streamArn,
        streamKmsKeyArn: this.kmsKeyArn,
        streamRetentionSeconds: this.retentionHours * 3600,
      },
      { parent: this, ...opts },
    );
  }
}

function problems(args: StreamPipelineArgs) {
  const { retentionHours, shards, recordSizeKiB } = streamLimits;
  const isProvisioned = args.streamMode === StreamMode.Provisioned;
  return [
    oneOf("streamMode", args.streamMode, StreamMode),
    isProvisioned && args.shardCount === undefined
      ? "shardCount is missing; a provisioned stream needs it: write shardCount: 1"
      : undefined,
    !isProvisioned && args.shardCount !== undefined
      ? `shardCount is ${args.shardCount}; an on-demand stream chooses its own: leave it out, or write streamMode: "${StreamMode.Provisioned}"`
      : undefined,
    wholeNumber("shardCount", args.shardCount, shards.min, shards.max),
    wholeNumber("retentionHours", args.retentionHours, retentionHours.min, retentionHours.max),
    wholeNumber("maxRecordSizeKiB", args.maxRecordSizeKiB, recordSizeKiB.min, recordSizeKiB.max),
    matches("kmsKeyArn", args.kmsKeyArn, arnRules.kmsKey),
    oneOf("removalPolicy", args.removalPolicy, RemovalPolicy),
    ...alarmProblems(args),
  ];
}

function streamArgs(args: StreamPipelineArgs, retentionHours: number): aws.kinesis.StreamArgs {
  return {
    streamModeDetails: { streamMode: args.streamMode ?? streamDefaults.streamMode },
    ...(args.shardCount === undefined ? {} : { shardCount: args.shardCount }),
    ...(args.maxRecordSizeKiB === undefined ? {} : { maxRecordSizeInKib: args.maxRecordSizeKiB }),
    retentionPeriod: retentionHours,
    encryptionType: streamDefaults.encryptionType,
    kmsKeyId: args.kmsKeyArn ?? streamDefaults.kmsKeyId,
    enforceConsumerDeletion: args.removalPolicy === RemovalPolicy.Destroy,
  };
}

function createAlarms(
  scope: Scope,
  args: StreamPipelineArgs,
  transform: StreamPipelineTransform,
  streamName: pulumi.Output<string>,
) {
  const { lateness, writeThrottles } = alarmDefaults;
  const ofStream = { namespace: "AWS/Kinesis", dimensions: { StreamName: streamName } };
  const retentionMs = (args.retentionHours ?? streamDefaults.retentionHours) * 3_600_000;
  const iteratorAgeAlarm = createAlarm(scope, args, transform.iteratorAgeAlarm, "iterator-age", {
    ...ofStream,
    ...lateness,
    description: `Records are read so late that ${lateness.share * 100} % of the stream's retention is used up; at 100 % they are lost.`,
    metricName: "GetRecords.IteratorAgeMilliseconds",
    statistic: "Maximum",
    atLeast: retentionMs * lateness.share,
  });
  const writeThrottleAlarm = createAlarm(scope, args, transform.writeThrottleAlarm, "write-throttles", {
    ...ofStream,
    ...writeThrottles,
    description: "Writes to the stream are throttled; producers are asked to try again.",
    metricName: "WriteProvisionedThroughputExceeded",
    statistic: "Sum",
  });
  return { iteratorAgeAlarm, writeThrottleAlarm };
}
