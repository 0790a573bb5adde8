// botocore 1.44.8, data/firehose/2015-08-04/service-2.json.gz (PyPI, Apache-2.0), without its documentation. Made by scripts/update-service-models.ts: do not edit.

/** What each operation takes, by its name. */
export interface Inputs {
  readonly CreateDeliveryStream: CreateDeliveryStreamInput;
  readonly DeleteDeliveryStream: DeleteDeliveryStreamInput;
  readonly DescribeDeliveryStream: DescribeDeliveryStreamInput;
  readonly ListDeliveryStreams: ListDeliveryStreamsInput;
  readonly ListTagsForDeliveryStream: ListTagsForDeliveryStreamInput;
  readonly PutRecord: PutRecordInput;
  readonly PutRecordBatch: PutRecordBatchInput;
  readonly StartDeliveryStreamEncryption: StartDeliveryStreamEncryptionInput;
  readonly StopDeliveryStreamEncryption: StopDeliveryStreamEncryptionInput;
  readonly TagDeliveryStream: TagDeliveryStreamInput;
  readonly UntagDeliveryStream: UntagDeliveryStreamInput;
  readonly UpdateDestination: UpdateDestinationInput;
}

export interface AmazonOpenSearchServerlessBufferingHints {
  readonly IntervalInSeconds?: number;
  readonly SizeInMBs?: number;
}

export interface AmazonOpenSearchServerlessDestinationConfiguration {
  readonly RoleARN: string;
  readonly CollectionEndpoint?: string;
  readonly IndexName: string;
  readonly BufferingHints?: AmazonOpenSearchServerlessBufferingHints;
  readonly RetryOptions?: AmazonOpenSearchServerlessRetryOptions;
  readonly S3BackupMode?: "FailedDocumentsOnly" | "AllDocuments";
  readonly S3Configuration: S3DestinationConfiguration;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
  readonly VpcConfiguration?: VpcConfiguration;
}

export interface AmazonOpenSearchServerlessDestinationUpdate {
  readonly RoleARN?: string;
  readonly CollectionEndpoint?: string;
  readonly IndexName?: string;
  readonly BufferingHints?: AmazonOpenSearchServerlessBufferingHints;
  readonly RetryOptions?: AmazonOpenSearchServerlessRetryOptions;
  readonly S3Update?: S3DestinationUpdate;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
}

export interface AmazonOpenSearchServerlessRetryOptions {
  readonly DurationInSeconds?: number;
}

export interface AmazonopensearchserviceBufferingHints {
  readonly IntervalInSeconds?: number;
  readonly SizeInMBs?: number;
}

export interface AmazonopensearchserviceDestinationConfiguration {
  readonly RoleARN: string;
  readonly DomainARN?: string;
  readonly ClusterEndpoint?: string;
  readonly IndexName: string;
  readonly TypeName?: string;
  readonly IndexRotationPeriod?: "NoRotation" | "OneHour" | "OneDay" | "OneWeek" | "OneMonth";
  readonly BufferingHints?: AmazonopensearchserviceBufferingHints;
  readonly RetryOptions?: AmazonopensearchserviceRetryOptions;
  readonly S3BackupMode?: "FailedDocumentsOnly" | "AllDocuments";
  readonly S3Configuration: S3DestinationConfiguration;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
  readonly VpcConfiguration?: VpcConfiguration;
  readonly DocumentIdOptions?: DocumentIdOptions;
}

export interface AmazonopensearchserviceDestinationUpdate {
  readonly RoleARN?: string;
  readonly DomainARN?: string;
  readonly ClusterEndpoint?: string;
  readonly IndexName?: string;
  readonly TypeName?: string;
  readonly IndexRotationPeriod?: "NoRotation" | "OneHour" | "OneDay" | "OneWeek" | "OneMonth";
  readonly BufferingHints?: AmazonopensearchserviceBufferingHints;
  readonly RetryOptions?: AmazonopensearchserviceRetryOptions;
  readonly S3Update?: S3DestinationUpdate;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
  readonly DocumentIdOptions?: DocumentIdOptions;
}

export interface AmazonopensearchserviceRetryOptions {
  readonly DurationInSeconds?: number;
}

export interface AuthenticationConfiguration {
  readonly RoleARN: string;
  readonly Connectivity: "PUBLIC" | "PRIVATE";
}

export interface BufferingHints {
  readonly SizeInMBs?: number;
  readonly IntervalInSeconds?: number;
}

export interface CatalogConfiguration {
  readonly CatalogARN?: string;
  readonly WarehouseLocation?: string;
}

export interface CloudWatchLoggingOptions {
  readonly Enabled?: boolean;
  readonly LogGroupName?: string;
  readonly LogStreamName?: string;
}

export interface CopyCommand {
  readonly DataTableName: string;
  readonly DataTableColumns?: string;
  readonly CopyOptions?: string;
}

export interface CreateDeliveryStreamInput {
  readonly DeliveryStreamName: string;
  readonly DeliveryStreamType?: "DirectPut" | "KinesisStreamAsSource" | "MSKAsSource" | "DatabaseAsSource";
  readonly DirectPutSourceConfiguration?: DirectPutSourceConfiguration;
  readonly KinesisStreamSourceConfiguration?: KinesisStreamSourceConfiguration;
  readonly DeliveryStreamEncryptionConfigurationInput?: DeliveryStreamEncryptionConfigurationInput;
  readonly S3DestinationConfiguration?: S3DestinationConfiguration;
  readonly ExtendedS3DestinationConfiguration?: ExtendedS3DestinationConfiguration;
  readonly RedshiftDestinationConfiguration?: RedshiftDestinationConfiguration;
  readonly ElasticsearchDestinationConfiguration?: ElasticsearchDestinationConfiguration;
  readonly AmazonopensearchserviceDestinationConfiguration?: AmazonopensearchserviceDestinationConfiguration;
  readonly SplunkDestinationConfiguration?: SplunkDestinationConfiguration;
  readonly HttpEndpointDestinationConfiguration?: HttpEndpointDestinationConfiguration;
  readonly Tags?: readonly Tag[];
  readonly AmazonOpenSearchServerlessDestinationConfiguration?: AmazonOpenSearchServerlessDestinationConfiguration;
  readonly MSKSourceConfiguration?: MSKSourceConfiguration;
  readonly SnowflakeDestinationConfiguration?: SnowflakeDestinationConfiguration;
  readonly IcebergDestinationConfiguration?: IcebergDestinationConfiguration;
  readonly DatabaseSourceConfiguration?: DatabaseSourceConfiguration;
}

export interface DataFormatConversionConfiguration {
  readonly SchemaConfiguration?: SchemaConfiguration;
  readonly InputFormatConfiguration?: InputFormatConfiguration;
  readonly OutputFormatConfiguration?: OutputFormatConfiguration;
  readonly Enabled?: boolean;
}

export interface DatabaseColumnList {
  readonly Include?: readonly string[];
  readonly Exclude?: readonly string[];
}

export interface DatabaseList {
  readonly Include?: readonly string[];
  readonly Exclude?: readonly string[];
}

export interface DatabaseSourceAuthenticationConfiguration {
  readonly SecretsManagerConfiguration: SecretsManagerConfiguration;
}

export interface DatabaseSourceConfiguration {
  readonly Type: "MySQL" | "PostgreSQL";
  readonly Endpoint: string;
  readonly Port: number;
  readonly SSLMode?: "Disabled" | "Enabled";
  readonly Databases: DatabaseList;
  readonly Tables: DatabaseTableList;
  readonly Columns?: DatabaseColumnList;
  readonly SurrogateKeys?: readonly string[];
  readonly SnapshotWatermarkTable: string;
  readonly DatabaseSourceAuthenticationConfiguration: DatabaseSourceAuthenticationConfiguration;
  readonly DatabaseSourceVPCConfiguration: DatabaseSourceVPCConfiguration;
}

export interface DatabaseSourceVPCConfiguration {
  readonly VpcEndpointServiceName: string;
}

export interface DatabaseTableList {
  readonly Include?: readonly string[];
  readonly Exclude?: readonly string[];
}

export interface DeleteDeliveryStreamInput {
  readonly DeliveryStreamName: string;
  readonly AllowForceDelete?: boolean;
}

export interface DeliveryStreamEncryptionConfigurationInput {
  readonly KeyARN?: string;
  readonly KeyType: "AWS_OWNED_CMK" | "CUSTOMER_MANAGED_CMK";
}

export interface DescribeDeliveryStreamInput {
  readonly DeliveryStreamName: string;
  readonly Limit?: number;
  readonly ExclusiveStartDestinationId?: string;
}

export interface Deserializer {
  readonly OpenXJsonSerDe?: OpenXJsonSerDe;
  readonly HiveJsonSerDe?: HiveJsonSerDe;
}

export interface DestinationTableConfiguration {
  readonly DestinationTableName: string;
  readonly DestinationDatabaseName: string;
  readonly UniqueKeys?: readonly string[];
  readonly PartitionSpec?: PartitionSpec;
  readonly S3ErrorOutputPrefix?: string;
}

export interface DirectPutSourceConfiguration {
  readonly ThroughputHintInMBs: number;
}

export interface DocumentIdOptions {
  readonly DefaultDocumentIdFormat: "FIREHOSE_DEFAULT" | "NO_DOCUMENT_ID";
}

export interface DynamicPartitioningConfiguration {
  readonly RetryOptions?: RetryOptions;
  readonly Enabled?: boolean;
}

export interface ElasticsearchBufferingHints {
  readonly IntervalInSeconds?: number;
  readonly SizeInMBs?: number;
}

export interface ElasticsearchDestinationConfiguration {
  readonly RoleARN: string;
  readonly DomainARN?: string;
  readonly ClusterEndpoint?: string;
  readonly IndexName: string;
  readonly TypeName?: string;
  readonly IndexRotationPeriod?: "NoRotation" | "OneHour" | "OneDay" | "OneWeek" | "OneMonth";
  readonly BufferingHints?: ElasticsearchBufferingHints;
  readonly RetryOptions?: ElasticsearchRetryOptions;
  readonly S3BackupMode?: "FailedDocumentsOnly" | "AllDocuments";
  readonly S3Configuration: S3DestinationConfiguration;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
  readonly VpcConfiguration?: VpcConfiguration;
  readonly DocumentIdOptions?: DocumentIdOptions;
}

export interface ElasticsearchDestinationUpdate {
  readonly RoleARN?: string;
  readonly DomainARN?: string;
  readonly ClusterEndpoint?: string;
  readonly IndexName?: string;
  readonly TypeName?: string;
  readonly IndexRotationPeriod?: "NoRotation" | "OneHour" | "OneDay" | "OneWeek" | "OneMonth";
  readonly BufferingHints?: ElasticsearchBufferingHints;
  readonly RetryOptions?: ElasticsearchRetryOptions;
  readonly S3Update?: S3DestinationUpdate;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
  readonly DocumentIdOptions?: DocumentIdOptions;
}

export interface ElasticsearchRetryOptions {
  readonly DurationInSeconds?: number;
}

export interface EncryptionConfiguration {
  readonly NoEncryptionConfig?: "NoEncryption";
  readonly KMSEncryptionConfig?: KMSEncryptionConfig;
}

export interface ExtendedS3DestinationConfiguration {
  readonly RoleARN: string;
  readonly BucketARN: string;
  readonly Prefix?: string;
  readonly ErrorOutputPrefix?: string;
  readonly BufferingHints?: BufferingHints;
  readonly CompressionFormat?: "UNCOMPRESSED" | "GZIP" | "ZIP" | "Snappy" | "HADOOP_SNAPPY";
  readonly EncryptionConfiguration?: EncryptionConfiguration;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly S3BackupMode?: "Disabled" | "Enabled";
  readonly S3BackupConfiguration?: S3DestinationConfiguration;
  readonly DataFormatConversionConfiguration?: DataFormatConversionConfiguration;
  readonly DynamicPartitioningConfiguration?: DynamicPartitioningConfiguration;
  readonly FileExtension?: string;
  readonly CustomTimeZone?: string;
}

export interface ExtendedS3DestinationUpdate {
  readonly RoleARN?: string;
  readonly BucketARN?: string;
  readonly Prefix?: string;
  readonly ErrorOutputPrefix?: string;
  readonly BufferingHints?: BufferingHints;
  readonly CompressionFormat?: "UNCOMPRESSED" | "GZIP" | "ZIP" | "Snappy" | "HADOOP_SNAPPY";
  readonly EncryptionConfiguration?: EncryptionConfiguration;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly S3BackupMode?: "Disabled" | "Enabled";
  readonly S3BackupUpdate?: S3DestinationUpdate;
  readonly DataFormatConversionConfiguration?: DataFormatConversionConfiguration;
  readonly DynamicPartitioningConfiguration?: DynamicPartitioningConfiguration;
  readonly FileExtension?: string;
  readonly CustomTimeZone?: string;
}

export interface HiveJsonSerDe {
  readonly TimestampFormats?: readonly string[];
}

export interface HttpEndpointBufferingHints {
  readonly SizeInMBs?: number;
  readonly IntervalInSeconds?: number;
}

export interface HttpEndpointCommonAttribute {
  readonly AttributeName: string;
  readonly AttributeValue: string;
}

export interface HttpEndpointConfiguration {
  readonly Url: string;
  readonly Name?: string;
  readonly AccessKey?: string;
}

export interface HttpEndpointDestinationConfiguration {
  readonly EndpointConfiguration: HttpEndpointConfiguration;
  readonly BufferingHints?: HttpEndpointBufferingHints;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
  readonly RequestConfiguration?: HttpEndpointRequestConfiguration;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly RoleARN?: string;
  readonly RetryOptions?: HttpEndpointRetryOptions;
  readonly S3BackupMode?: "FailedDataOnly" | "AllData";
  readonly S3Configuration: S3DestinationConfiguration;
  readonly SecretsManagerConfiguration?: SecretsManagerConfiguration;
}

export interface HttpEndpointDestinationUpdate {
  readonly EndpointConfiguration?: HttpEndpointConfiguration;
  readonly BufferingHints?: HttpEndpointBufferingHints;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
  readonly RequestConfiguration?: HttpEndpointRequestConfiguration;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly RoleARN?: string;
  readonly RetryOptions?: HttpEndpointRetryOptions;
  readonly S3BackupMode?: "FailedDataOnly" | "AllData";
  readonly S3Update?: S3DestinationUpdate;
  readonly SecretsManagerConfiguration?: SecretsManagerConfiguration;
}

export interface HttpEndpointRequestConfiguration {
  readonly ContentEncoding?: "NONE" | "GZIP";
  readonly CommonAttributes?: readonly HttpEndpointCommonAttribute[];
}

export interface HttpEndpointRetryOptions {
  readonly DurationInSeconds?: number;
}

export interface IcebergDestinationConfiguration {
  readonly DestinationTableConfigurationList?: readonly DestinationTableConfiguration[];
  readonly SchemaEvolutionConfiguration?: SchemaEvolutionConfiguration;
  readonly TableCreationConfiguration?: TableCreationConfiguration;
  readonly BufferingHints?: BufferingHints;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly S3BackupMode?: "FailedDataOnly" | "AllData";
  readonly RetryOptions?: RetryOptions;
  readonly RoleARN: string;
  readonly AppendOnly?: boolean;
  readonly CatalogConfiguration: CatalogConfiguration;
  readonly S3Configuration: S3DestinationConfiguration;
}

export interface IcebergDestinationUpdate {
  readonly DestinationTableConfigurationList?: readonly DestinationTableConfiguration[];
  readonly SchemaEvolutionConfiguration?: SchemaEvolutionConfiguration;
  readonly TableCreationConfiguration?: TableCreationConfiguration;
  readonly BufferingHints?: BufferingHints;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly S3BackupMode?: "FailedDataOnly" | "AllData";
  readonly RetryOptions?: RetryOptions;
  readonly RoleARN?: string;
  readonly AppendOnly?: boolean;
  readonly CatalogConfiguration?: CatalogConfiguration;
  readonly S3Configuration?: S3DestinationConfiguration;
}

export interface InputFormatConfiguration {
  readonly Deserializer?: Deserializer;
}

export interface KMSEncryptionConfig {
  readonly AWSKMSKeyARN: string;
}

export interface KinesisStreamSourceConfiguration {
  readonly KinesisStreamARN: string;
  readonly RoleARN: string;
}

export interface ListDeliveryStreamsInput {
  readonly Limit?: number;
  readonly DeliveryStreamType?: "DirectPut" | "KinesisStreamAsSource" | "MSKAsSource" | "DatabaseAsSource";
  readonly ExclusiveStartDeliveryStreamName?: string;
}

export interface ListTagsForDeliveryStreamInput {
  readonly DeliveryStreamName: string;
  readonly ExclusiveStartTagKey?: string;
  readonly Limit?: number;
}

export interface MSKSourceConfiguration {
  readonly MSKClusterARN: string;
  readonly TopicName: string;
  readonly AuthenticationConfiguration: AuthenticationConfiguration;
  readonly ReadFromTimestamp?: number;
}

export interface OpenXJsonSerDe {
  readonly ConvertDotsInJsonKeysToUnderscores?: boolean;
  readonly CaseInsensitive?: boolean;
  readonly ColumnToJsonKeyMappings?: { readonly [key: string]: string };
}

export interface OrcSerDe {
  readonly StripeSizeBytes?: number;
  readonly BlockSizeBytes?: number;
  readonly RowIndexStride?: number;
  readonly EnablePadding?: boolean;
  readonly PaddingTolerance?: number;
  readonly Compression?: "NONE" | "ZLIB" | "SNAPPY";
  readonly BloomFilterColumns?: readonly string[];
  readonly BloomFilterFalsePositiveProbability?: number;
  readonly DictionaryKeyThreshold?: number;
  readonly FormatVersion?: "V0_11" | "V0_12";
}

export interface OutputFormatConfiguration {
  readonly Serializer?: Serializer;
}

export interface ParquetSerDe {
  readonly BlockSizeBytes?: number;
  readonly PageSizeBytes?: number;
  readonly Compression?: "UNCOMPRESSED" | "GZIP" | "SNAPPY";
  readonly EnableDictionaryCompression?: boolean;
  readonly MaxPaddingBytes?: number;
  readonly WriterVersion?: "V1" | "V2";
}

export interface PartitionField {
  readonly SourceName: string;
}

export interface PartitionSpec {
  readonly Identity?: readonly PartitionField[];
}

export interface ProcessingConfiguration {
  readonly Enabled?: boolean;
  readonly Processors?: readonly Processor[];
}

export interface Processor {
  readonly Type: "RecordDeAggregation" | "Decompression" | "CloudWatchLogProcessing" | "Lambda" | "MetadataExtraction" | "AppendDelimiterToRecord";
  readonly Parameters?: readonly ProcessorParameter[];
}

export interface ProcessorParameter {
  readonly ParameterName: "LambdaArn" | "NumberOfRetries" | "MetadataExtractionQuery" | "JsonParsingEngine" | "RoleArn" | "BufferSizeInMBs" | "BufferIntervalInSeconds" | "SubRecordType" | "Delimiter" | "CompressionFormat" | "DataMessageExtraction";
  readonly ParameterValue: string;
}

export interface PutRecordBatchInput {
  readonly DeliveryStreamName: string;
  readonly Records: readonly Record[];
}

export interface PutRecordInput {
  readonly DeliveryStreamName: string;
  readonly Record: Record;
}

export interface Record {
  readonly Data: string;
}

export interface RedshiftDestinationConfiguration {
  readonly RoleARN: string;
  readonly ClusterJDBCURL: string;
  readonly CopyCommand: CopyCommand;
  readonly Username?: string;
  readonly Password?: string;
  readonly RetryOptions?: RedshiftRetryOptions;
  readonly S3Configuration: S3DestinationConfiguration;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly S3BackupMode?: "Disabled" | "Enabled";
  readonly S3BackupConfiguration?: S3DestinationConfiguration;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
  readonly SecretsManagerConfiguration?: SecretsManagerConfiguration;
}

export interface RedshiftDestinationUpdate {
  readonly RoleARN?: string;
  readonly ClusterJDBCURL?: string;
  readonly CopyCommand?: CopyCommand;
  readonly Username?: string;
  readonly Password?: string;
  readonly RetryOptions?: RedshiftRetryOptions;
  readonly S3Update?: S3DestinationUpdate;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly S3BackupMode?: "Disabled" | "Enabled";
  readonly S3BackupUpdate?: S3DestinationUpdate;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
  readonly SecretsManagerConfiguration?: SecretsManagerConfiguration;
}

export interface RedshiftRetryOptions {
  readonly DurationInSeconds?: number;
}

export interface RetryOptions {
  readonly DurationInSeconds?: number;
}

export interface S3DestinationConfiguration {
  readonly RoleARN: string;
  readonly BucketARN: string;
  readonly Prefix?: string;
  readonly ErrorOutputPrefix?: string;
  readonly BufferingHints?: BufferingHints;
  readonly CompressionFormat?: "UNCOMPRESSED" | "GZIP" | "ZIP" | "Snappy" | "HADOOP_SNAPPY";
  readonly EncryptionConfiguration?: EncryptionConfiguration;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
}

export interface S3DestinationUpdate {
  readonly RoleARN?: string;
  readonly BucketARN?: string;
  readonly Prefix?: string;
  readonly ErrorOutputPrefix?: string;
  readonly BufferingHints?: BufferingHints;
  readonly CompressionFormat?: "UNCOMPRESSED" | "GZIP" | "ZIP" | "Snappy" | "HADOOP_SNAPPY";
  readonly EncryptionConfiguration?: EncryptionConfiguration;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
}

export interface SchemaConfiguration {
  readonly RoleARN?: string;
  readonly CatalogId?: string;
  readonly DatabaseName?: string;
  readonly TableName?: string;
  readonly Region?: string;
  readonly VersionId?: string;
}

export interface SchemaEvolutionConfiguration {
  readonly Enabled: boolean;
}

export interface SecretsManagerConfiguration {
  readonly SecretARN?: string;
  readonly RoleARN?: string;
  readonly Enabled: boolean;
}

export interface Serializer {
  readonly ParquetSerDe?: ParquetSerDe;
  readonly OrcSerDe?: OrcSerDe;
}

export interface SnowflakeBufferingHints {
  readonly SizeInMBs?: number;
  readonly IntervalInSeconds?: number;
}

export interface SnowflakeDestinationConfiguration {
  readonly AccountUrl: string;
  readonly PrivateKey?: string;
  readonly KeyPassphrase?: string;
  readonly User?: string;
  readonly Database: string;
  readonly Schema: string;
  readonly Table: string;
  readonly SnowflakeRoleConfiguration?: SnowflakeRoleConfiguration;
  readonly DataLoadingOption?: "JSON_MAPPING" | "VARIANT_CONTENT_MAPPING" | "VARIANT_CONTENT_AND_METADATA_MAPPING";
  readonly MetaDataColumnName?: string;
  readonly ContentColumnName?: string;
  readonly SnowflakeVpcConfiguration?: SnowflakeVpcConfiguration;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly RoleARN: string;
  readonly RetryOptions?: SnowflakeRetryOptions;
  readonly S3BackupMode?: "FailedDataOnly" | "AllData";
  readonly S3Configuration: S3DestinationConfiguration;
  readonly SecretsManagerConfiguration?: SecretsManagerConfiguration;
  readonly BufferingHints?: SnowflakeBufferingHints;
}

export interface SnowflakeDestinationUpdate {
  readonly AccountUrl?: string;
  readonly PrivateKey?: string;
  readonly KeyPassphrase?: string;
  readonly User?: string;
  readonly Database?: string;
  readonly Schema?: string;
  readonly Table?: string;
  readonly SnowflakeRoleConfiguration?: SnowflakeRoleConfiguration;
  readonly DataLoadingOption?: "JSON_MAPPING" | "VARIANT_CONTENT_MAPPING" | "VARIANT_CONTENT_AND_METADATA_MAPPING";
  readonly MetaDataColumnName?: string;
  readonly ContentColumnName?: string;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly RoleARN?: string;
  readonly RetryOptions?: SnowflakeRetryOptions;
  readonly S3BackupMode?: "FailedDataOnly" | "AllData";
  readonly S3Update?: S3DestinationUpdate;
  readonly SecretsManagerConfiguration?: SecretsManagerConfiguration;
  readonly BufferingHints?: SnowflakeBufferingHints;
}

export interface SnowflakeRetryOptions {
  readonly DurationInSeconds?: number;
}

export interface SnowflakeRoleConfiguration {
  readonly Enabled?: boolean;
  readonly SnowflakeRole?: string;
}

export interface SnowflakeVpcConfiguration {
  readonly PrivateLinkVpceId: string;
}

export interface SplunkBufferingHints {
  readonly IntervalInSeconds?: number;
  readonly SizeInMBs?: number;
}

export interface SplunkDestinationConfiguration {
  readonly HECEndpoint: string;
  readonly HECEndpointType: "Raw" | "Event";
  readonly HECToken?: string;
  readonly HECAcknowledgmentTimeoutInSeconds?: number;
  readonly RetryOptions?: SplunkRetryOptions;
  readonly S3BackupMode?: "FailedEventsOnly" | "AllEvents";
  readonly S3Configuration: S3DestinationConfiguration;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
  readonly BufferingHints?: SplunkBufferingHints;
  readonly SecretsManagerConfiguration?: SecretsManagerConfiguration;
}

export interface SplunkDestinationUpdate {
  readonly HECEndpoint?: string;
  readonly HECEndpointType?: "Raw" | "Event";
  readonly HECToken?: string;
  readonly HECAcknowledgmentTimeoutInSeconds?: number;
  readonly RetryOptions?: SplunkRetryOptions;
  readonly S3BackupMode?: "FailedEventsOnly" | "AllEvents";
  readonly S3Update?: S3DestinationUpdate;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
  readonly BufferingHints?: SplunkBufferingHints;
  readonly SecretsManagerConfiguration?: SecretsManagerConfiguration;
}

export interface SplunkRetryOptions {
  readonly DurationInSeconds?: number;
}

export interface StartDeliveryStreamEncryptionInput {
  readonly DeliveryStreamName: string;
  readonly DeliveryStreamEncryptionConfigurationInput?: DeliveryStreamEncryptionConfigurationInput;
}

export interface StopDeliveryStreamEncryptionInput {
  readonly DeliveryStreamName: string;
}

export interface TableCreationConfiguration {
  readonly Enabled: boolean;
}

export interface Tag {
  readonly Key: string;
  readonly Value?: string;
}

export interface TagDeliveryStreamInput {
  readonly DeliveryStreamName: string;
  readonly Tags: readonly Tag[];
}

export interface UntagDeliveryStreamInput {
  readonly DeliveryStreamName: string;
  readonly TagKeys: readonly string[];
}

export interface UpdateDestinationInput {
  readonly DeliveryStreamName: string;
  readonly CurrentDeliveryStreamVersionId: string;
  readonly DestinationId: string;
  readonly S3DestinationUpdate?: S3DestinationUpdate;
  readonly ExtendedS3DestinationUpdate?: ExtendedS3DestinationUpdate;
  readonly RedshiftDestinationUpdate?: RedshiftDestinationUpdate;
  readonly ElasticsearchDestinationUpdate?: ElasticsearchDestinationUpdate;
  readonly AmazonopensearchserviceDestinationUpdate?: AmazonopensearchserviceDestinationUpdate;
  readonly SplunkDestinationUpdate?: SplunkDestinationUpdate;
  readonly HttpEndpointDestinationUpdate?: HttpEndpointDestinationUpdate;
  readonly AmazonOpenSearchServerlessDestinationUpdate?: AmazonOpenSearchServerlessDestinationUpdate;
  readonly SnowflakeDestinationUpdate?: SnowflakeDestinationUpdate;
  readonly IcebergDestinationUpdate?: IcebergDestinationUpdate;
}

export interface VpcConfiguration {
  readonly SubnetIds: readonly string[];
  readonly RoleARN: string;
  readonly SecurityGroupIds: readonly string[];
}
