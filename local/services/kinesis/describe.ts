import { AwsError } from "../../kernel/errors.ts";
import { pageAfter } from "../../wire/pages.ts";
import { describeShard, shardsAfter } from "./list-shards.ts";
import type { KinesisStream } from "./stream.ts";

const SHARDS_PER_DESCRIBE = 100;
const STREAMS_PER_LIST = 100;

/** The answer of DescribeStream. */
export function describeStream(
  stream: KinesisStream,
  params: { Limit?: number | undefined; ExclusiveStartShardId?: string | undefined },
) {
  const rest = shardsAfter(stream.shards, params.ExclusiveStartShardId);
  const shards = rest.slice(0, params.Limit ?? SHARDS_PER_DESCRIBE);
  return {
    StreamDescription: {
      ...common(stream),
      Shards: shards.map(describeShard),
      HasMoreShards: shards.length < rest.length,
    },
  };
}

/** The answer of DescribeStreamSummary. */
export function describeStreamSummary(stream: KinesisStream) {
  return {
    StreamDescriptionSummary: {
      ...common(stream),
      OpenShardCount: stream.openShards.length,
      ConsumerCount: stream.consumers.size,
      MaxRecordSizeInKiB: stream.settings.maxRecordKib,
    },
  };
}

/** The answer of ListStreams. */
export function listStreams(
  streams: readonly KinesisStream[],
  params: { Limit?: number | undefined; ExclusiveStartStreamName?: string | undefined; NextToken?: string | undefined },
) {
  if (params.NextToken !== undefined && params.ExclusiveStartStreamName !== undefined) {
    throw new AwsError("InvalidArgumentException", "NextToken and ExclusiveStartStreamName cannot be given together.");
  }
  const { Limit: limit = STREAMS_PER_LIST, NextToken, ExclusiveStartStreamName: after = NextToken } = params;
  const { page, next } = pageAfter(streams, { limit, after }, ({ name }) => name);
  return {
    StreamNames: page.map((stream) => stream.name),
    StreamSummaries: page.map((stream) => ({
      StreamName: stream.name,
      StreamARN: stream.arn,
      StreamStatus: "ACTIVE",
      StreamModeDetails: { StreamMode: stream.settings.mode },
      StreamCreationTimestamp: stream.createdAt / 1000,
    })),
    HasMoreStreams: next !== undefined,
    ...(next !== undefined && { NextToken: next }),
  };
}

function common(stream: KinesisStream) {
  const { mode, retentionHours, kmsKeyId, shardLevelMetrics } = stream.settings;
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    StreamStatus: "ACTIVE",
    StreamModeDetails: { StreamMode: mode },
    RetentionPeriodHours: retentionHours,
    StreamCreationTimestamp: stream.createdAt / 1000,
    EnhancedMonitoring: [{ ShardLevelMetrics: shardLevelMetrics }],
    EncryptionType: kmsKeyId === undefined ? "NONE" : "KMS",
    ...(kmsKeyId === undefined ? {} : { KeyId: kmsKeyId }),
  };
}
