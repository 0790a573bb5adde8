import { alarmProblems } from "../alarms.ts";
import { matches, oneOf, type Problem, wholeNumber } from "../checks.ts";
import { arnRules } from "../defaults/arns.ts";
import { StreamMode, streamLimits } from "../defaults/kinesis.ts";
import { RemovalPolicy } from "../defaults/removal.ts";
import type { StreamPipelineArgs } from "./args.ts";

/** Everything that is wrong with the args of a `StreamPipeline`. */
export function problems(args: StreamPipelineArgs): Problem[] {
  const { retentionHours, shards, recordSizeKiB } = streamLimits;
  const isProvisioned = args.streamMode === StreamMode.Provisioned;
  return [
    ...existingProblems(args),
    oneOf("streamMode", args.streamMode, StreamMode),
    isProvisioned && args.shardCount === undefined
      ? "shardCount is missing; a provisioned stream needs it: write shardCount: 1"
      : undefined,
    !isProvisioned && args.existing === undefined && args.shardCount !== undefined
      ? `shardCount is ${args.shardCount}; an on-demand stream chooses its own: ` +
        `leave it out, or write streamMode: "${StreamMode.Provisioned}"`
      : undefined,
    wholeNumber("shardCount", args.shardCount, shards.min, shards.max),
    wholeNumber("retentionHours", args.retentionHours, retentionHours.min, retentionHours.max),
    wholeNumber("maxRecordSizeKiB", args.maxRecordSizeKiB, recordSizeKiB.min, recordSizeKiB.max),
    matches("kmsKeyArn", args.kmsKeyArn, arnRules.kmsKey),
    oneOf("removalPolicy", args.removalPolicy, RemovalPolicy),
    ...alarmProblems(args.alarms),
  ];
}

function existingProblems(args: StreamPipelineArgs): Problem[] {
  return [
    matches("existing", args.existing, arnRules.kinesisStream),
    ...(["streamMode", "shardCount", "maxRecordSizeKiB"] as const).map((arg) =>
      args.existing === undefined || args[arg] === undefined
        ? undefined
        : `${arg} is given with existing, and nothing of a stream that exists ` +
          `already is changed: leave one of them out`,
    ),
  ];
}
