// botocore 1.44.8, data/kinesis/2013-12-02/service-2.json.gz (PyPI, Apache-2.0), without its documentation. Made by scripts/update-service-models.ts: do not edit.

/** What each operation takes, by its name. */
export interface Inputs {
  readonly AcknowledgeDeadLetterQueueRecords: AcknowledgeDeadLetterQueueRecordsInput;
  readonly AcknowledgeQueueRecords: AcknowledgeQueueRecordsInput;
  readonly AddTagsToStream: AddTagsToStreamInput;
  readonly CreateChannel: CreateChannelInput;
  readonly CreateQueue: CreateQueueInput;
  readonly CreateStream: CreateStreamInput;
  readonly DecreaseStreamRetentionPeriod: DecreaseStreamRetentionPeriodInput;
  readonly DeleteChannel: DeleteChannelInput;
  readonly DeleteQueue: DeleteQueueInput;
  readonly DeleteResourcePolicy: DeleteResourcePolicyInput;
  readonly DeleteStream: DeleteStreamInput;
  readonly DeregisterStreamConsumer: DeregisterStreamConsumerInput;
  readonly DescribeAccountSettings: DescribeAccountSettingsInput;
  readonly DescribeChannel: DescribeChannelInput;
  readonly DescribeLimits: DescribeLimitsInput;
  readonly DescribeQueue: DescribeQueueInput;
  readonly DescribeStream: DescribeStreamInput;
  readonly DescribeStreamConsumer: DescribeStreamConsumerInput;
  readonly DescribeStreamSummary: DescribeStreamSummaryInput;
  readonly DisableEnhancedMonitoring: DisableEnhancedMonitoringInput;
  readonly EnableEnhancedMonitoring: EnableEnhancedMonitoringInput;
  readonly GetRecords: GetRecordsInput;
  readonly GetResourcePolicy: GetResourcePolicyInput;
  readonly GetShardIterator: GetShardIteratorInput;
  readonly IncreaseStreamRetentionPeriod: IncreaseStreamRetentionPeriodInput;
  readonly ListChannels: ListChannelsInput;
  readonly ListQueues: ListQueuesInput;
  readonly ListShards: ListShardsInput;
  readonly ListStreamConsumers: ListStreamConsumersInput;
  readonly ListStreams: ListStreamsInput;
  readonly ListTagsForResource: ListTagsForResourceInput;
  readonly ListTagsForStream: ListTagsForStreamInput;
  readonly MergeShards: MergeShardsInput;
  readonly PutRecord: PutRecordInput;
  readonly PutRecords: PutRecordsInput;
  readonly PutResourcePolicy: PutResourcePolicyInput;
  readonly ReceiveDeadLetterQueueRecords: ReceiveDeadLetterQueueRecordsInput;
  readonly ReceiveQueueRecords: ReceiveQueueRecordsInput;
  readonly RegisterStreamConsumer: RegisterStreamConsumerInput;
  readonly RemoveTagsFromStream: RemoveTagsFromStreamInput;
  readonly RestoreDeadLetterQueueRecords: RestoreDeadLetterQueueRecordsInput;
  readonly SplitShard: SplitShardInput;
  readonly StartStreamEncryption: StartStreamEncryptionInput;
  readonly StopStreamEncryption: StopStreamEncryptionInput;
  readonly SubscribeToShard: SubscribeToShardInput;
  readonly TagResource: TagResourceInput;
  readonly UntagResource: UntagResourceInput;
  readonly UpdateAccountSettings: UpdateAccountSettingsInput;
  readonly UpdateChannel: UpdateChannelInput;
  readonly UpdateDeadLetterQueueRecordsVisibility: UpdateDeadLetterQueueRecordsVisibilityInput;
  readonly UpdateMaxRecordSize: UpdateMaxRecordSizeInput;
  readonly UpdateQueue: UpdateQueueInput;
  readonly UpdateQueueRecordsVisibility: UpdateQueueRecordsVisibilityInput;
  readonly UpdateShardCount: UpdateShardCountInput;
  readonly UpdateStreamMode: UpdateStreamModeInput;
  readonly UpdateStreamRecordDistributionStrategy: UpdateStreamRecordDistributionStrategyInput;
  readonly UpdateStreamWarmThroughput: UpdateStreamWarmThroughputInput;
}

export type AcknowledgeDeadLetterQueueRecordsInput = {
  readonly QueueARN: string;
  readonly Entries: readonly AcknowledgeDeadLetterQueueRecordsRequestEntry[];
};

export type AcknowledgeDeadLetterQueueRecordsRequestEntry = {
  readonly ReceiptHandle: string;
};

export type AcknowledgeQueueRecordsInput = {
  readonly QueueARN: string;
  readonly Entries: readonly AcknowledgeQueueRecordsRequestEntry[];
};

export type AcknowledgeQueueRecordsRequestEntry = {
  readonly ReceiptHandle: string;
};

export type AddTagsToStreamInput = {
  readonly StreamName?: string;
  readonly Tags: { readonly [key: string]: string };
  readonly StreamARN?: string;
  readonly StreamId?: string;
};

export type ChannelEncryptionConfiguration = {
  readonly EncryptionType: "KMS";
  readonly KeyId: string;
};

export type ChannelLoggingConfiguration = {
  readonly CloudWatchLogs: CloudWatchLogs;
};

export type ChannelLoggingUpdateInput = {
  readonly CloudWatchLogs: CloudWatchLogsUpdateInput;
};

export type ChannelStreamConfiguration = {
  readonly StreamARN: string;
  readonly RecordConfiguration: RecordConfiguration;
};

export type CloudWatchLogs = {
  readonly Enabled: boolean;
  readonly LogGroupName?: string;
  readonly LogStreamName?: string;
};

export type CloudWatchLogsUpdateInput = {
  readonly Enabled: boolean;
  readonly LogGroupName?: string;
  readonly LogStreamName?: string;
};

export type CreateChannelInput = {
  readonly ChannelName: string;
  readonly ServiceExecutionRoleARN: string;
  readonly StreamConfigurationList: readonly ChannelStreamConfiguration[];
  readonly S3DestinationConfiguration?: S3DestinationConfiguration;
  readonly S3TablesDestinationConfiguration?: S3TablesDestinationConfiguration;
  readonly EncryptionConfiguration?: ChannelEncryptionConfiguration;
  readonly Tags?: { readonly [key: string]: string };
  readonly LoggingConfiguration?: ChannelLoggingConfiguration;
};

export type CreateQueueInput = {
  readonly QueueName: string;
  readonly StreamConfigurationList: readonly QueueStreamConfiguration[];
  readonly QueueAttributes?: QueueAttributes;
  readonly Tags?: { readonly [key: string]: string };
};

export type CreateStreamInput = {
  readonly StreamName: string;
  readonly ShardCount?: number;
  readonly StreamModeDetails?: StreamModeDetails;
  readonly Tags?: { readonly [key: string]: string };
  readonly WarmThroughputMiBps?: number;
  readonly MaxRecordSizeInKiB?: number;
  readonly RecordDistributionStrategy?: "AUTO" | "USER_PARTITION_KEY";
};

export type DeadLetterConfiguration = {
  readonly TargetType: "BUILT_IN" | "NONE";
  readonly MaxReceiveCount?: number;
};

export type DeadLetterQueueS3Configuration = {
  readonly BucketARN: string;
  readonly ExpectedBucketOwner: string;
  readonly ErrorOutputPrefix?: string;
};

export type DecreaseStreamRetentionPeriodInput = {
  readonly StreamName?: string;
  readonly RetentionPeriodHours: number;
  readonly StreamARN?: string;
  readonly StreamId?: string;
};

export type DeleteChannelInput = {
  readonly ChannelARN: string;
};

export type DeleteQueueInput = {
  readonly QueueARN: string;
};

export type DeleteResourcePolicyInput = {
  readonly ResourceARN: string;
  readonly StreamId?: string;
};

export type DeleteStreamInput = {
  readonly StreamName?: string;
  readonly EnforceConsumerDeletion?: boolean;
  readonly StreamARN?: string;
  readonly StreamId?: string;
};

export type DeregisterStreamConsumerInput = {
  readonly StreamARN?: string;
  readonly ConsumerName?: string;
  readonly ConsumerARN?: string;
  readonly StreamId?: string;
};

export type DescribeAccountSettingsInput = {

};

export type DescribeChannelInput = {
  readonly ChannelARN: string;
};

export type DescribeLimitsInput = {

};

export type DescribeQueueInput = {
  readonly QueueARN: string;
};

export type DescribeStreamConsumerInput = {
  readonly StreamARN?: string;
  readonly ConsumerName?: string;
  readonly ConsumerARN?: string;
  readonly StreamId?: string;
};

export type DescribeStreamInput = {
  readonly StreamName?: string;
  readonly Limit?: number;
  readonly ExclusiveStartShardId?: string;
  readonly StreamARN?: string;
  readonly StreamId?: string;
};

export type DescribeStreamSummaryInput = {
  readonly StreamName?: string;
  readonly StreamARN?: string;
  readonly StreamId?: string;
};

export type DisableEnhancedMonitoringInput = {
  readonly StreamName?: string;
  readonly ShardLevelMetrics: readonly ("IncomingBytes" | "IncomingRecords" | "OutgoingBytes" | "OutgoingRecords" | "WriteProvisionedThroughputExceeded" | "ReadProvisionedThroughputExceeded" | "IteratorAgeMilliseconds" | "ALL")[];
  readonly StreamARN?: string;
  readonly StreamId?: string;
};

export type EnableEnhancedMonitoringInput = {
  readonly StreamName?: string;
  readonly ShardLevelMetrics: readonly ("IncomingBytes" | "IncomingRecords" | "OutgoingBytes" | "OutgoingRecords" | "WriteProvisionedThroughputExceeded" | "ReadProvisionedThroughputExceeded" | "IteratorAgeMilliseconds" | "ALL")[];
  readonly StreamARN?: string;
  readonly StreamId?: string;
};

export type GetRecordsInput = {
  readonly ShardIterator: string;
  readonly Limit?: number;
  readonly StreamARN?: string;
  readonly StreamId?: string;
  readonly DryRun?: boolean;
};

export type GetResourcePolicyInput = {
  readonly ResourceARN: string;
  readonly StreamId?: string;
};

export type GetShardIteratorInput = {
  readonly StreamName?: string;
  readonly ShardId: string;
  readonly ShardIteratorType: "AT_SEQUENCE_NUMBER" | "AFTER_SEQUENCE_NUMBER" | "TRIM_HORIZON" | "LATEST" | "AT_TIMESTAMP";
  readonly StartingSequenceNumber?: string;
  readonly Timestamp?: number;
  readonly StreamARN?: string;
  readonly StreamId?: string;
  readonly DryRun?: boolean;
};

export type IncreaseStreamRetentionPeriodInput = {
  readonly StreamName?: string;
  readonly RetentionPeriodHours: number;
  readonly StreamARN?: string;
  readonly StreamId?: string;
};

export type ListChannelsInput = {
  readonly StreamFilter?: readonly StreamFilter[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
};

export type ListQueuesInput = {
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly StreamFilter?: readonly QueueStreamFilter[];
};

export type ListShardsInput = {
  readonly StreamName?: string;
  readonly NextToken?: string;
  readonly ExclusiveStartShardId?: string;
  readonly MaxResults?: number;
  readonly StreamCreationTimestamp?: number;
  readonly ShardFilter?: ShardFilter;
  readonly StreamARN?: string;
  readonly StreamId?: string;
};

export type ListStreamConsumersInput = {
  readonly StreamARN: string;
  readonly NextToken?: string;
  readonly MaxResults?: number;
  readonly StreamCreationTimestamp?: number;
  readonly StreamId?: string;
};

export type ListStreamsInput = {
  readonly Limit?: number;
  readonly ExclusiveStartStreamName?: string;
  readonly NextToken?: string;
};

export type ListTagsForResourceInput = {
  readonly ResourceARN: string;
  readonly StreamId?: string;
};

export type ListTagsForStreamInput = {
  readonly StreamName?: string;
  readonly ExclusiveStartTagKey?: string;
  readonly Limit?: number;
  readonly StreamARN?: string;
  readonly StreamId?: string;
};

export type MergeShardsInput = {
  readonly StreamName?: string;
  readonly ShardToMerge: string;
  readonly AdjacentShardToMerge: string;
  readonly StreamARN?: string;
  readonly StreamId?: string;
};

export type MinimumThroughputBillingCommitmentInput = {
  readonly Status: "ENABLED" | "DISABLED";
};

export type PartitionField = {
  readonly Transform: "TIME_HOUR";
  readonly SourceName: string;
};

export type PartitionSpec = {
  readonly PartitionFields: readonly PartitionField[];
};

export type PutRecordInput = {
  readonly StreamName?: string;
  readonly Data: string;
  readonly PartitionKey?: string;
  readonly ExplicitHashKey?: string;
  readonly SequenceNumberForOrdering?: string;
  readonly StreamARN?: string;
  readonly StreamId?: string;
  readonly DryRun?: boolean;
};

export type PutRecordsInput = {
  readonly Records: readonly PutRecordsRequestEntry[];
  readonly StreamName?: string;
  readonly StreamARN?: string;
  readonly StreamId?: string;
  readonly DryRun?: boolean;
};

export type PutRecordsRequestEntry = {
  readonly Data: string;
  readonly ExplicitHashKey?: string;
  readonly PartitionKey?: string;
};

export type PutResourcePolicyInput = {
  readonly ResourceARN: string;
  readonly StreamId?: string;
  readonly Policy: string;
};

export type QueueAttributes = {
  readonly VisibilityTimeoutSeconds?: number;
  readonly DeadLetterConfiguration?: DeadLetterConfiguration;
};

export type QueueStartingPosition = {
  readonly Type: "TRIM_HORIZON" | "LATEST" | "AT_TIMESTAMP";
  readonly Timestamp?: number;
};

export type QueueStreamConfiguration = {
  readonly StreamARN: string;
  readonly StartingPosition?: QueueStartingPosition;
};

export type QueueStreamFilter = {
  readonly StreamARN: string;
  readonly StreamCreationTimestamp?: number;
};

export type ReceiveDeadLetterQueueRecordsInput = {
  readonly QueueARN: string;
  readonly Limit?: number;
  readonly WaitTimeSeconds?: number;
  readonly VisibilityTimeoutSeconds?: number;
};

export type ReceiveQueueRecordsInput = {
  readonly QueueARN: string;
  readonly Limit?: number;
  readonly WaitTimeSeconds?: number;
  readonly VisibilityTimeoutSeconds?: number;
};

export type RecordConfiguration = {
  readonly RecordFormatType: "GSR_JSON" | "JSON" | "STRING" | "BYTE_ARRAY";
  readonly GSRSchemaARN?: string;
};

export type RegisterStreamConsumerInput = {
  readonly StreamARN: string;
  readonly ConsumerName: string;
  readonly StreamId?: string;
  readonly Tags?: { readonly [key: string]: string };
};

export type RemoveTagsFromStreamInput = {
  readonly StreamName?: string;
  readonly TagKeys: readonly string[];
  readonly StreamARN?: string;
  readonly StreamId?: string;
};

export type RestoreDeadLetterQueueRecordsInput = {
  readonly QueueARN: string;
  readonly Entries: readonly RestoreDeadLetterQueueRecordsRequestEntry[];
};

export type RestoreDeadLetterQueueRecordsRequestEntry = {
  readonly ReceiptHandle: string;
};

export type S3DestinationConfiguration = {
  readonly DataFreshnessInSeconds?: number;
  readonly DeadLetterQueueS3Configuration?: DeadLetterQueueS3Configuration;
  readonly StorageConfiguration: S3StorageConfiguration;
};

export type S3DestinationUpdateInput = {
  readonly DataFreshnessInSeconds: number;
};

export type S3StorageConfiguration = {
  readonly BucketARN: string;
  readonly ExpectedBucketOwner: string;
  readonly OutputKeyTemplate?: string;
  readonly StorageClass?: "STANDARD" | "INTELLIGENT_TIERING" | "GLACIER_IR";
  readonly CompressionType: "NONE" | "GZIP" | "ZSTD";
};

export type S3TablesConfiguration = {
  readonly TableBucketARN: string;
  readonly Namespace: string;
  readonly TableName: string;
  readonly CompressionType: "NONE" | "ZSTD" | "SNAPPY";
  readonly PartitionSpec?: PartitionSpec;
};

export type S3TablesDestinationConfiguration = {
  readonly DataFreshnessInSeconds?: number;
  readonly DeadLetterQueueS3Configuration: DeadLetterQueueS3Configuration;
  readonly S3TablesConfigurationList: readonly S3TablesConfiguration[];
};

export type S3TablesDestinationUpdateInput = {
  readonly DataFreshnessInSeconds: number;
};

export type ShardFilter = {
  readonly Type: "AFTER_SHARD_ID" | "AT_TRIM_HORIZON" | "FROM_TRIM_HORIZON" | "AT_LATEST" | "AT_TIMESTAMP" | "FROM_TIMESTAMP";
  readonly ShardId?: string;
  readonly Timestamp?: number;
};

export type SplitShardInput = {
  readonly StreamName?: string;
  readonly ShardToSplit: string;
  readonly NewStartingHashKey: string;
  readonly StreamARN?: string;
  readonly StreamId?: string;
};

export type StartStreamEncryptionInput = {
  readonly StreamName?: string;
  readonly EncryptionType: "NONE" | "KMS";
  readonly KeyId: string;
  readonly StreamARN?: string;
  readonly StreamId?: string;
};

export type StartingPosition = {
  readonly Type: "AT_SEQUENCE_NUMBER" | "AFTER_SEQUENCE_NUMBER" | "TRIM_HORIZON" | "LATEST" | "AT_TIMESTAMP";
  readonly SequenceNumber?: string;
  readonly Timestamp?: number;
};

export type StopStreamEncryptionInput = {
  readonly StreamName?: string;
  readonly EncryptionType: "NONE" | "KMS";
  readonly KeyId: string;
  readonly StreamARN?: string;
  readonly StreamId?: string;
};

export type StreamFilter = {
  readonly StreamARN: string;
  readonly StreamCreationTimestamp?: number;
};

export type StreamModeDetails = {
  readonly StreamMode: "PROVISIONED" | "ON_DEMAND";
};

export type SubscribeToShardInput = {
  readonly ConsumerARN: string;
  readonly StreamId?: string;
  readonly ShardId: string;
  readonly StartingPosition: StartingPosition;
  readonly DryRun?: boolean;
};

export type TagResourceInput = {
  readonly Tags: { readonly [key: string]: string };
  readonly ResourceARN: string;
  readonly StreamId?: string;
};

export type UntagResourceInput = {
  readonly TagKeys: readonly string[];
  readonly ResourceARN: string;
  readonly StreamId?: string;
};

export type UpdateAccountSettingsInput = {
  readonly MinimumThroughputBillingCommitment: MinimumThroughputBillingCommitmentInput;
};

export type UpdateChannelInput = {
  readonly ChannelARN: string;
  readonly S3DestinationConfiguration?: S3DestinationUpdateInput;
  readonly S3TablesDestinationConfiguration?: S3TablesDestinationUpdateInput;
  readonly LoggingConfiguration?: ChannelLoggingUpdateInput;
};

export type UpdateDeadLetterQueueRecordsVisibilityInput = {
  readonly QueueARN: string;
  readonly Entries: readonly UpdateDeadLetterQueueRecordsVisibilityRequestEntry[];
};

export type UpdateDeadLetterQueueRecordsVisibilityRequestEntry = {
  readonly ReceiptHandle: string;
  readonly VisibilityTimeoutSeconds: number;
};

export type UpdateMaxRecordSizeInput = {
  readonly StreamARN?: string;
  readonly StreamId?: string;
  readonly MaxRecordSizeInKiB: number;
};

export type UpdateQueueInput = {
  readonly QueueARN: string;
  readonly QueueAttributes: QueueAttributes;
};

export type UpdateQueueRecordsVisibilityInput = {
  readonly QueueARN: string;
  readonly Entries: readonly UpdateQueueRecordsVisibilityRequestEntry[];
};

export type UpdateQueueRecordsVisibilityRequestEntry = {
  readonly ReceiptHandle: string;
  readonly VisibilityTimeoutSeconds: number;
};

export type UpdateShardCountInput = {
  readonly StreamName?: string;
  readonly TargetShardCount: number;
  readonly ScalingType: "UNIFORM_SCALING";
  readonly StreamARN?: string;
  readonly StreamId?: string;
};

export type UpdateStreamModeInput = {
  readonly StreamARN: string;
  readonly StreamId?: string;
  readonly StreamModeDetails: StreamModeDetails;
  readonly WarmThroughputMiBps?: number;
};

export type UpdateStreamRecordDistributionStrategyInput = {
  readonly StreamARN: string;
  readonly StreamId?: string;
  readonly RecordDistributionStrategy: "AUTO" | "USER_PARTITION_KEY";
};

export type UpdateStreamWarmThroughputInput = {
  readonly StreamARN?: string;
  readonly StreamName?: string;
  readonly StreamId?: string;
  readonly WarmThroughputMiBps: number;
};
