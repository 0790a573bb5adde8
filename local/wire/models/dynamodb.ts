// botocore 1.44.8, data/dynamodb/2012-08-10/service-2.json.gz (PyPI, Apache-2.0), without its documentation. Made by scripts/update-service-models.ts: do not edit.

/** What each operation takes, by its name. */
export interface Inputs {
  readonly BatchExecuteStatement: BatchExecuteStatementInput;
  readonly BatchGetItem: BatchGetItemInput;
  readonly BatchWriteItem: BatchWriteItemInput;
  readonly CancelBulkOperation: CancelBulkOperationInput;
  readonly CreateBackup: CreateBackupInput;
  readonly CreateGlobalTable: CreateGlobalTableInput;
  readonly CreateTable: CreateTableInput;
  readonly DeleteBackup: DeleteBackupInput;
  readonly DeleteItem: DeleteItemInput;
  readonly DeleteResourcePolicy: DeleteResourcePolicyInput;
  readonly DeleteTable: DeleteTableInput;
  readonly DescribeBackup: DescribeBackupInput;
  readonly DescribeBulkOperation: DescribeBulkOperationInput;
  readonly DescribeContinuousBackups: DescribeContinuousBackupsInput;
  readonly DescribeContributorInsights: DescribeContributorInsightsInput;
  readonly DescribeEndpoints: DescribeEndpointsRequest;
  readonly DescribeExport: DescribeExportInput;
  readonly DescribeGlobalTable: DescribeGlobalTableInput;
  readonly DescribeGlobalTableSettings: DescribeGlobalTableSettingsInput;
  readonly DescribeImport: DescribeImportInput;
  readonly DescribeKinesisStreamingDestination: DescribeKinesisStreamingDestinationInput;
  readonly DescribeLimits: DescribeLimitsInput;
  readonly DescribeTable: DescribeTableInput;
  readonly DescribeTableReplicaAutoScaling: DescribeTableReplicaAutoScalingInput;
  readonly DescribeTimeToLive: DescribeTimeToLiveInput;
  readonly DisableKinesisStreamingDestination: KinesisStreamingDestinationInput;
  readonly EnableKinesisStreamingDestination: KinesisStreamingDestinationInput;
  readonly ExecuteStatement: ExecuteStatementInput;
  readonly ExecuteTransaction: ExecuteTransactionInput;
  readonly ExportTableToPointInTime: ExportTableToPointInTimeInput;
  readonly GetItem: GetItemInput;
  readonly GetResourcePolicy: GetResourcePolicyInput;
  readonly ImportTable: ImportTableInput;
  readonly ListBackups: ListBackupsInput;
  readonly ListBulkOperations: ListBulkOperationsInput;
  readonly ListContributorInsights: ListContributorInsightsInput;
  readonly ListExports: ListExportsInput;
  readonly ListGlobalTables: ListGlobalTablesInput;
  readonly ListImports: ListImportsInput;
  readonly ListTables: ListTablesInput;
  readonly ListTagsOfResource: ListTagsOfResourceInput;
  readonly PutItem: PutItemInput;
  readonly PutResourcePolicy: PutResourcePolicyInput;
  readonly Query: QueryInput;
  readonly RestoreTableFromBackup: RestoreTableFromBackupInput;
  readonly RestoreTableToPointInTime: RestoreTableToPointInTimeInput;
  readonly Scan: ScanInput;
  readonly SearchVectors: SearchVectorsInput;
  readonly StartBulkPutItems: StartBulkPutItemsInput;
  readonly TagResource: TagResourceInput;
  readonly TransactGetItems: TransactGetItemsInput;
  readonly TransactWriteItems: TransactWriteItemsInput;
  readonly UntagResource: UntagResourceInput;
  readonly UpdateContinuousBackups: UpdateContinuousBackupsInput;
  readonly UpdateContributorInsights: UpdateContributorInsightsInput;
  readonly UpdateGlobalTable: UpdateGlobalTableInput;
  readonly UpdateGlobalTableSettings: UpdateGlobalTableSettingsInput;
  readonly UpdateItem: UpdateItemInput;
  readonly UpdateKinesisStreamingDestination: UpdateKinesisStreamingDestinationInput;
  readonly UpdateTable: UpdateTableInput;
  readonly UpdateTableReplicaAutoScaling: UpdateTableReplicaAutoScalingInput;
  readonly UpdateTimeToLive: UpdateTimeToLiveInput;
}

export type AttributeDefinition = {
  readonly AttributeName: string;
  readonly AttributeType: "S" | "N" | "B";
};

export type AttributeValue = {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly string[];
  readonly M?: { readonly [key: string]: AttributeValue };
  readonly L?: readonly AttributeValue[];
  readonly NULL?: boolean;
  readonly BOOL?: boolean;
};

export type AttributeValueUpdate = {
  readonly Value?: AttributeValue;
  readonly Action?: "ADD" | "PUT" | "DELETE";
};

export type AutoScalingPolicyUpdate = {
  readonly PolicyName?: string;
  readonly TargetTrackingScalingPolicyConfiguration: AutoScalingTargetTrackingScalingPolicyConfigurationUpdate;
};

export type AutoScalingSettingsUpdate = {
  readonly MinimumUnits?: number;
  readonly MaximumUnits?: number;
  readonly AutoScalingDisabled?: boolean;
  readonly AutoScalingRoleArn?: string;
  readonly ScalingPolicyUpdate?: AutoScalingPolicyUpdate;
};

export type AutoScalingTargetTrackingScalingPolicyConfigurationUpdate = {
  readonly DisableScaleIn?: boolean;
  readonly ScaleInCooldown?: number;
  readonly ScaleOutCooldown?: number;
  readonly TargetValue: number;
};

export type BatchExecuteStatementInput = {
  readonly Statements: readonly BatchStatementRequest[];
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
};

export type BatchGetItemInput = {
  readonly RequestItems: { readonly [key: string]: KeysAndAttributes };
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
};

export type BatchStatementRequest = {
  readonly Statement: string;
  readonly Parameters?: readonly AttributeValue[];
  readonly ConsistentRead?: boolean;
  readonly ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
};

export type BatchWriteItemInput = {
  readonly RequestItems: { readonly [key: string]: readonly WriteRequest[] };
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
  readonly ReturnItemCollectionMetrics?: "SIZE" | "NONE";
};

export type CancelBulkOperationInput = {
  readonly BulkOperationArn: string;
};

export type Condition = {
  readonly AttributeValueList?: readonly AttributeValue[];
  readonly ComparisonOperator: "EQ" | "NE" | "IN" | "LE" | "LT" | "GE" | "GT" | "BETWEEN" | "NOT_NULL" | "NULL" | "CONTAINS" | "NOT_CONTAINS" | "BEGINS_WITH";
};

export type ConditionCheck = {
  readonly Key: { readonly [key: string]: AttributeValue };
  readonly TableName: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
  readonly ExpressionAttributeValues?: { readonly [key: string]: AttributeValue };
  readonly ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
};

export type CreateBackupInput = {
  readonly TableName: string;
  readonly BackupName: string;
};

export type CreateGlobalSecondaryIndexAction = {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: Projection;
  readonly ProvisionedThroughput?: ProvisionedThroughput;
  readonly OnDemandThroughput?: OnDemandThroughput;
  readonly WarmThroughput?: WarmThroughput;
};

export type CreateGlobalTableInput = {
  readonly GlobalTableName: string;
  readonly ReplicationGroup: readonly Replica[];
};

export type CreateGlobalTableWitnessGroupMemberAction = {
  readonly RegionName: string;
};

export type CreateReplicaAction = {
  readonly RegionName: string;
};

export type CreateReplicationGroupMemberAction = {
  readonly RegionName: string;
  readonly KMSMasterKeyId?: string;
  readonly ProvisionedThroughputOverride?: ProvisionedThroughputOverride;
  readonly OnDemandThroughputOverride?: OnDemandThroughputOverride;
  readonly GlobalSecondaryIndexes?: readonly ReplicaGlobalSecondaryIndex[];
  readonly TableClassOverride?: "STANDARD" | "STANDARD_INFREQUENT_ACCESS";
};

export type CreateTableInput = {
  readonly AttributeDefinitions?: readonly AttributeDefinition[];
  readonly TableName: string;
  readonly KeySchema?: readonly KeySchemaElement[];
  readonly LocalSecondaryIndexes?: readonly LocalSecondaryIndex[];
  readonly GlobalSecondaryIndexes?: readonly GlobalSecondaryIndex[];
  readonly BillingMode?: "PROVISIONED" | "PAY_PER_REQUEST";
  readonly ProvisionedThroughput?: ProvisionedThroughput;
  readonly StreamSpecification?: StreamSpecification;
  readonly SSESpecification?: SSESpecification;
  readonly Tags?: readonly Tag[];
  readonly TableClass?: "STANDARD" | "STANDARD_INFREQUENT_ACCESS";
  readonly DeletionProtectionEnabled?: boolean;
  readonly WarmThroughput?: WarmThroughput;
  readonly ResourcePolicy?: string;
  readonly OnDemandThroughput?: OnDemandThroughput;
  readonly GlobalTableSourceArn?: string;
  readonly GlobalTableSettingsReplicationMode?: "ENABLED" | "DISABLED" | "ENABLED_WITH_OVERRIDES";
  readonly VectorIndexes?: readonly VectorIndex[];
};

export type CreateVectorIndexAction = {
  readonly IndexName: string;
  readonly VectorAttribute: VectorAttributeDefinition;
  readonly SearchSchema?: readonly SearchSchemaElement[];
  readonly Projection: Projection;
  readonly Dimensions: number;
  readonly DistanceFunction: "COSINE" | "DOT_PRODUCT" | "EUCLIDEAN";
};

export type CsvOptions = {
  readonly Delimiter?: string;
  readonly HeaderList?: readonly string[];
};

export type Delete = {
  readonly Key: { readonly [key: string]: AttributeValue };
  readonly TableName: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
  readonly ExpressionAttributeValues?: { readonly [key: string]: AttributeValue };
  readonly ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
};

export type DeleteBackupInput = {
  readonly BackupArn: string;
};

export type DeleteGlobalSecondaryIndexAction = {
  readonly IndexName: string;
};

export type DeleteGlobalTableWitnessGroupMemberAction = {
  readonly RegionName: string;
};

export type DeleteItemInput = {
  readonly TableName: string;
  readonly Key: { readonly [key: string]: AttributeValue };
  readonly Expected?: { readonly [key: string]: ExpectedAttributeValue };
  readonly ConditionalOperator?: "AND" | "OR";
  readonly ReturnValues?: "NONE" | "ALL_OLD" | "UPDATED_OLD" | "ALL_NEW" | "UPDATED_NEW";
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
  readonly ReturnItemCollectionMetrics?: "SIZE" | "NONE";
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
  readonly ExpressionAttributeValues?: { readonly [key: string]: AttributeValue };
  readonly ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
};

export type DeleteReplicaAction = {
  readonly RegionName: string;
};

export type DeleteReplicationGroupMemberAction = {
  readonly RegionName: string;
};

export type DeleteRequest = {
  readonly Key: { readonly [key: string]: AttributeValue };
};

export type DeleteResourcePolicyInput = {
  readonly ResourceArn: string;
  readonly ExpectedRevisionId?: string;
};

export type DeleteTableInput = {
  readonly TableName: string;
};

export type DeleteVectorIndexAction = {
  readonly IndexName: string;
};

export type DescribeBackupInput = {
  readonly BackupArn: string;
};

export type DescribeBulkOperationInput = {
  readonly BulkOperationArn: string;
};

export type DescribeContinuousBackupsInput = {
  readonly TableName: string;
};

export type DescribeContributorInsightsInput = {
  readonly TableName: string;
  readonly IndexName?: string;
};

export type DescribeEndpointsRequest = {

};

export type DescribeExportInput = {
  readonly ExportArn: string;
};

export type DescribeGlobalTableInput = {
  readonly GlobalTableName: string;
};

export type DescribeGlobalTableSettingsInput = {
  readonly GlobalTableName: string;
};

export type DescribeImportInput = {
  readonly ImportArn: string;
};

export type DescribeKinesisStreamingDestinationInput = {
  readonly TableName: string;
};

export type DescribeLimitsInput = {

};

export type DescribeTableInput = {
  readonly TableName: string;
};

export type DescribeTableReplicaAutoScalingInput = {
  readonly TableName: string;
};

export type DescribeTimeToLiveInput = {
  readonly TableName: string;
};

export type DisassociateReplicationGroupMemberAction = {
  readonly RegionName: string;
  readonly DisassociationMode: "WAIT_FOR_REPLICATION";
};

export type EnableKinesisStreamingConfiguration = {
  readonly ApproximateCreationDateTimePrecision?: "MILLISECOND" | "MICROSECOND";
};

export type ExecuteStatementInput = {
  readonly Statement: string;
  readonly Parameters?: readonly AttributeValue[];
  readonly ConsistentRead?: boolean;
  readonly NextToken?: string;
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
  readonly Limit?: number;
  readonly ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
};

export type ExecuteTransactionInput = {
  readonly TransactStatements: readonly ParameterizedStatement[];
  readonly ClientRequestToken?: string;
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
};

export type ExpectedAttributeValue = {
  readonly Value?: AttributeValue;
  readonly Exists?: boolean;
  readonly ComparisonOperator?: "EQ" | "NE" | "IN" | "LE" | "LT" | "GE" | "GT" | "BETWEEN" | "NOT_NULL" | "NULL" | "CONTAINS" | "NOT_CONTAINS" | "BEGINS_WITH";
  readonly AttributeValueList?: readonly AttributeValue[];
};

export type ExportTableToPointInTimeInput = {
  readonly TableArn: string;
  readonly ExportTime?: number;
  readonly ClientToken?: string;
  readonly S3Bucket: string;
  readonly S3BucketOwner?: string;
  readonly S3Prefix?: string;
  readonly S3SseAlgorithm?: "AES256" | "KMS";
  readonly S3SseKmsKeyId?: string;
  readonly ExportFormat?: "DYNAMODB_JSON" | "ION";
  readonly ExportType?: "FULL_EXPORT" | "INCREMENTAL_EXPORT";
  readonly IncrementalExportSpecification?: IncrementalExportSpecification;
  readonly FilterSpecification?: FilterSpecification;
};

export type FilterSpecification = {
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
  readonly ExpressionAttributeValues?: { readonly [key: string]: AttributeValue };
};

export type Get = {
  readonly Key: { readonly [key: string]: AttributeValue };
  readonly TableName: string;
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
};

export type GetItemInput = {
  readonly TableName: string;
  readonly Key: { readonly [key: string]: AttributeValue };
  readonly AttributesToGet?: readonly string[];
  readonly ConsistentRead?: boolean;
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
};

export type GetResourcePolicyInput = {
  readonly ResourceArn: string;
};

export type GlobalSecondaryIndex = {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: Projection;
  readonly ProvisionedThroughput?: ProvisionedThroughput;
  readonly OnDemandThroughput?: OnDemandThroughput;
  readonly WarmThroughput?: WarmThroughput;
};

export type GlobalSecondaryIndexAutoScalingUpdate = {
  readonly IndexName?: string;
  readonly ProvisionedWriteCapacityAutoScalingUpdate?: AutoScalingSettingsUpdate;
};

export type GlobalSecondaryIndexUpdate = {
  readonly Update?: UpdateGlobalSecondaryIndexAction;
  readonly Create?: CreateGlobalSecondaryIndexAction;
  readonly Delete?: DeleteGlobalSecondaryIndexAction;
};

export type GlobalTableGlobalSecondaryIndexSettingsUpdate = {
  readonly IndexName: string;
  readonly ProvisionedWriteCapacityUnits?: number;
  readonly ProvisionedWriteCapacityAutoScalingSettingsUpdate?: AutoScalingSettingsUpdate;
};

export type GlobalTableWitnessGroupUpdate = {
  readonly Create?: CreateGlobalTableWitnessGroupMemberAction;
  readonly Delete?: DeleteGlobalTableWitnessGroupMemberAction;
};

export type ImportTableInput = {
  readonly ClientToken?: string;
  readonly S3BucketSource: S3BucketSource;
  readonly InputFormat: "DYNAMODB_JSON" | "ION" | "CSV";
  readonly InputFormatOptions?: InputFormatOptions;
  readonly InputCompressionType?: "GZIP" | "ZSTD" | "NONE";
  readonly TableCreationParameters: TableCreationParameters;
};

export type IncrementalExportSpecification = {
  readonly ExportFromTime?: number;
  readonly ExportToTime?: number;
  readonly ExportViewType?: "NEW_IMAGE" | "NEW_AND_OLD_IMAGES";
};

export type InputFormatOptions = {
  readonly Csv?: CsvOptions;
};

export type InputS3Configuration = {
  readonly S3BucketOwner?: string;
  readonly S3Bucket: string;
  readonly S3KeyPrefix?: string;
  readonly InputFormat: "DYNAMODB_JSON" | "ION";
  readonly InputCompressionType?: "GZIP" | "ZSTD" | "NONE";
};

export type KeySchemaElement = {
  readonly AttributeName: string;
  readonly KeyType: "HASH" | "RANGE";
};

export type KeysAndAttributes = {
  readonly Keys: readonly ({ readonly [key: string]: AttributeValue })[];
  readonly AttributesToGet?: readonly string[];
  readonly ConsistentRead?: boolean;
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
};

export type KinesisStreamingDestinationInput = {
  readonly TableName: string;
  readonly StreamArn: string;
  readonly EnableKinesisStreamingConfiguration?: EnableKinesisStreamingConfiguration;
};

export type ListBackupsInput = {
  readonly TableName?: string;
  readonly Limit?: number;
  readonly TimeRangeLowerBound?: number;
  readonly TimeRangeUpperBound?: number;
  readonly ExclusiveStartBackupArn?: string;
  readonly BackupType?: "USER" | "SYSTEM" | "AWS_BACKUP" | "ALL";
};

export type ListBulkOperationsInput = {
  readonly MaxResults?: number;
  readonly NextToken?: string;
};

export type ListContributorInsightsInput = {
  readonly TableName?: string;
  readonly NextToken?: string;
  readonly MaxResults?: number;
};

export type ListExportsInput = {
  readonly TableArn?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
};

export type ListGlobalTablesInput = {
  readonly ExclusiveStartGlobalTableName?: string;
  readonly Limit?: number;
  readonly RegionName?: string;
};

export type ListImportsInput = {
  readonly TableArn?: string;
  readonly PageSize?: number;
  readonly NextToken?: string;
};

export type ListTablesInput = {
  readonly ExclusiveStartTableName?: string;
  readonly Limit?: number;
};

export type ListTagsOfResourceInput = {
  readonly ResourceArn: string;
  readonly NextToken?: string;
};

export type LocalSecondaryIndex = {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: Projection;
};

export type OnDemandThroughput = {
  readonly MaxReadRequestUnits?: number;
  readonly MaxWriteRequestUnits?: number;
};

export type OnDemandThroughputOverride = {
  readonly MaxReadRequestUnits?: number;
};

export type OutputS3Configuration = {
  readonly S3BucketOwner?: string;
  readonly S3Bucket?: string;
  readonly S3KeyPrefix?: string;
  readonly S3SseAlgorithm?: "AES256" | "KMS";
  readonly S3SseKmsKeyId?: string;
  readonly OutputType: readonly ("ERROR" | "CONDITION_CHECK_FAILURE")[];
};

export type ParameterizedStatement = {
  readonly Statement: string;
  readonly Parameters?: readonly AttributeValue[];
  readonly ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
};

export type PointInTimeRecoverySpecification = {
  readonly PointInTimeRecoveryEnabled: boolean;
  readonly RecoveryPeriodInDays?: number;
};

export type Projection = {
  readonly ProjectionType?: "ALL" | "KEYS_ONLY" | "INCLUDE";
  readonly NonKeyAttributes?: readonly string[];
};

export type ProvisionedThroughput = {
  readonly ReadCapacityUnits: number;
  readonly WriteCapacityUnits: number;
};

export type ProvisionedThroughputOverride = {
  readonly ReadCapacityUnits?: number;
};

export type Put = {
  readonly Item: { readonly [key: string]: AttributeValue };
  readonly TableName: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
  readonly ExpressionAttributeValues?: { readonly [key: string]: AttributeValue };
  readonly ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
};

export type PutItemInput = {
  readonly TableName: string;
  readonly Item: { readonly [key: string]: AttributeValue };
  readonly Expected?: { readonly [key: string]: ExpectedAttributeValue };
  readonly ReturnValues?: "NONE" | "ALL_OLD" | "UPDATED_OLD" | "ALL_NEW" | "UPDATED_NEW";
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
  readonly ReturnItemCollectionMetrics?: "SIZE" | "NONE";
  readonly ConditionalOperator?: "AND" | "OR";
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
  readonly ExpressionAttributeValues?: { readonly [key: string]: AttributeValue };
  readonly ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
};

export type PutRequest = {
  readonly Item: { readonly [key: string]: AttributeValue };
};

export type PutResourcePolicyInput = {
  readonly ResourceArn: string;
  readonly Policy: string;
  readonly ExpectedRevisionId?: string;
  readonly ConfirmRemoveSelfResourceAccess?: boolean;
};

export type QueryInput = {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly Select?: "ALL_ATTRIBUTES" | "ALL_PROJECTED_ATTRIBUTES" | "SPECIFIC_ATTRIBUTES" | "COUNT";
  readonly AttributesToGet?: readonly string[];
  readonly Limit?: number;
  readonly ConsistentRead?: boolean;
  readonly KeyConditions?: { readonly [key: string]: Condition };
  readonly QueryFilter?: { readonly [key: string]: Condition };
  readonly ConditionalOperator?: "AND" | "OR";
  readonly ScanIndexForward?: boolean;
  readonly ExclusiveStartKey?: { readonly [key: string]: AttributeValue };
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
  readonly ProjectionExpression?: string;
  readonly FilterExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
  readonly ExpressionAttributeValues?: { readonly [key: string]: AttributeValue };
};

export type Replica = {
  readonly RegionName?: string;
};

export type ReplicaAutoScalingUpdate = {
  readonly RegionName: string;
  readonly ReplicaGlobalSecondaryIndexUpdates?: readonly ReplicaGlobalSecondaryIndexAutoScalingUpdate[];
  readonly ReplicaProvisionedReadCapacityAutoScalingUpdate?: AutoScalingSettingsUpdate;
};

export type ReplicaGlobalSecondaryIndex = {
  readonly IndexName: string;
  readonly ProvisionedThroughputOverride?: ProvisionedThroughputOverride;
  readonly OnDemandThroughputOverride?: OnDemandThroughputOverride;
};

export type ReplicaGlobalSecondaryIndexAutoScalingUpdate = {
  readonly IndexName?: string;
  readonly ProvisionedReadCapacityAutoScalingUpdate?: AutoScalingSettingsUpdate;
};

export type ReplicaGlobalSecondaryIndexSettingsUpdate = {
  readonly IndexName: string;
  readonly ProvisionedReadCapacityUnits?: number;
  readonly ProvisionedReadCapacityAutoScalingSettingsUpdate?: AutoScalingSettingsUpdate;
};

export type ReplicaSettingsUpdate = {
  readonly RegionName: string;
  readonly ReplicaProvisionedReadCapacityUnits?: number;
  readonly ReplicaProvisionedReadCapacityAutoScalingSettingsUpdate?: AutoScalingSettingsUpdate;
  readonly ReplicaGlobalSecondaryIndexSettingsUpdate?: readonly ReplicaGlobalSecondaryIndexSettingsUpdate[];
  readonly ReplicaTableClass?: "STANDARD" | "STANDARD_INFREQUENT_ACCESS";
};

export type ReplicaUpdate = {
  readonly Create?: CreateReplicaAction;
  readonly Delete?: DeleteReplicaAction;
};

export type ReplicationGroupUpdate = {
  readonly Create?: CreateReplicationGroupMemberAction;
  readonly Update?: UpdateReplicationGroupMemberAction;
  readonly Delete?: DeleteReplicationGroupMemberAction;
  readonly Disassociate?: DisassociateReplicationGroupMemberAction;
};

export type RestoreTableFromBackupInput = {
  readonly TargetTableName: string;
  readonly BackupArn: string;
  readonly BillingModeOverride?: "PROVISIONED" | "PAY_PER_REQUEST";
  readonly GlobalSecondaryIndexOverride?: readonly GlobalSecondaryIndex[];
  readonly LocalSecondaryIndexOverride?: readonly LocalSecondaryIndex[];
  readonly ProvisionedThroughputOverride?: ProvisionedThroughput;
  readonly OnDemandThroughputOverride?: OnDemandThroughput;
  readonly SSESpecificationOverride?: SSESpecification;
  readonly VectorIndexOverride?: readonly VectorIndex[];
};

export type RestoreTableToPointInTimeInput = {
  readonly SourceTableArn?: string;
  readonly SourceTableName?: string;
  readonly TargetTableName: string;
  readonly UseLatestRestorableTime?: boolean;
  readonly RestoreDateTime?: number;
  readonly BillingModeOverride?: "PROVISIONED" | "PAY_PER_REQUEST";
  readonly GlobalSecondaryIndexOverride?: readonly GlobalSecondaryIndex[];
  readonly LocalSecondaryIndexOverride?: readonly LocalSecondaryIndex[];
  readonly ProvisionedThroughputOverride?: ProvisionedThroughput;
  readonly OnDemandThroughputOverride?: OnDemandThroughput;
  readonly SSESpecificationOverride?: SSESpecification;
  readonly VectorIndexOverride?: readonly VectorIndex[];
};

export type S3BucketSource = {
  readonly S3BucketOwner?: string;
  readonly S3Bucket: string;
  readonly S3KeyPrefix?: string;
};

export type SSESpecification = {
  readonly Enabled?: boolean;
  readonly SSEType?: "AES256" | "KMS";
  readonly KMSMasterKeyId?: string;
};

export type ScanInput = {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly AttributesToGet?: readonly string[];
  readonly Limit?: number;
  readonly Select?: "ALL_ATTRIBUTES" | "ALL_PROJECTED_ATTRIBUTES" | "SPECIFIC_ATTRIBUTES" | "COUNT";
  readonly ScanFilter?: { readonly [key: string]: Condition };
  readonly ConditionalOperator?: "AND" | "OR";
  readonly ExclusiveStartKey?: { readonly [key: string]: AttributeValue };
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
  readonly TotalSegments?: number;
  readonly Segment?: number;
  readonly ProjectionExpression?: string;
  readonly FilterExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
  readonly ExpressionAttributeValues?: { readonly [key: string]: AttributeValue };
  readonly ConsistentRead?: boolean;
};

export type SearchSchemaElement = {
  readonly AttributeName: string;
  readonly SearchSchemaElementType: "HASH" | "INLINE_FILTER";
};

export type SearchVectorsInput = {
  readonly TableName: string;
  readonly IndexName: string;
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
  readonly ExpressionAttributeValues?: { readonly [key: string]: AttributeValue };
  readonly ProjectionExpression?: string;
  readonly SearchVector: readonly AttributeValue[];
  readonly SearchConditionExpression?: string;
  readonly TopK: number;
};

export type StartBulkPutItemsInput = {
  readonly ClientToken?: string;
  readonly InputS3Configuration: InputS3Configuration;
  readonly OutputS3Configuration: OutputS3Configuration;
  readonly TableName: string;
  readonly MaxWriteRequestUnits?: number;
  readonly PerformanceTier?: "STANDARD" | "ACCELERATED";
};

export type StreamSpecification = {
  readonly StreamEnabled: boolean;
  readonly StreamViewType?: "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES" | "KEYS_ONLY";
};

export type TableCreationParameters = {
  readonly TableName: string;
  readonly AttributeDefinitions: readonly AttributeDefinition[];
  readonly KeySchema: readonly KeySchemaElement[];
  readonly BillingMode?: "PROVISIONED" | "PAY_PER_REQUEST";
  readonly ProvisionedThroughput?: ProvisionedThroughput;
  readonly OnDemandThroughput?: OnDemandThroughput;
  readonly SSESpecification?: SSESpecification;
  readonly GlobalSecondaryIndexes?: readonly GlobalSecondaryIndex[];
  readonly VectorIndexes?: readonly VectorIndex[];
};

export type Tag = {
  readonly Key: string;
  readonly Value: string;
};

export type TagResourceInput = {
  readonly ResourceArn: string;
  readonly Tags: readonly Tag[];
};

export type TimeToLiveSpecification = {
  readonly Enabled: boolean;
  readonly AttributeName: string;
};

export type TransactGetItem = {
  readonly Get: Get;
};

export type TransactGetItemsInput = {
  readonly TransactItems: readonly TransactGetItem[];
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
};

export type TransactWriteItem = {
  readonly ConditionCheck?: ConditionCheck;
  readonly Put?: Put;
  readonly Delete?: Delete;
  readonly Update?: Update;
};

export type TransactWriteItemsInput = {
  readonly TransactItems: readonly TransactWriteItem[];
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
  readonly ReturnItemCollectionMetrics?: "SIZE" | "NONE";
  readonly ClientRequestToken?: string;
};

export type UntagResourceInput = {
  readonly ResourceArn: string;
  readonly TagKeys: readonly string[];
};

export type Update = {
  readonly Key: { readonly [key: string]: AttributeValue };
  readonly UpdateExpression: string;
  readonly TableName: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
  readonly ExpressionAttributeValues?: { readonly [key: string]: AttributeValue };
  readonly ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
};

export type UpdateContinuousBackupsInput = {
  readonly TableName: string;
  readonly PointInTimeRecoverySpecification: PointInTimeRecoverySpecification;
};

export type UpdateContributorInsightsInput = {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly ContributorInsightsAction: "ENABLE" | "DISABLE";
  readonly ContributorInsightsMode?: "ACCESSED_AND_THROTTLED_KEYS" | "THROTTLED_KEYS";
};

export type UpdateGlobalSecondaryIndexAction = {
  readonly IndexName: string;
  readonly ProvisionedThroughput?: ProvisionedThroughput;
  readonly OnDemandThroughput?: OnDemandThroughput;
  readonly WarmThroughput?: WarmThroughput;
};

export type UpdateGlobalTableInput = {
  readonly GlobalTableName: string;
  readonly ReplicaUpdates: readonly ReplicaUpdate[];
};

export type UpdateGlobalTableSettingsInput = {
  readonly GlobalTableName: string;
  readonly GlobalTableBillingMode?: "PROVISIONED" | "PAY_PER_REQUEST";
  readonly GlobalTableProvisionedWriteCapacityUnits?: number;
  readonly GlobalTableProvisionedWriteCapacityAutoScalingSettingsUpdate?: AutoScalingSettingsUpdate;
  readonly GlobalTableGlobalSecondaryIndexSettingsUpdate?: readonly GlobalTableGlobalSecondaryIndexSettingsUpdate[];
  readonly ReplicaSettingsUpdate?: readonly ReplicaSettingsUpdate[];
};

export type UpdateItemInput = {
  readonly TableName: string;
  readonly Key: { readonly [key: string]: AttributeValue };
  readonly AttributeUpdates?: { readonly [key: string]: AttributeValueUpdate };
  readonly Expected?: { readonly [key: string]: ExpectedAttributeValue };
  readonly ConditionalOperator?: "AND" | "OR";
  readonly ReturnValues?: "NONE" | "ALL_OLD" | "UPDATED_OLD" | "ALL_NEW" | "UPDATED_NEW";
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
  readonly ReturnItemCollectionMetrics?: "SIZE" | "NONE";
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
  readonly ExpressionAttributeValues?: { readonly [key: string]: AttributeValue };
  readonly ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
};

export type UpdateKinesisStreamingConfiguration = {
  readonly ApproximateCreationDateTimePrecision?: "MILLISECOND" | "MICROSECOND";
};

export type UpdateKinesisStreamingDestinationInput = {
  readonly TableName: string;
  readonly StreamArn: string;
  readonly UpdateKinesisStreamingConfiguration?: UpdateKinesisStreamingConfiguration;
};

export type UpdateReplicationGroupMemberAction = {
  readonly RegionName: string;
  readonly KMSMasterKeyId?: string;
  readonly ProvisionedThroughputOverride?: ProvisionedThroughputOverride;
  readonly OnDemandThroughputOverride?: OnDemandThroughputOverride;
  readonly GlobalSecondaryIndexes?: readonly ReplicaGlobalSecondaryIndex[];
  readonly TableClassOverride?: "STANDARD" | "STANDARD_INFREQUENT_ACCESS";
};

export type UpdateTableInput = {
  readonly AttributeDefinitions?: readonly AttributeDefinition[];
  readonly TableName: string;
  readonly BillingMode?: "PROVISIONED" | "PAY_PER_REQUEST";
  readonly ProvisionedThroughput?: ProvisionedThroughput;
  readonly GlobalSecondaryIndexUpdates?: readonly GlobalSecondaryIndexUpdate[];
  readonly StreamSpecification?: StreamSpecification;
  readonly SSESpecification?: SSESpecification;
  readonly ReplicaUpdates?: readonly ReplicationGroupUpdate[];
  readonly TableClass?: "STANDARD" | "STANDARD_INFREQUENT_ACCESS";
  readonly DeletionProtectionEnabled?: boolean;
  readonly MultiRegionConsistency?: "EVENTUAL" | "STRONG";
  readonly GlobalTableWitnessUpdates?: readonly GlobalTableWitnessGroupUpdate[];
  readonly OnDemandThroughput?: OnDemandThroughput;
  readonly WarmThroughput?: WarmThroughput;
  readonly GlobalTableSettingsReplicationMode?: "ENABLED" | "DISABLED" | "ENABLED_WITH_OVERRIDES";
  readonly DisassociationProtectionEnabled?: boolean;
  readonly VectorIndexUpdates?: readonly VectorIndexUpdate[];
};

export type UpdateTableReplicaAutoScalingInput = {
  readonly GlobalSecondaryIndexUpdates?: readonly GlobalSecondaryIndexAutoScalingUpdate[];
  readonly TableName: string;
  readonly ProvisionedWriteCapacityAutoScalingUpdate?: AutoScalingSettingsUpdate;
  readonly ReplicaUpdates?: readonly ReplicaAutoScalingUpdate[];
};

export type UpdateTimeToLiveInput = {
  readonly TableName: string;
  readonly TimeToLiveSpecification: TimeToLiveSpecification;
};

export type VectorAttributeDefinition = {
  readonly AttributeName: string;
};

export type VectorIndex = {
  readonly IndexName: string;
  readonly VectorAttribute: VectorAttributeDefinition;
  readonly SearchSchema?: readonly SearchSchemaElement[];
  readonly Projection: Projection;
  readonly Dimensions: number;
  readonly DistanceFunction: "COSINE" | "DOT_PRODUCT" | "EUCLIDEAN";
};

export type VectorIndexUpdate = {
  readonly Create?: CreateVectorIndexAction;
  readonly Delete?: DeleteVectorIndexAction;
};

export type WarmThroughput = {
  readonly ReadUnitsPerSecond?: number;
  readonly WriteUnitsPerSecond?: number;
};

export type WriteRequest = {
  readonly PutRequest?: PutRequest;
  readonly DeleteRequest?: DeleteRequest;
};
