import type { ServiceStage } from "./service-stage.ts";

/** PutRecord's answer. */
export interface Put {
  ShardId: string;
  SequenceNumber: string;
}
/** PutRecords' answer. */
export interface PutAll {
  FailedRecordCount: number;
  Records: (Put & { ErrorCode?: string; ErrorMessage?: string })[];
}
/** A range of hash keys. */
export interface HashKeys {
  StartingHashKey: string;
  EndingHashKey: string;
}
/** A shard in ListShards' answer. */
export interface ShardView {
  ShardId: string;
  ParentShardId?: string;
  AdjacentParentShardId?: string;
  HashKeyRange: HashKeys;
  SequenceNumberRange: { StartingSequenceNumber: string; EndingSequenceNumber?: string };
}
/** GetRecords' answer. */
export interface Page {
  Records: { SequenceNumber: string; Data: string; PartitionKey: string; ApproximateArrivalTimestamp: number }[];
  /** Absent at the end of a closed shard. */
  NextShardIterator?: string;
  ChildShards?: { ShardId: string; ParentShards: string[]; HashKeyRange: HashKeys }[];
  MillisBehindLatest: number;
}

/** The base64 of a text. */
export const base64 = (text: string) => Buffer.from(text).toString("base64");

/** Calls to one stream called `orders`, of two shards; puts go to the first. */
export function kinesisCalls(stage: () => ServiceStage) {
  const call = <T>(operation: string, params: object) => stage().call<T>("kinesis", operation, params);
  const refusal = (operation: string, params: object) => stage().refusal("kinesis", operation, params);
  const make = (inputs: object = {}) =>
    stage().make("aws:kinesis/stream:Stream", { name: "orders", shardCount: 2, ...inputs });
  const put = (text: string, more: object = {}) =>
    call<Put>("PutRecord", {
      StreamName: "orders",
      Data: base64(text),
      PartitionKey: "k",
      ExplicitHashKey: "0",
      ...more,
    });
  const iterator = async (type: string, more: object = {}) =>
    (
      await call<{ ShardIterator: string }>("GetShardIterator", {
        StreamName: "orders",
        ShardId: "shardId-000000000000",
        ShardIteratorType: type,
        ...more,
      })
    ).ShardIterator;
  const read = async (type: string, more: object = {}, limit = {}) =>
    call<Page>("GetRecords", { ShardIterator: await iterator(type, more), ...limit });
  const texts = (page: Page) => page.Records.map(({ Data }) => Buffer.from(Data, "base64").toString());
  return { call, refusal, make, put, iterator, read, texts };
}
