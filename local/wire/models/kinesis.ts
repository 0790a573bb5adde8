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

export interface AcknowledgeDeadLetterQueueRecordsInput {
  readonly QueueARN: string;
  readonly Entries: readonly AcknowledgeDeadLetterQueueRecordsRequestEntry[];
}

export interface AcknowledgeDeadLetterQueueRecordsRequestEntry {
  readonly ReceiptHandle: string;
}

export interface AcknowledgeQueueRecordsInput {
  readonly QueueARN: string;
  readonly Entries: readonly AcknowledgeQueueRecordsRequestEntry[];
}

export interface AcknowledgeQueueRecordsRequestEntry {
  readonly ReceiptHandle: string;
}

export interface AddTagsToStreamInput {
  readonly StreamName?: string;
  readonly Tags: { readonly [key: string]: string };
  readonly StreamARN?: string;
  readonly StreamId?: string;
}

export interface ChannelEncryptionConfiguration {
  readonly EncryptionType: "KMS";
  readonly KeyId: string;
}

export interface ChannelLoggingConfiguration {
  readonly CloudWatchLogs: CloudWatchLogs;
}

export interface ChannelLoggingUpdateInput {
  readonly CloudWatchLogs: CloudWatchLogsUpdateInput;
}

export interface ChannelStreamConfiguration {
  readonly StreamARN: string;
  readonly RecordConfiguration: RecordConfiguration;
}

export interface CloudWatchLogs {
  readonly Enabled: boolean;
  readonly LogGroupName?: string;
  readonly LogStreamName?: string;
}

export interface CloudWatchLogsUpdateInput {
  readonly Enabled: boolean;
  readonly LogGroupName?: string;
  readonly LogStreamName?: string;
}

export interface CreateChannelInput {
  readonly ChannelName: string;
  readonly ServiceExecutionRoleARN: string;
  readonly StreamConfigurationList: readonly ChannelStreamConfiguration[];
  readonly S3DestinationConfiguration?: S3DestinationConfiguration;
  readonly S3TablesDestinationConfiguration?: S3TablesDestinationConfiguration;
  readonly EncryptionConfiguration?: ChannelEncryptionConfiguration;
  readonly Tags?: { readonly [key: string]: string };
  readonly LoggingConfiguration?: ChannelLoggingConfiguration;
}

export interface CreateQueueInput {
  readonly QueueName: string;
  readonly StreamConfigurationList: readonly QueueStreamConfiguration[];
  readonly QueueAttributes?: QueueAttributes;
  readonly Tags?: { readonly [key: string]: string };
}

export interface CreateStreamInput {
  readonly StreamName: string;
  readonly ShardCount?: number;
  readonly StreamModeDetails?: StreamModeDetails;
  readonly Tags?: { readonly [key: string]: string };
  readonly WarmThroughputMiBps?: number;
  readonly MaxRecordSizeInKiB?: number;
  readonly RecordDistributionStrategy?: "AUTO" | "USER_PARTITION_KEY";
}

export interface DeadLetterConfiguration {
  readonly TargetType: "BUILT_IN" | "NONE";
  readonly MaxReceiveCount?: number;
}

export interface DeadLetterQueueS3Configuration {
  readonly BucketARN: string;
  readonly ExpectedBucketOwner: string;
  readonly ErrorOutputPrefix?: string;
}

export interface DecreaseStreamRetentionPeriodInput {
  readonly StreamName?: string;
  readonly RetentionPeriodHours: number;
  readonly StreamARN?: string;
  readonly StreamId?: string;
}

export interface DeleteChannelInput {
  readonly ChannelARN: string;
}

export interface DeleteQueueInput {
  readonly QueueARN: string;
}

export interface DeleteResourcePolicyInput {
  readonly ResourceARN: string;
  readonly StreamId?: string;
}

export interface DeleteStreamInput {
  readonly StreamName?: string;
  readonly EnforceConsumerDeletion?: boolean;
  readonly StreamARN?: string;
  readonly StreamId?: string;
}

export interface DeregisterStreamConsumerInput {
  readonly StreamARN?: string;
  readonly ConsumerName?: string;
  readonly ConsumerARN?: string;
  readonly StreamId?: string;
}

export interface DescribeAccountSettingsInput {

}

export interface DescribeChannelInput {
  readonly ChannelARN: string;
}

export interface DescribeLimitsInput {

}

export interface DescribeQueueInput {
  readonly QueueARN: string;
}

export interface DescribeStreamConsumerInput {
  readonly StreamARN?: string;
  readonly ConsumerName?: string;
  readonly ConsumerARN?: string;
  readonly StreamId?: string;
}

export interface DescribeStreamInput {
  readonly StreamName?: string;
  readonly Limit?: number;
  readonly ExclusiveStartShardId?: string;
  readonly StreamARN?: string;
  readonly StreamId?: string;
}

export interface DescribeStreamSummaryInput {
  readonly StreamName?: string;
  readonly StreamARN?: string;
  readonly StreamId?: string;
}

export interface DisableEnhancedMonitoringInput {
  readonly StreamName?: string;
  readonly ShardLevelMetrics: readonly ("IncomingBytes" | "IncomingRecords" | "OutgoingBytes" | "OutgoingRecords" | "WriteProvisionedThroughputExceeded" | "ReadProvisionedThroughputExceeded" | "IteratorAgeMilliseconds" | "ALL")[];
  readonly StreamARN?: string;
  readonly StreamId?: string;
}

export interface EnableEnhancedMonitoringInput {
  readonly StreamName?: string;
  readonly ShardLevelMetrics: readonly ("IncomingBytes" | "IncomingRecords" | "OutgoingBytes" | "OutgoingRecords" | "WriteProvisionedThroughputExceeded" | "ReadProvisionedThroughputExceeded" | "IteratorAgeMilliseconds" | "ALL")[];
  readonly StreamARN?: string;
  readonly StreamId?: string;
}

export interface GetRecordsInput {
  readonly ShardIterator: string;
  readonly Limit?: number;
  readonly StreamARN?: string;
  readonly StreamId?: string;
  readonly DryRun?: boolean;
}

export interface GetResourcePolicyInput {
  readonly ResourceARN: string;
  readonly StreamId?: string;
}

export interface GetShardIteratorInput {
  readonly StreamName?: string;
  readonly ShardId: string;
  readonly ShardIteratorType: "AT_SEQUENCE_NUMBER" | "AFTER_SEQUENCE_NUMBER" | "TRIM_HORIZON" | "LATEST" | "AT_TIMESTAMP";
  readonly StartingSequenceNumber?: string;
  readonly Timestamp?: number;
  readonly StreamARN?: string;
  readonly StreamId?: string;
  readonly DryRun?: boolean;
}

export interface IncreaseStreamRetentionPeriodInput {
  readonly StreamName?: string;
  readonly RetentionPeriodHours: number;
  readonly StreamARN?: string;
  readonly StreamId?: string;
}

export interface ListChannelsInput {
  readonly StreamFilter?: readonly StreamFilter[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface ListQueuesInput {
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly StreamFilter?: readonly QueueStreamFilter[];
}

export interface ListShardsInput {
  readonly StreamName?: string;
  readonly NextToken?: string;
  readonly ExclusiveStartShardId?: string;
  readonly MaxResults?: number;
  readonly StreamCreationTimestamp?: number;
  readonly ShardFilter?: ShardFilter;
  readonly StreamARN?: string;
  readonly StreamId?: string;
}

export interface ListStreamConsumersInput {
  readonly StreamARN: string;
  readonly NextToken?: string;
  readonly MaxResults?: number;
  readonly StreamCreationTimestamp?: number;
  readonly StreamId?: string;
}

export interface ListStreamsInput {
  readonly Limit?: number;
  readonly ExclusiveStartStreamName?: string;
  readonly NextToken?: string;
}

export interface ListTagsForResourceInput {
  readonly ResourceARN: string;
  readonly StreamId?: string;
}

export interface ListTagsForStreamInput {
  readonly StreamName?: string;
  readonly ExclusiveStartTagKey?: string;
  readonly Limit?: number;
  readonly StreamARN?: string;
  readonly StreamId?: string;
}

export interface MergeShardsInput {
  readonly StreamName?: string;
  readonly ShardToMerge: string;
  readonly AdjacentShardToMerge: string;
  readonly StreamARN?: string;
  readonly StreamId?: string;
}

export interface MinimumThroughputBillingCommitmentInput {
  readonly Status: "ENABLED" | "DISABLED";
}

export interface PartitionField {
  readonly Transform: "TIME_HOUR";
  readonly SourceName: string;
}

export interface PartitionSpec {
  readonly PartitionFields: readonly PartitionField[];
}

export interface PutRecordInput {
  readonly StreamName?: string;
  readonly Data: string;
  readonly PartitionKey?: string;
  readonly ExplicitHashKey?: string;
  readonly SequenceNumberForOrdering?: string;
  readonly StreamARN?: string;
  readonly StreamId?: string;
  readonly DryRun?: boolean;
}

export interface PutRecordsInput {
  readonly Records: readonly PutRecordsRequestEntry[];
  readonly StreamName?: string;
  readonly StreamARN?: string;
  readonly StreamId?: string;
  readonly DryRun?: boolean;
}

export interface PutRecordsRequestEntry {
  readonly Data: string;
  readonly ExplicitHashKey?: string;
  readonly PartitionKey?: string;
}

export interface PutResourcePolicyInput {
  readonly ResourceARN: string;
  readonly StreamId?: string;
  readonly Policy: string;
}

export interface QueueAttributes {
  readonly VisibilityTimeoutSeconds?: number;
  readonly DeadLetterConfiguration?: DeadLetterConfiguration;
}

export interface QueueStartingPosition {
  readonly Type: "TRIM_HORIZON" | "LATEST" | "AT_TIMESTAMP";
  readonly Timestamp?: number;
}

export interface QueueStreamConfiguration {
  readonly StreamARN: string;
  readonly StartingPosition?: QueueStartingPosition;
}

export interface QueueStreamFilter {
  readonly StreamARN: string;
  readonly StreamCreationTimestamp?: number;
}

export interface ReceiveDeadLetterQueueRecordsInput {
  readonly QueueARN: string;
  readonly Limit?: number;
  readonly WaitTimeSeconds?: number;
  readonly VisibilityTimeoutSeconds?: number;
}

export interface ReceiveQueueRecordsInput {
  readonly QueueARN: string;
  readonly Limit?: number;
  readonly WaitTimeSeconds?: number;
  readonly VisibilityTimeoutSeconds?: number;
}

export interface RecordConfiguration {
  readonly RecordFormatType: "GSR_JSON" | "JSON" | "STRING" | "BYTE_ARRAY";
  readonly GSRSchemaARN?: string;
}

export interface RegisterStreamConsumerInput {
  readonly StreamARN: string;
  readonly ConsumerName: string;
  readonly StreamId?: string;
  readonly Tags?: { readonly [key: string]: string };
}

export interface RemoveTagsFromStreamInput {
  readonly StreamName?: string;
  readonly TagKeys: readonly string[];
  readonly StreamARN?: string;
  readonly StreamId?: string;
}

export interface RestoreDeadLetterQueueRecordsInput {
  readonly QueueARN: string;
  readonly Entries: readonly RestoreDeadLetterQueueRecordsRequestEntry[];
}

export interface RestoreDeadLetterQueueRecordsRequestEntry {
  readonly ReceiptHandle: string;
}

export interface S3DestinationConfiguration {
  readonly DataFreshnessInSeconds?: number;
  readonly DeadLetterQueueS3Configuration?: DeadLetterQueueS3Configuration;
  readonly StorageConfiguration: S3StorageConfiguration;
}

export interface S3DestinationUpdateInput {
  readonly DataFreshnessInSeconds: number;
}

export interface S3StorageConfiguration {
  readonly BucketARN: string;
  readonly ExpectedBucketOwner: string;
  readonly OutputKeyTemplate?: string;
  readonly StorageClass?: "STANDARD" | "INTELLIGENT_TIERING" | "GLACIER_IR";
  readonly CompressionType: "NONE" | "GZIP" | "ZSTD";
}

export interface S3TablesConfiguration {
  readonly TableBucketARN: string;
  readonly Namespace: string;
  readonly TableName: string;
  readonly CompressionType: "NONE" | "ZSTD" | "SNAPPY";
  readonly PartitionSpec?: PartitionSpec;
}

export interface S3TablesDestinationConfiguration {
  readonly DataFreshnessInSeconds?: number;
  readonly DeadLetterQueueS3Configuration: DeadLetterQueueS3Configuration;
  readonly S3TablesConfigurationList: readonly S3TablesConfiguration[];
}

export interface S3TablesDestinationUpdateInput {
  readonly DataFreshnessInSeconds: number;
}

export interface ShardFilter {
  readonly Type: "AFTER_SHARD_ID" | "AT_TRIM_HORIZON" | "FROM_TRIM_HORIZON" | "AT_LATEST" | "AT_TIMESTAMP" | "FROM_TIMESTAMP";
  readonly ShardId?: string;
  readonly Timestamp?: number;
}

export interface SplitShardInput {
  readonly StreamName?: string;
  readonly ShardToSplit: string;
  readonly NewStartingHashKey: string;
  readonly StreamARN?: string;
  readonly StreamId?: string;
}

export interface StartStreamEncryptionInput {
  readonly StreamName?: string;
  readonly EncryptionType: "NONE" | "KMS";
  readonly KeyId: string;
  readonly StreamARN?: string;
  readonly StreamId?: string;
}

export interface StartingPosition {
  readonly Type: "AT_SEQUENCE_NUMBER" | "AFTER_SEQUENCE_NUMBER" | "TRIM_HORIZON" | "LATEST" | "AT_TIMESTAMP";
  readonly SequenceNumber?: string;
  readonly Timestamp?: number;
}

export interface StopStreamEncryptionInput {
  readonly StreamName?: string;
  readonly EncryptionType: "NONE" | "KMS";
  readonly KeyId: string;
  readonly StreamARN?: string;
  readonly StreamId?: string;
}

export interface StreamFilter {
  readonly StreamARN: string;
  readonly StreamCreationTimestamp?: number;
}

export interface StreamModeDetails {
  readonly StreamMode: "PROVISIONED" | "ON_DEMAND";
}

export interface SubscribeToShardInput {
  readonly ConsumerARN: string;
  readonly StreamId?: string;
  readonly ShardId: string;
  readonly StartingPosition: StartingPosition;
  readonly DryRun?: boolean;
}

export interface TagResourceInput {
  readonly Tags: { readonly [key: string]: string };
  readonly ResourceARN: string;
  readonly StreamId?: string;
}

export interface UntagResourceInput {
  readonly TagKeys: readonly string[];
  readonly ResourceARN: string;
  readonly StreamId?: string;
}

export interface UpdateAccountSettingsInput {
  readonly MinimumThroughputBillingCommitment: MinimumThroughputBillingCommitmentInput;
}

export interface UpdateChannelInput {
  readonly ChannelARN: string;
  readonly S3DestinationConfiguration?: S3DestinationUpdateInput;
  readonly S3TablesDestinationConfiguration?: S3TablesDestinationUpdateInput;
  readonly LoggingConfiguration?: ChannelLoggingUpdateInput;
}

export interface UpdateDeadLetterQueueRecordsVisibilityInput {
  readonly QueueARN: string;
  readonly Entries: readonly UpdateDeadLetterQueueRecordsVisibilityRequestEntry[];
}

export interface UpdateDeadLetterQueueRecordsVisibilityRequestEntry {
  readonly ReceiptHandle: string;
  readonly VisibilityTimeoutSeconds: number;
}

export interface UpdateMaxRecordSizeInput {
  readonly StreamARN?: string;
  readonly StreamId?: string;
  readonly MaxRecordSizeInKiB: number;
}

export interface UpdateQueueInput {
  readonly QueueARN: string;
  readonly QueueAttributes: QueueAttributes;
}

export interface UpdateQueueRecordsVisibilityInput {
  readonly QueueARN: string;
  readonly Entries: readonly UpdateQueueRecordsVisibilityRequestEntry[];
}

export interface UpdateQueueRecordsVisibilityRequestEntry {
  readonly ReceiptHandle: string;
  readonly VisibilityTimeoutSeconds: number;
}

export interface UpdateShardCountInput {
  readonly StreamName?: string;
  readonly TargetShardCount: number;
  readonly ScalingType: "UNIFORM_SCALING";
  readonly StreamARN?: string;
  readonly StreamId?: string;
}

export interface UpdateStreamModeInput {
  readonly StreamARN: string;
  readonly StreamId?: string;
  readonly StreamModeDetails: StreamModeDetails;
  readonly WarmThroughputMiBps?: number;
}

export interface UpdateStreamRecordDistributionStrategyInput {
  readonly StreamARN: string;
  readonly StreamId?: string;
  readonly RecordDistributionStrategy: "AUTO" | "USER_PARTITION_KEY";
}

export interface UpdateStreamWarmThroughputInput {
  readonly StreamARN?: string;
  readonly StreamName?: string;
  readonly StreamId?: string;
  readonly WarmThroughputMiBps: number;
}
