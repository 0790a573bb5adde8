import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { ListShardsInput } from "../../../wire/models/kinesis.ts";
import { describeStream, describeStreamSummary, listStreams } from "../describe.ts";
import { decodePageToken, listShards } from "../list-shards.ts";
import { assertProvisioned, mergeShards, splitShard, updateShardCount } from "../reshard.ts";
import type { KinesisStore } from "../store.ts";
import type { KinesisStream } from "../stream.ts";
import { addressedArn, type StreamAddress } from "../stream-address.ts";
import type { KinesisInputs } from "../wire.ts";

/** Describing, listing, resharding and deleting streams. */
export function streamOperations(store: KinesisStore): Readonly<Record<string, Operation>> {
  const authorize =
    (action: string) =>
    <P extends StreamAddress>(params: P, call: Call) =>
      store.authorize(`kinesis:${action}`, addressedArn(params, call));
  const streamOf = (params: StreamAddress, call: Call) => store.require(addressedArn(params, call));
  const provisioned = (params: StreamAddress, call: Call): KinesisStream => {
    const stream = streamOf(params, call);
    assertProvisioned(stream);
    return stream;
  };
  return defineOperations<KinesisInputs>({
    DescribeStream: {
      authorize: authorize("DescribeStream"),
      run: (params, call) => describeStream(streamOf(params, call), params),
    },
    DescribeStreamSummary: {
      authorize: authorize("DescribeStreamSummary"),
      run: (params, call) => describeStreamSummary(streamOf(params, call)),
    },
    ListShards: {
      authorize: (params, call) => store.authorize("kinesis:ListShards", listedArn(params, call)),
      run: (params, call) => listShards(store.require(listedArn(params, call)), params, call.clock.now()),
    },
    ListStreams: {
      authorize: () => [{ action: "kinesis:ListStreams", resource: "*" }],
      run: (params, call) => listStreams(store.list(call), params),
    },
    SplitShard: {
      authorize: authorize("SplitShard"),
      run(params, call) {
        const stream = provisioned(params, call);
        const shard = stream.requireShard(params.ShardToSplit, true);
        splitShard(store.ports, stream, shard, BigInt(params.NewStartingHashKey));
        call.note({ stream: stream.name, shard: shard.shardId, openShards: stream.openShards.length });
      },
    },
    MergeShards: {
      authorize: authorize("MergeShards"),
      run(params, call) {
        const stream = provisioned(params, call);
        const shard = stream.requireShard(params.ShardToMerge, true);
        mergeShards(store.ports, stream, shard, stream.requireShard(params.AdjacentShardToMerge, true));
        call.note({ stream: stream.name, shard: shard.shardId, openShards: stream.openShards.length });
      },
    },
    UpdateShardCount: {
      authorize: authorize("UpdateShardCount"),
      run(params, call) {
        const stream = provisioned(params, call);
        const before = stream.openShards.length;
        updateShardCount(store.ports, stream, params.TargetShardCount);
        call.note({ stream: stream.name, openShards: stream.openShards.length });
        return {
          StreamName: stream.name,
          CurrentShardCount: before,
          TargetShardCount: params.TargetShardCount,
          StreamARN: stream.arn,
        };
      },
    },
    DeleteStream: {
      authorize: authorize("DeleteStream"),
      run: (params, call) =>
        store.remove(streamOf(params, call), { enforceConsumerDeletion: params.EnforceConsumerDeletion ?? false }),
    },
  });
}

/** The stream of ListShards, which a NextToken names too. */
function listedArn(params: ListShardsInput, call: Call): string {
  if (params.NextToken === undefined) return addressedArn(params, call);
  if ((params.StreamName ?? params.StreamARN) === undefined) return decodePageToken(params.NextToken).streamArn;
  throw new AwsError("InvalidArgumentException", "NextToken and StreamName cannot be provided together.");
}
