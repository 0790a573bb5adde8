import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parseArn } from "../../aws/arn.ts";
import { createAlarm } from "../alarms.ts";
import { refuse } from "../checks.ts";
import { alarmDefaults } from "../defaults/alarms.ts";
import { streamDefaults, streamLimits } from "../defaults/kinesis.ts";
import { StreamSource } from "../defaults/lambda.ts";
import { guardOf, RemovalPolicy } from "../defaults/removal.ts";
import { child, type Scope } from "../scope.ts";
import type { ConsumeArgs, StreamConsumerOptions } from "../stream-consumer/args.ts";
import { StreamConsumer } from "../stream-consumer/stream-consumer.ts";
import type {
  StreamPipelineArgs,
  StreamPipelineNodes,
  StreamPipelineOptions,
  StreamPipelineTransform,
} from "./args.ts";
import { problems } from "./checks.ts";

/**
 * A stream, encrypted, with alarms for records that are read late and writes that are throttled.
 *
 * @example
 * ```ts
 * import { resolve } from "node:path";
 * import { StreamPipeline } from "../components/stream-pipeline/stream-pipeline.ts";
 *
 * const pipeline = new StreamPipeline("orders", { streamMode: "PROVISIONED", shardCount: 2, retentionHours: 48 });
 * pipeline.consume("audit", {
 *   function: { entry: resolve("functions/audit/handler.ts") },
 *   reading: { batchSize: 500 },
 * });
 * ```
 */
export class StreamPipeline extends pulumi.ComponentResource {
  /** The component's own name; those of its consumers start with it. */
  public readonly name: string;
  public readonly streamName: pulumi.Output<string>;
  public readonly streamArn: pulumi.Output<string>;
  /** The stream's retention, in hours. */
  public readonly retentionHours: number;
  /** ARN of the customer managed key that the stream is encrypted with; undefined without one. */
  public readonly kmsKeyArn: pulumi.Input<string> | undefined;
  public readonly nodes: StreamPipelineNodes;

  constructor(name: string, args: StreamPipelineArgs = {}, opts: StreamPipelineOptions = {}) {
    const { transform = {}, ...componentOptions } = opts;
    super("tributary:streaming:StreamPipeline", name, {}, componentOptions);
    refuse(this, name, problems(args));

    const scope: Scope = { component: this, name };
    const stream = args.existing === undefined ? createStream(scope, args, transform) : undefined;
    this.streamArn = stream?.arn ?? pulumi.output(args.existing ?? "");
    this.streamName = stream?.name ?? this.streamArn.apply((arn) => parseArn(arn).resource.replace(/^stream\//, ""));
    const alarms = createAlarms(scope, args, transform, this.streamName);

    this.name = name;
    this.retentionHours = retentionHoursOf(args);
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

/** The retention in hours. An existing stream of unknown retention is taken to have the shortest. */
function retentionHoursOf({ existing, retentionHours }: StreamPipelineArgs): number {
  return retentionHours ?? (existing === undefined ? streamDefaults.retentionHours : streamLimits.retentionHours.min);
}

function createStream(scope: Scope, args: StreamPipelineArgs, transform: StreamPipelineTransform): aws.kinesis.Stream {
  return child(scope, transform.stream, "stream", aws.kinesis.Stream, streamArgs(args), {
    ...guardOf(args.removalPolicy),
    retainOnDelete: args.removalPolicy !== RemovalPolicy.Destroy,
  });
}

function streamArgs(args: StreamPipelineArgs): aws.kinesis.StreamArgs {
  return {
    streamModeDetails: { streamMode: args.streamMode ?? streamDefaults.streamMode },
    ...(args.shardCount === undefined ? {} : { shardCount: args.shardCount }),
    ...(args.maxRecordSizeKiB === undefined ? {} : { maxRecordSizeInKib: args.maxRecordSizeKiB }),
    retentionPeriod: retentionHoursOf(args),
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
  const retentionMs = retentionHoursOf(args) * 3_600_000;
  const iteratorAgeAlarm = createAlarm(scope, args.alarms, transform.iteratorAgeAlarm, "iterator-age", {
    ...ofStream,
    ...lateness,
    description:
      `Records are read so late that ${lateness.share * 100} % of the stream's retention is used up; ` +
      `at 100 % they are lost.`,
    metricName: "GetRecords.IteratorAgeMilliseconds",
    statistic: "Maximum",
    atLeast: retentionMs * lateness.share,
  });
  const writeThrottleAlarm = createAlarm(scope, args.alarms, transform.writeThrottleAlarm, "write-throttles", {
    ...ofStream,
    ...writeThrottles,
    description: "Writes to the stream are throttled; producers are asked to try again.",
    metricName: "WriteProvisionedThroughputExceeded",
    statistic: "Sum",
  });
  return { iteratorAgeAlarm, writeThrottleAlarm };
}
