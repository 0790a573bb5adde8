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

export type AmazonOpenSearchServerlessBufferingHints = {
  readonly IntervalInSeconds?: number;
  readonly SizeInMBs?: number;
};

export type AmazonOpenSearchServerlessDestinationConfiguration = {
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
};

export type AmazonOpenSearchServerlessDestinationUpdate = {
  readonly RoleARN?: string;
  readonly CollectionEndpoint?: string;
  readonly IndexName?: string;
  readonly BufferingHints?: AmazonOpenSearchServerlessBufferingHints;
  readonly RetryOptions?: AmazonOpenSearchServerlessRetryOptions;
  readonly S3Update?: S3DestinationUpdate;
  readonly ProcessingConfiguration?: ProcessingConfiguration;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
};

export type AmazonOpenSearchServerlessRetryOptions = {
  readonly DurationInSeconds?: number;
};

export type AmazonopensearchserviceBufferingHints = {
  readonly IntervalInSeconds?: number;
  readonly SizeInMBs?: number;
};

export type AmazonopensearchserviceDestinationConfiguration = {
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
};

export type AmazonopensearchserviceDestinationUpdate = {
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
};

export type AmazonopensearchserviceRetryOptions = {
  readonly DurationInSeconds?: number;
};

export type AuthenticationConfiguration = {
  readonly RoleARN: string;
  readonly Connectivity: "PUBLIC" | "PRIVATE";
};

export type BufferingHints = {
  readonly SizeInMBs?: number;
  readonly IntervalInSeconds?: number;
};

export type CatalogConfiguration = {
  readonly CatalogARN?: string;
  readonly WarehouseLocation?: string;
};

export type CloudWatchLoggingOptions = {
  readonly Enabled?: boolean;
  readonly LogGroupName?: string;
  readonly LogStreamName?: string;
};

export type CopyCommand = {
  readonly DataTableName: string;
  readonly DataTableColumns?: string;
  readonly CopyOptions?: string;
};

export type CreateDeliveryStreamInput = {
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
};

export type DataFormatConversionConfiguration = {
  readonly SchemaConfiguration?: SchemaConfiguration;
  readonly InputFormatConfiguration?: InputFormatConfiguration;
  readonly OutputFormatConfiguration?: OutputFormatConfiguration;
  readonly Enabled?: boolean;
};

export type DatabaseColumnList = {
  readonly Include?: readonly string[];
  readonly Exclude?: readonly string[];
};

export type DatabaseList = {
  readonly Include?: readonly string[];
  readonly Exclude?: readonly string[];
};

export type DatabaseSourceAuthenticationConfiguration = {
  readonly SecretsManagerConfiguration: SecretsManagerConfiguration;
};

export type DatabaseSourceConfiguration = {
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
};

export type DatabaseSourceVPCConfiguration = {
  readonly VpcEndpointServiceName: string;
};

export type DatabaseTableList = {
  readonly Include?: readonly string[];
  readonly Exclude?: readonly string[];
};

export type DeleteDeliveryStreamInput = {
  readonly DeliveryStreamName: string;
  readonly AllowForceDelete?: boolean;
};

export type DeliveryStreamEncryptionConfigurationInput = {
  readonly KeyARN?: string;
  readonly KeyType: "AWS_OWNED_CMK" | "CUSTOMER_MANAGED_CMK";
};

export type DescribeDeliveryStreamInput = {
  readonly DeliveryStreamName: string;
  readonly Limit?: number;
  readonly ExclusiveStartDestinationId?: string;
};

export type Deserializer = {
  readonly OpenXJsonSerDe?: OpenXJsonSerDe;
  readonly HiveJsonSerDe?: HiveJsonSerDe;
};

export type DestinationTableConfiguration = {
  readonly DestinationTableName: string;
  readonly DestinationDatabaseName: string;
  readonly UniqueKeys?: readonly string[];
  readonly PartitionSpec?: PartitionSpec;
  readonly S3ErrorOutputPrefix?: string;
};

export type DirectPutSourceConfiguration = {
  readonly ThroughputHintInMBs: number;
};

export type DocumentIdOptions = {
  readonly DefaultDocumentIdFormat: "FIREHOSE_DEFAULT" | "NO_DOCUMENT_ID";
};

export type DynamicPartitioningConfiguration = {
  readonly RetryOptions?: RetryOptions;
  readonly Enabled?: boolean;
};

export type ElasticsearchBufferingHints = {
  readonly IntervalInSeconds?: number;
  readonly SizeInMBs?: number;
};

export type ElasticsearchDestinationConfiguration = {
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
};

export type ElasticsearchDestinationUpdate = {
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
};

export type ElasticsearchRetryOptions = {
  readonly DurationInSeconds?: number;
};

export type EncryptionConfiguration = {
  readonly NoEncryptionConfig?: "NoEncryption";
  readonly KMSEncryptionConfig?: KMSEncryptionConfig;
};

export type ExtendedS3DestinationConfiguration = {
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
};

export type ExtendedS3DestinationUpdate = {
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
};

export type HiveJsonSerDe = {
  readonly TimestampFormats?: readonly string[];
};

export type HttpEndpointBufferingHints = {
  readonly SizeInMBs?: number;
  readonly IntervalInSeconds?: number;
};

export type HttpEndpointCommonAttribute = {
  readonly AttributeName: string;
  readonly AttributeValue: string;
};

export type HttpEndpointConfiguration = {
  readonly Url: string;
  readonly Name?: string;
  readonly AccessKey?: string;
};

export type HttpEndpointDestinationConfiguration = {
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
};

export type HttpEndpointDestinationUpdate = {
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
};

export type HttpEndpointRequestConfiguration = {
  readonly ContentEncoding?: "NONE" | "GZIP";
  readonly CommonAttributes?: readonly HttpEndpointCommonAttribute[];
};

export type HttpEndpointRetryOptions = {
  readonly DurationInSeconds?: number;
};

export type IcebergDestinationConfiguration = {
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
};

export type IcebergDestinationUpdate = {
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
};

export type InputFormatConfiguration = {
  readonly Deserializer?: Deserializer;
};

export type KMSEncryptionConfig = {
  readonly AWSKMSKeyARN: string;
};

export type KinesisStreamSourceConfiguration = {
  readonly KinesisStreamARN: string;
  readonly RoleARN: string;
};

export type ListDeliveryStreamsInput = {
  readonly Limit?: number;
  readonly DeliveryStreamType?: "DirectPut" | "KinesisStreamAsSource" | "MSKAsSource" | "DatabaseAsSource";
  readonly ExclusiveStartDeliveryStreamName?: string;
};

export type ListTagsForDeliveryStreamInput = {
  readonly DeliveryStreamName: string;
  readonly ExclusiveStartTagKey?: string;
  readonly Limit?: number;
};

export type MSKSourceConfiguration = {
  readonly MSKClusterARN: string;
  readonly TopicName: string;
  readonly AuthenticationConfiguration: AuthenticationConfiguration;
  readonly ReadFromTimestamp?: number;
};

export type OpenXJsonSerDe = {
  readonly ConvertDotsInJsonKeysToUnderscores?: boolean;
  readonly CaseInsensitive?: boolean;
  readonly ColumnToJsonKeyMappings?: { readonly [key: string]: string };
};

export type OrcSerDe = {
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
};

export type OutputFormatConfiguration = {
  readonly Serializer?: Serializer;
};

export type ParquetSerDe = {
  readonly BlockSizeBytes?: number;
  readonly PageSizeBytes?: number;
  readonly Compression?: "UNCOMPRESSED" | "GZIP" | "SNAPPY";
  readonly EnableDictionaryCompression?: boolean;
  readonly MaxPaddingBytes?: number;
  readonly WriterVersion?: "V1" | "V2";
};

export type PartitionField = {
  readonly SourceName: string;
};

export type PartitionSpec = {
  readonly Identity?: readonly PartitionField[];
};

export type ProcessingConfiguration = {
  readonly Enabled?: boolean;
  readonly Processors?: readonly Processor[];
};

export type Processor = {
  readonly Type: "RecordDeAggregation" | "Decompression" | "CloudWatchLogProcessing" | "Lambda" | "MetadataExtraction" | "AppendDelimiterToRecord";
  readonly Parameters?: readonly ProcessorParameter[];
};

export type ProcessorParameter = {
  readonly ParameterName: "LambdaArn" | "NumberOfRetries" | "MetadataExtractionQuery" | "JsonParsingEngine" | "RoleArn" | "BufferSizeInMBs" | "BufferIntervalInSeconds" | "SubRecordType" | "Delimiter" | "CompressionFormat" | "DataMessageExtraction";
  readonly ParameterValue: string;
};

export type PutRecordBatchInput = {
  readonly DeliveryStreamName: string;
  readonly Records: readonly Record[];
};

export type PutRecordInput = {
  readonly DeliveryStreamName: string;
  readonly Record: Record;
};

export type Record = {
  readonly Data: string;
};

export type RedshiftDestinationConfiguration = {
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
};

export type RedshiftDestinationUpdate = {
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
};

export type RedshiftRetryOptions = {
  readonly DurationInSeconds?: number;
};

export type RetryOptions = {
  readonly DurationInSeconds?: number;
};

export type S3DestinationConfiguration = {
  readonly RoleARN: string;
  readonly BucketARN: string;
  readonly Prefix?: string;
  readonly ErrorOutputPrefix?: string;
  readonly BufferingHints?: BufferingHints;
  readonly CompressionFormat?: "UNCOMPRESSED" | "GZIP" | "ZIP" | "Snappy" | "HADOOP_SNAPPY";
  readonly EncryptionConfiguration?: EncryptionConfiguration;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
};

export type S3DestinationUpdate = {
  readonly RoleARN?: string;
  readonly BucketARN?: string;
  readonly Prefix?: string;
  readonly ErrorOutputPrefix?: string;
  readonly BufferingHints?: BufferingHints;
  readonly CompressionFormat?: "UNCOMPRESSED" | "GZIP" | "ZIP" | "Snappy" | "HADOOP_SNAPPY";
  readonly EncryptionConfiguration?: EncryptionConfiguration;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions;
};

export type SchemaConfiguration = {
  readonly RoleARN?: string;
  readonly CatalogId?: string;
  readonly DatabaseName?: string;
  readonly TableName?: string;
  readonly Region?: string;
  readonly VersionId?: string;
};

export type SchemaEvolutionConfiguration = {
  readonly Enabled: boolean;
};

export type SecretsManagerConfiguration = {
  readonly SecretARN?: string;
  readonly RoleARN?: string;
  readonly Enabled: boolean;
};

export type Serializer = {
  readonly ParquetSerDe?: ParquetSerDe;
  readonly OrcSerDe?: OrcSerDe;
};

export type SnowflakeBufferingHints = {
  readonly SizeInMBs?: number;
  readonly IntervalInSeconds?: number;
};

export type SnowflakeDestinationConfiguration = {
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
};

export type SnowflakeDestinationUpdate = {
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
};

export type SnowflakeRetryOptions = {
  readonly DurationInSeconds?: number;
};

export type SnowflakeRoleConfiguration = {
  readonly Enabled?: boolean;
  readonly SnowflakeRole?: string;
};

export type SnowflakeVpcConfiguration = {
  readonly PrivateLinkVpceId: string;
};

export type SplunkBufferingHints = {
  readonly IntervalInSeconds?: number;
  readonly SizeInMBs?: number;
};

export type SplunkDestinationConfiguration = {
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
};

export type SplunkDestinationUpdate = {
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
};

export type SplunkRetryOptions = {
  readonly DurationInSeconds?: number;
};

export type StartDeliveryStreamEncryptionInput = {
  readonly DeliveryStreamName: string;
  readonly DeliveryStreamEncryptionConfigurationInput?: DeliveryStreamEncryptionConfigurationInput;
};

export type StopDeliveryStreamEncryptionInput = {
  readonly DeliveryStreamName: string;
};

export type TableCreationConfiguration = {
  readonly Enabled: boolean;
};

export type Tag = {
  readonly Key: string;
  readonly Value?: string;
};

export type TagDeliveryStreamInput = {
  readonly DeliveryStreamName: string;
  readonly Tags: readonly Tag[];
};

export type UntagDeliveryStreamInput = {
  readonly DeliveryStreamName: string;
  readonly TagKeys: readonly string[];
};

export type UpdateDestinationInput = {
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
};

export type VpcConfiguration = {
  readonly SubnetIds: readonly string[];
  readonly RoleARN: string;
  readonly SecurityGroupIds: readonly string[];
};
