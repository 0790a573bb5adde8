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

export interface AttributeDefinition {
  readonly AttributeName: string;
  readonly AttributeType: "S" | "N" | "B";
}

export interface AttributeValue {
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
}

export interface AttributeValueUpdate {
  readonly Value?: AttributeValue;
  readonly Action?: "ADD" | "PUT" | "DELETE";
}

export interface AutoScalingPolicyUpdate {
  readonly PolicyName?: string;
  readonly TargetTrackingScalingPolicyConfiguration: AutoScalingTargetTrackingScalingPolicyConfigurationUpdate;
}

export interface AutoScalingSettingsUpdate {
  readonly MinimumUnits?: number;
  readonly MaximumUnits?: number;
  readonly AutoScalingDisabled?: boolean;
  readonly AutoScalingRoleArn?: string;
  readonly ScalingPolicyUpdate?: AutoScalingPolicyUpdate;
}

export interface AutoScalingTargetTrackingScalingPolicyConfigurationUpdate {
  readonly DisableScaleIn?: boolean;
  readonly ScaleInCooldown?: number;
  readonly ScaleOutCooldown?: number;
  readonly TargetValue: number;
}

export interface BatchExecuteStatementInput {
  readonly Statements: readonly BatchStatementRequest[];
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
}

export interface BatchGetItemInput {
  readonly RequestItems: { readonly [key: string]: KeysAndAttributes };
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
}

export interface BatchStatementRequest {
  readonly Statement: string;
  readonly Parameters?: readonly AttributeValue[];
  readonly ConsistentRead?: boolean;
  readonly ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
}

export interface BatchWriteItemInput {
  readonly RequestItems: { readonly [key: string]: readonly WriteRequest[] };
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
  readonly ReturnItemCollectionMetrics?: "SIZE" | "NONE";
}

export interface CancelBulkOperationInput {
  readonly BulkOperationArn: string;
}

export interface Condition {
  readonly AttributeValueList?: readonly AttributeValue[];
  readonly ComparisonOperator: "EQ" | "NE" | "IN" | "LE" | "LT" | "GE" | "GT" | "BETWEEN" | "NOT_NULL" | "NULL" | "CONTAINS" | "NOT_CONTAINS" | "BEGINS_WITH";
}

export interface ConditionCheck {
  readonly Key: { readonly [key: string]: AttributeValue };
  readonly TableName: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
  readonly ExpressionAttributeValues?: { readonly [key: string]: AttributeValue };
  readonly ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
}

export interface CreateBackupInput {
  readonly TableName: string;
  readonly BackupName: string;
}

export interface CreateGlobalSecondaryIndexAction {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: Projection;
  readonly ProvisionedThroughput?: ProvisionedThroughput;
  readonly OnDemandThroughput?: OnDemandThroughput;
  readonly WarmThroughput?: WarmThroughput;
}

export interface CreateGlobalTableInput {
  readonly GlobalTableName: string;
  readonly ReplicationGroup: readonly Replica[];
}

export interface CreateGlobalTableWitnessGroupMemberAction {
  readonly RegionName: string;
}

export interface CreateReplicaAction {
  readonly RegionName: string;
}

export interface CreateReplicationGroupMemberAction {
  readonly RegionName: string;
  readonly KMSMasterKeyId?: string;
  readonly ProvisionedThroughputOverride?: ProvisionedThroughputOverride;
  readonly OnDemandThroughputOverride?: OnDemandThroughputOverride;
  readonly GlobalSecondaryIndexes?: readonly ReplicaGlobalSecondaryIndex[];
  readonly TableClassOverride?: "STANDARD" | "STANDARD_INFREQUENT_ACCESS";
}

export interface CreateTableInput {
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
}

export interface CreateVectorIndexAction {
  readonly IndexName: string;
  readonly VectorAttribute: VectorAttributeDefinition;
  readonly SearchSchema?: readonly SearchSchemaElement[];
  readonly Projection: Projection;
  readonly Dimensions: number;
  readonly DistanceFunction: "COSINE" | "DOT_PRODUCT" | "EUCLIDEAN";
}

export interface CsvOptions {
  readonly Delimiter?: string;
  readonly HeaderList?: readonly string[];
}

export interface Delete {
  readonly Key: { readonly [key: string]: AttributeValue };
  readonly TableName: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
  readonly ExpressionAttributeValues?: { readonly [key: string]: AttributeValue };
  readonly ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
}

export interface DeleteBackupInput {
  readonly BackupArn: string;
}

export interface DeleteGlobalSecondaryIndexAction {
  readonly IndexName: string;
}

export interface DeleteGlobalTableWitnessGroupMemberAction {
  readonly RegionName: string;
}

export interface DeleteItemInput {
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
}

export interface DeleteReplicaAction {
  readonly RegionName: string;
}

export interface DeleteReplicationGroupMemberAction {
  readonly RegionName: string;
}

export interface DeleteRequest {
  readonly Key: { readonly [key: string]: AttributeValue };
}

export interface DeleteResourcePolicyInput {
  readonly ResourceArn: string;
  readonly ExpectedRevisionId?: string;
}

export interface DeleteTableInput {
  readonly TableName: string;
}

export interface DeleteVectorIndexAction {
  readonly IndexName: string;
}

export interface DescribeBackupInput {
  readonly BackupArn: string;
}

export interface DescribeBulkOperationInput {
  readonly BulkOperationArn: string;
}

export interface DescribeContinuousBackupsInput {
  readonly TableName: string;
}

export interface DescribeContributorInsightsInput {
  readonly TableName: string;
  readonly IndexName?: string;
}

export interface DescribeEndpointsRequest {

}

export interface DescribeExportInput {
  readonly ExportArn: string;
}

export interface DescribeGlobalTableInput {
  readonly GlobalTableName: string;
}

export interface DescribeGlobalTableSettingsInput {
  readonly GlobalTableName: string;
}

export interface DescribeImportInput {
  readonly ImportArn: string;
}

export interface DescribeKinesisStreamingDestinationInput {
  readonly TableName: string;
}

export interface DescribeLimitsInput {

}

export interface DescribeTableInput {
  readonly TableName: string;
}

export interface DescribeTableReplicaAutoScalingInput {
  readonly TableName: string;
}

export interface DescribeTimeToLiveInput {
  readonly TableName: string;
}

export interface DisassociateReplicationGroupMemberAction {
  readonly RegionName: string;
  readonly DisassociationMode: "WAIT_FOR_REPLICATION";
}

export interface EnableKinesisStreamingConfiguration {
  readonly ApproximateCreationDateTimePrecision?: "MILLISECOND" | "MICROSECOND";
}

export interface ExecuteStatementInput {
  readonly Statement: string;
  readonly Parameters?: readonly AttributeValue[];
  readonly ConsistentRead?: boolean;
  readonly NextToken?: string;
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
  readonly Limit?: number;
  readonly ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
}

export interface ExecuteTransactionInput {
  readonly TransactStatements: readonly ParameterizedStatement[];
  readonly ClientRequestToken?: string;
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
}

export interface ExpectedAttributeValue {
  readonly Value?: AttributeValue;
  readonly Exists?: boolean;
  readonly ComparisonOperator?: "EQ" | "NE" | "IN" | "LE" | "LT" | "GE" | "GT" | "BETWEEN" | "NOT_NULL" | "NULL" | "CONTAINS" | "NOT_CONTAINS" | "BEGINS_WITH";
  readonly AttributeValueList?: readonly AttributeValue[];
}

export interface ExportTableToPointInTimeInput {
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
}

export interface FilterSpecification {
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
  readonly ExpressionAttributeValues?: { readonly [key: string]: AttributeValue };
}

export interface Get {
  readonly Key: { readonly [key: string]: AttributeValue };
  readonly TableName: string;
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
}

export interface GetItemInput {
  readonly TableName: string;
  readonly Key: { readonly [key: string]: AttributeValue };
  readonly AttributesToGet?: readonly string[];
  readonly ConsistentRead?: boolean;
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
}

export interface GetResourcePolicyInput {
  readonly ResourceArn: string;
}

export interface GlobalSecondaryIndex {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: Projection;
  readonly ProvisionedThroughput?: ProvisionedThroughput;
  readonly OnDemandThroughput?: OnDemandThroughput;
  readonly WarmThroughput?: WarmThroughput;
}

export interface GlobalSecondaryIndexAutoScalingUpdate {
  readonly IndexName?: string;
  readonly ProvisionedWriteCapacityAutoScalingUpdate?: AutoScalingSettingsUpdate;
}

export interface GlobalSecondaryIndexUpdate {
  readonly Update?: UpdateGlobalSecondaryIndexAction;
  readonly Create?: CreateGlobalSecondaryIndexAction;
  readonly Delete?: DeleteGlobalSecondaryIndexAction;
}

export interface GlobalTableGlobalSecondaryIndexSettingsUpdate {
  readonly IndexName: string;
  readonly ProvisionedWriteCapacityUnits?: number;
  readonly ProvisionedWriteCapacityAutoScalingSettingsUpdate?: AutoScalingSettingsUpdate;
}

export interface GlobalTableWitnessGroupUpdate {
  readonly Create?: CreateGlobalTableWitnessGroupMemberAction;
  readonly Delete?: DeleteGlobalTableWitnessGroupMemberAction;
}

export interface ImportTableInput {
  readonly ClientToken?: string;
  readonly S3BucketSource: S3BucketSource;
  readonly InputFormat: "DYNAMODB_JSON" | "ION" | "CSV";
  readonly InputFormatOptions?: InputFormatOptions;
  readonly InputCompressionType?: "GZIP" | "ZSTD" | "NONE";
  readonly TableCreationParameters: TableCreationParameters;
}

export interface IncrementalExportSpecification {
  readonly ExportFromTime?: number;
  readonly ExportToTime?: number;
  readonly ExportViewType?: "NEW_IMAGE" | "NEW_AND_OLD_IMAGES";
}

export interface InputFormatOptions {
  readonly Csv?: CsvOptions;
}

export interface InputS3Configuration {
  readonly S3BucketOwner?: string;
  readonly S3Bucket: string;
  readonly S3KeyPrefix?: string;
  readonly InputFormat: "DYNAMODB_JSON" | "ION";
  readonly InputCompressionType?: "GZIP" | "ZSTD" | "NONE";
}

export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: "HASH" | "RANGE";
}

export interface KeysAndAttributes {
  readonly Keys: readonly ({ readonly [key: string]: AttributeValue })[];
  readonly AttributesToGet?: readonly string[];
  readonly ConsistentRead?: boolean;
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
}

export interface KinesisStreamingDestinationInput {
  readonly TableName: string;
  readonly StreamArn: string;
  readonly EnableKinesisStreamingConfiguration?: EnableKinesisStreamingConfiguration;
}

export interface ListBackupsInput {
  readonly TableName?: string;
  readonly Limit?: number;
  readonly TimeRangeLowerBound?: number;
  readonly TimeRangeUpperBound?: number;
  readonly ExclusiveStartBackupArn?: string;
  readonly BackupType?: "USER" | "SYSTEM" | "AWS_BACKUP" | "ALL";
}

export interface ListBulkOperationsInput {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface ListContributorInsightsInput {
  readonly TableName?: string;
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

export interface ListExportsInput {
  readonly TableArn?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface ListGlobalTablesInput {
  readonly ExclusiveStartGlobalTableName?: string;
  readonly Limit?: number;
  readonly RegionName?: string;
}

export interface ListImportsInput {
  readonly TableArn?: string;
  readonly PageSize?: number;
  readonly NextToken?: string;
}

export interface ListTablesInput {
  readonly ExclusiveStartTableName?: string;
  readonly Limit?: number;
}

export interface ListTagsOfResourceInput {
  readonly ResourceArn: string;
  readonly NextToken?: string;
}

export interface LocalSecondaryIndex {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: Projection;
}

export interface OnDemandThroughput {
  readonly MaxReadRequestUnits?: number;
  readonly MaxWriteRequestUnits?: number;
}

export interface OnDemandThroughputOverride {
  readonly MaxReadRequestUnits?: number;
}

export interface OutputS3Configuration {
  readonly S3BucketOwner?: string;
  readonly S3Bucket?: string;
  readonly S3KeyPrefix?: string;
  readonly S3SseAlgorithm?: "AES256" | "KMS";
  readonly S3SseKmsKeyId?: string;
  readonly OutputType: readonly ("ERROR" | "CONDITION_CHECK_FAILURE")[];
}

export interface ParameterizedStatement {
  readonly Statement: string;
  readonly Parameters?: readonly AttributeValue[];
  readonly ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
}

export interface PointInTimeRecoverySpecification {
  readonly PointInTimeRecoveryEnabled: boolean;
  readonly RecoveryPeriodInDays?: number;
}

export interface Projection {
  readonly ProjectionType?: "ALL" | "KEYS_ONLY" | "INCLUDE";
  readonly NonKeyAttributes?: readonly string[];
}

export interface ProvisionedThroughput {
  readonly ReadCapacityUnits: number;
  readonly WriteCapacityUnits: number;
}

export interface ProvisionedThroughputOverride {
  readonly ReadCapacityUnits?: number;
}

export interface Put {
  readonly Item: { readonly [key: string]: AttributeValue };
  readonly TableName: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
  readonly ExpressionAttributeValues?: { readonly [key: string]: AttributeValue };
  readonly ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
}

export interface PutItemInput {
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
}

export interface PutRequest {
  readonly Item: { readonly [key: string]: AttributeValue };
}

export interface PutResourcePolicyInput {
  readonly ResourceArn: string;
  readonly Policy: string;
  readonly ExpectedRevisionId?: string;
  readonly ConfirmRemoveSelfResourceAccess?: boolean;
}

export interface QueryInput {
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
}

export interface Replica {
  readonly RegionName?: string;
}

export interface ReplicaAutoScalingUpdate {
  readonly RegionName: string;
  readonly ReplicaGlobalSecondaryIndexUpdates?: readonly ReplicaGlobalSecondaryIndexAutoScalingUpdate[];
  readonly ReplicaProvisionedReadCapacityAutoScalingUpdate?: AutoScalingSettingsUpdate;
}

export interface ReplicaGlobalSecondaryIndex {
  readonly IndexName: string;
  readonly ProvisionedThroughputOverride?: ProvisionedThroughputOverride;
  readonly OnDemandThroughputOverride?: OnDemandThroughputOverride;
}

export interface ReplicaGlobalSecondaryIndexAutoScalingUpdate {
  readonly IndexName?: string;
  readonly ProvisionedReadCapacityAutoScalingUpdate?: AutoScalingSettingsUpdate;
}

export interface ReplicaGlobalSecondaryIndexSettingsUpdate {
  readonly IndexName: string;
  readonly ProvisionedReadCapacityUnits?: number;
  readonly ProvisionedReadCapacityAutoScalingSettingsUpdate?: AutoScalingSettingsUpdate;
}

export interface ReplicaSettingsUpdate {
  readonly RegionName: string;
  readonly ReplicaProvisionedReadCapacityUnits?: number;
  readonly ReplicaProvisionedReadCapacityAutoScalingSettingsUpdate?: AutoScalingSettingsUpdate;
  readonly ReplicaGlobalSecondaryIndexSettingsUpdate?: readonly ReplicaGlobalSecondaryIndexSettingsUpdate[];
  readonly ReplicaTableClass?: "STANDARD" | "STANDARD_INFREQUENT_ACCESS";
}

export interface ReplicaUpdate {
  readonly Create?: CreateReplicaAction;
  readonly Delete?: DeleteReplicaAction;
}

export interface ReplicationGroupUpdate {
  readonly Create?: CreateReplicationGroupMemberAction;
  readonly Update?: UpdateReplicationGroupMemberAction;
  readonly Delete?: DeleteReplicationGroupMemberAction;
  readonly Disassociate?: DisassociateReplicationGroupMemberAction;
}

export interface RestoreTableFromBackupInput {
  readonly TargetTableName: string;
  readonly BackupArn: string;
  readonly BillingModeOverride?: "PROVISIONED" | "PAY_PER_REQUEST";
  readonly GlobalSecondaryIndexOverride?: readonly GlobalSecondaryIndex[];
  readonly LocalSecondaryIndexOverride?: readonly LocalSecondaryIndex[];
  readonly ProvisionedThroughputOverride?: ProvisionedThroughput;
  readonly OnDemandThroughputOverride?: OnDemandThroughput;
  readonly SSESpecificationOverride?: SSESpecification;
  readonly VectorIndexOverride?: readonly VectorIndex[];
}

export interface RestoreTableToPointInTimeInput {
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
}

export interface S3BucketSource {
  readonly S3BucketOwner?: string;
  readonly S3Bucket: string;
  readonly S3KeyPrefix?: string;
}

export interface SSESpecification {
  readonly Enabled?: boolean;
  readonly SSEType?: "AES256" | "KMS";
  readonly KMSMasterKeyId?: string;
}

export interface ScanInput {
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
}

export interface SearchSchemaElement {
  readonly AttributeName: string;
  readonly SearchSchemaElementType: "HASH" | "INLINE_FILTER";
}

export interface SearchVectorsInput {
  readonly TableName: string;
  readonly IndexName: string;
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
  readonly ExpressionAttributeValues?: { readonly [key: string]: AttributeValue };
  readonly ProjectionExpression?: string;
  readonly SearchVector: readonly AttributeValue[];
  readonly SearchConditionExpression?: string;
  readonly TopK: number;
}

export interface StartBulkPutItemsInput {
  readonly ClientToken?: string;
  readonly InputS3Configuration: InputS3Configuration;
  readonly OutputS3Configuration: OutputS3Configuration;
  readonly TableName: string;
  readonly MaxWriteRequestUnits?: number;
  readonly PerformanceTier?: "STANDARD" | "ACCELERATED";
}

export interface StreamSpecification {
  readonly StreamEnabled: boolean;
  readonly StreamViewType?: "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES" | "KEYS_ONLY";
}

export interface TableCreationParameters {
  readonly TableName: string;
  readonly AttributeDefinitions: readonly AttributeDefinition[];
  readonly KeySchema: readonly KeySchemaElement[];
  readonly BillingMode?: "PROVISIONED" | "PAY_PER_REQUEST";
  readonly ProvisionedThroughput?: ProvisionedThroughput;
  readonly OnDemandThroughput?: OnDemandThroughput;
  readonly SSESpecification?: SSESpecification;
  readonly GlobalSecondaryIndexes?: readonly GlobalSecondaryIndex[];
  readonly VectorIndexes?: readonly VectorIndex[];
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface TagResourceInput {
  readonly ResourceArn: string;
  readonly Tags: readonly Tag[];
}

export interface TimeToLiveSpecification {
  readonly Enabled: boolean;
  readonly AttributeName: string;
}

export interface TransactGetItem {
  readonly Get: Get;
}

export interface TransactGetItemsInput {
  readonly TransactItems: readonly TransactGetItem[];
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
}

export interface TransactWriteItem {
  readonly ConditionCheck?: ConditionCheck;
  readonly Put?: Put;
  readonly Delete?: Delete;
  readonly Update?: Update;
}

export interface TransactWriteItemsInput {
  readonly TransactItems: readonly TransactWriteItem[];
  readonly ReturnConsumedCapacity?: "INDEXES" | "TOTAL" | "NONE";
  readonly ReturnItemCollectionMetrics?: "SIZE" | "NONE";
  readonly ClientRequestToken?: string;
}

export interface UntagResourceInput {
  readonly ResourceArn: string;
  readonly TagKeys: readonly string[];
}

export interface Update {
  readonly Key: { readonly [key: string]: AttributeValue };
  readonly UpdateExpression: string;
  readonly TableName: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [key: string]: string };
  readonly ExpressionAttributeValues?: { readonly [key: string]: AttributeValue };
  readonly ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
}

export interface UpdateContinuousBackupsInput {
  readonly TableName: string;
  readonly PointInTimeRecoverySpecification: PointInTimeRecoverySpecification;
}

export interface UpdateContributorInsightsInput {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly ContributorInsightsAction: "ENABLE" | "DISABLE";
  readonly ContributorInsightsMode?: "ACCESSED_AND_THROTTLED_KEYS" | "THROTTLED_KEYS";
}

export interface UpdateGlobalSecondaryIndexAction {
  readonly IndexName: string;
  readonly ProvisionedThroughput?: ProvisionedThroughput;
  readonly OnDemandThroughput?: OnDemandThroughput;
  readonly WarmThroughput?: WarmThroughput;
}

export interface UpdateGlobalTableInput {
  readonly GlobalTableName: string;
  readonly ReplicaUpdates: readonly ReplicaUpdate[];
}

export interface UpdateGlobalTableSettingsInput {
  readonly GlobalTableName: string;
  readonly GlobalTableBillingMode?: "PROVISIONED" | "PAY_PER_REQUEST";
  readonly GlobalTableProvisionedWriteCapacityUnits?: number;
  readonly GlobalTableProvisionedWriteCapacityAutoScalingSettingsUpdate?: AutoScalingSettingsUpdate;
  readonly GlobalTableGlobalSecondaryIndexSettingsUpdate?: readonly GlobalTableGlobalSecondaryIndexSettingsUpdate[];
  readonly ReplicaSettingsUpdate?: readonly ReplicaSettingsUpdate[];
}

export interface UpdateItemInput {
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
}

export interface UpdateKinesisStreamingConfiguration {
  readonly ApproximateCreationDateTimePrecision?: "MILLISECOND" | "MICROSECOND";
}

export interface UpdateKinesisStreamingDestinationInput {
  readonly TableName: string;
  readonly StreamArn: string;
  readonly UpdateKinesisStreamingConfiguration?: UpdateKinesisStreamingConfiguration;
}

export interface UpdateReplicationGroupMemberAction {
  readonly RegionName: string;
  readonly KMSMasterKeyId?: string;
  readonly ProvisionedThroughputOverride?: ProvisionedThroughputOverride;
  readonly OnDemandThroughputOverride?: OnDemandThroughputOverride;
  readonly GlobalSecondaryIndexes?: readonly ReplicaGlobalSecondaryIndex[];
  readonly TableClassOverride?: "STANDARD" | "STANDARD_INFREQUENT_ACCESS";
}

export interface UpdateTableInput {
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
}

export interface UpdateTableReplicaAutoScalingInput {
  readonly GlobalSecondaryIndexUpdates?: readonly GlobalSecondaryIndexAutoScalingUpdate[];
  readonly TableName: string;
  readonly ProvisionedWriteCapacityAutoScalingUpdate?: AutoScalingSettingsUpdate;
  readonly ReplicaUpdates?: readonly ReplicaAutoScalingUpdate[];
}

export interface UpdateTimeToLiveInput {
  readonly TableName: string;
  readonly TimeToLiveSpecification: TimeToLiveSpecification;
}

export interface VectorAttributeDefinition {
  readonly AttributeName: string;
}

export interface VectorIndex {
  readonly IndexName: string;
  readonly VectorAttribute: VectorAttributeDefinition;
  readonly SearchSchema?: readonly SearchSchemaElement[];
  readonly Projection: Projection;
  readonly Dimensions: number;
  readonly DistanceFunction: "COSINE" | "DOT_PRODUCT" | "EUCLIDEAN";
}

export interface VectorIndexUpdate {
  readonly Create?: CreateVectorIndexAction;
  readonly Delete?: DeleteVectorIndexAction;
}

export interface WarmThroughput {
  readonly ReadUnitsPerSecond?: number;
  readonly WriteUnitsPerSecond?: number;
}

export interface WriteRequest {
  readonly PutRequest?: PutRequest;
  readonly DeleteRequest?: DeleteRequest;
}
