// botocore 1.44.8, data/dynamodbstreams/2012-08-10/service-2.json.gz (PyPI, Apache-2.0), without its documentation. Made by scripts/update-service-models.ts: do not edit.

/** What each operation takes, by its name. */
export interface Inputs {
  readonly DescribeStream: DescribeStreamInput;
  readonly GetRecords: GetRecordsInput;
  readonly GetShardIterator: GetShardIteratorInput;
  readonly ListStreams: ListStreamsInput;
}

export type DescribeStreamInput = {
  readonly StreamArn: string;
  readonly Limit?: number;
  readonly ExclusiveStartShardId?: string;
  readonly ShardFilter?: ShardFilter;
};

export type GetRecordsInput = {
  readonly ShardIterator: string;
  readonly Limit?: number;
};

export type GetShardIteratorInput = {
  readonly StreamArn: string;
  readonly ShardId: string;
  readonly ShardIteratorType: "TRIM_HORIZON" | "LATEST" | "AT_SEQUENCE_NUMBER" | "AFTER_SEQUENCE_NUMBER" | "AT_TIMESTAMP";
  readonly SequenceNumber?: string;
  readonly Timestamp?: number;
};

export type ListStreamsInput = {
  readonly TableName?: string;
  readonly Limit?: number;
  readonly ExclusiveStartStreamArn?: string;
};

export type ShardFilter = {
  readonly Type?: "CHILD_SHARDS";
  readonly ShardId?: string;
};
