// botocore 1.44.8, data/lambda/2015-03-31/service-2.json.gz (PyPI, Apache-2.0), without its documentation. Made by scripts/update-service-models.ts: do not edit.

/** What each operation takes, by its name. */
export interface Inputs {
  readonly AddPermission: AddPermissionRequest;
  readonly CreateEventSourceMapping: CreateEventSourceMappingRequest;
  readonly CreateFunction: CreateFunctionRequest;
  readonly DeleteEventSourceMapping: DeleteEventSourceMappingRequest;
  readonly DeleteFunction: DeleteFunctionRequest;
  readonly DeleteFunctionConcurrency: DeleteFunctionConcurrencyRequest;
  readonly GetEventSourceMapping: GetEventSourceMappingRequest;
  readonly GetFunction: GetFunctionRequest;
  readonly GetFunctionConfiguration: GetFunctionConfigurationRequest;
  readonly GetPolicy: GetPolicyRequest;
  readonly Invoke: InvocationRequest;
  readonly ListEventSourceMappings: ListEventSourceMappingsRequest;
  readonly ListFunctions: ListFunctionsRequest;
  readonly ListTags: ListTagsRequest;
  readonly PutFunctionConcurrency: PutFunctionConcurrencyRequest;
  readonly RemovePermission: RemovePermissionRequest;
  readonly TagResource: TagResourceRequest;
  readonly UntagResource: UntagResourceRequest;
  readonly UpdateEventSourceMapping: UpdateEventSourceMappingRequest;
  readonly UpdateFunctionCode: UpdateFunctionCodeRequest;
  readonly UpdateFunctionConfiguration: UpdateFunctionConfigurationRequest;
}

export type AcceleratorConfig = {
  readonly AcceleratorMemorySize: number;
};

export type AddPermissionRequest = {
  readonly FunctionName: string;
  readonly StatementId: string;
  readonly Action: string;
  readonly Principal: string;
  readonly SourceArn?: string;
  readonly FunctionUrlAuthType?: "NONE" | "AWS_IAM";
  readonly InvokedViaFunctionUrl?: boolean;
  readonly SourceAccount?: string;
  readonly EventSourceToken?: string;
  readonly Qualifier?: string;
  readonly RevisionId?: string;
  readonly PrincipalOrgID?: string;
};

export type AmazonManagedKafkaEventSourceConfig = {
  readonly ConsumerGroupId?: string;
  readonly SchemaRegistryConfig?: KafkaSchemaRegistryConfig;
};

export type CapacityProviderConfig = {
  readonly LambdaManagedInstancesCapacityProviderConfig: LambdaManagedInstancesCapacityProviderConfig;
};

export type CreateEventSourceMappingRequest = {
  readonly EventSourceArn?: string;
  readonly FunctionName: string;
  readonly Enabled?: boolean;
  readonly BatchSize?: number;
  readonly FilterCriteria?: FilterCriteria;
  readonly KMSKeyArn?: string;
  readonly MetricsConfig?: EventSourceMappingMetricsConfig;
  readonly LoggingConfig?: EventSourceMappingLoggingConfig;
  readonly ScalingConfig?: ScalingConfig;
  readonly MaximumBatchingWindowInSeconds?: number;
  readonly ParallelizationFactor?: number;
  readonly StartingPosition?: "TRIM_HORIZON" | "LATEST" | "AT_TIMESTAMP";
  readonly StartingPositionTimestamp?: number;
  readonly DestinationConfig?: DestinationConfig;
  readonly MaximumRecordAgeInSeconds?: number;
  readonly BisectBatchOnFunctionError?: boolean;
  readonly MaximumRetryAttempts?: number;
  readonly Tags?: { readonly [key: string]: string };
  readonly TumblingWindowInSeconds?: number;
  readonly Topics?: readonly string[];
  readonly Queues?: readonly string[];
  readonly SourceAccessConfigurations?: readonly SourceAccessConfiguration[];
  readonly SelfManagedEventSource?: SelfManagedEventSource;
  readonly FunctionResponseTypes?: readonly "ReportBatchItemFailures"[];
  readonly AmazonManagedKafkaEventSourceConfig?: AmazonManagedKafkaEventSourceConfig;
  readonly SelfManagedKafkaEventSourceConfig?: SelfManagedKafkaEventSourceConfig;
  readonly DocumentDBEventSourceConfig?: DocumentDBEventSourceConfig;
  readonly ProvisionedPollerConfig?: ProvisionedPollerConfig;
};

export type CreateFunctionRequest = {
  readonly FunctionName: string;
  readonly Runtime?: "nodejs" | "nodejs4.3" | "nodejs6.10" | "nodejs8.10" | "nodejs10.x" | "nodejs12.x" | "nodejs14.x" | "nodejs16.x" | "nodejs18.x" | "nodejs20.x" | "nodejs22.x" | "nodejs24.x" | "java8" | "java8.al2" | "java11" | "java17" | "java21" | "java25" | "python2.7" | "python3.6" | "python3.7" | "python3.8" | "python3.9" | "python3.10" | "python3.11" | "python3.12" | "python3.13" | "python3.14" | "dotnetcore1.0" | "dotnetcore2.0" | "dotnetcore2.1" | "dotnetcore3.1" | "dotnet6" | "dotnet8" | "dotnet10" | "nodejs4.3-edge" | "go1.x" | "ruby2.5" | "ruby2.7" | "ruby3.2" | "ruby3.3" | "ruby3.4" | "ruby4.0" | "provided" | "provided.al2" | "provided.al2023" | "nodejs26.x" | "python3.15" | "java8.al2023" | "java11.al2023" | "java17.al2023" | "custom";
  readonly Role: string;
  readonly Handler?: string;
  readonly Code: FunctionCode;
  readonly Description?: string;
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly Publish?: boolean;
  readonly PublishTo?: "LATEST_PUBLISHED";
  readonly VpcConfig?: VpcConfig;
  readonly PackageType?: "Zip" | "Image";
  readonly DeadLetterConfig?: DeadLetterConfig;
  readonly Environment?: Environment;
  readonly KMSKeyArn?: string;
  readonly TracingConfig?: TracingConfig;
  readonly Tags?: { readonly [key: string]: string };
  readonly Layers?: readonly string[];
  readonly FileSystemConfigs?: readonly FileSystemConfig[];
  readonly CodeSigningConfigArn?: string;
  readonly ImageConfig?: ImageConfig;
  readonly Architectures?: readonly ("x86_64" | "arm64")[];
  readonly EphemeralStorage?: EphemeralStorage;
  readonly SnapStart?: SnapStart;
  readonly LoggingConfig?: LoggingConfig;
  readonly TenancyConfig?: TenancyConfig;
  readonly CapacityProviderConfig?: CapacityProviderConfig;
  readonly DurableConfig?: DurableConfig;
  readonly RuntimeConfig?: FunctionRuntimeConfig;
  readonly AcceleratorConfig?: AcceleratorConfig;
};

export type DeadLetterConfig = {
  readonly TargetArn?: string;
};

export type DeleteEventSourceMappingRequest = {
  readonly UUID: string;
};

export type DeleteFunctionConcurrencyRequest = {
  readonly FunctionName: string;
};

export type DeleteFunctionRequest = {
  readonly FunctionName: string;
  readonly Qualifier?: string;
};

export type DestinationConfig = {
  readonly OnSuccess?: OnSuccess;
  readonly OnFailure?: OnFailure;
};

export type DocumentDBEventSourceConfig = {
  readonly DatabaseName?: string;
  readonly CollectionName?: string;
  readonly FullDocument?: "UpdateLookup" | "Default";
};

export type DurableConfig = {
  readonly KMSKeyArn?: string;
  readonly RetentionPeriodInDays?: number;
  readonly ExecutionTimeout?: number;
};

export type Environment = {
  readonly Variables?: { readonly [key: string]: string };
};

export type EphemeralStorage = {
  readonly Size: number;
};

export type EventSourceMappingLoggingConfig = {
  readonly SystemLogLevel?: "DEBUG" | "INFO" | "WARN";
};

export type EventSourceMappingMetricsConfig = {
  readonly Metrics?: readonly ("EventCount" | "ErrorCount" | "KafkaMetrics")[];
};

export type FileSystemConfig = {
  readonly Arn: string;
  readonly LocalMountPath: string;
  readonly S3FilesConfig?: S3FilesConfig;
};

export type Filter = {
  readonly Pattern?: string;
};

export type FilterCriteria = {
  readonly Filters?: readonly Filter[];
};

export type FunctionCode = {
  readonly ZipFile?: string;
  readonly S3Bucket?: string;
  readonly S3Key?: string;
  readonly S3ObjectVersion?: string;
  readonly S3ObjectStorageMode?: "COPY" | "REFERENCE";
  readonly ImageUri?: string;
  readonly SourceKMSKeyArn?: string;
};

export type FunctionRuntimeConfig = {
  readonly RuntimeArn: string;
  readonly RuntimeAlias: string;
};

export type GetEventSourceMappingRequest = {
  readonly UUID: string;
};

export type GetFunctionConfigurationRequest = {
  readonly FunctionName: string;
  readonly Qualifier?: string;
};

export type GetFunctionRequest = {
  readonly FunctionName: string;
  readonly Qualifier?: string;
};

export type GetPolicyRequest = {
  readonly FunctionName: string;
  readonly Qualifier?: string;
};

export type ImageConfig = {
  readonly EntryPoint?: readonly string[];
  readonly Command?: readonly string[];
  readonly WorkingDirectory?: string;
};

export type InvocationRequest = {
  readonly FunctionName: string;
  readonly InvocationType?: "Event" | "RequestResponse" | "DryRun";
  readonly LogType?: "None" | "Tail";
  readonly ClientContext?: string;
  readonly DurableExecutionName?: string;
  readonly Payload?: string;
  readonly Qualifier?: string;
  readonly TenantId?: string;
};

export type KafkaSchemaRegistryAccessConfig = {
  readonly Type?: "BASIC_AUTH" | "CLIENT_CERTIFICATE_TLS_AUTH" | "SERVER_ROOT_CA_CERTIFICATE" | "OAUTHBEARER_AUTH";
  readonly URI?: string;
};

export type KafkaSchemaRegistryConfig = {
  readonly SchemaRegistryURI?: string;
  readonly EventRecordFormat?: "JSON" | "SOURCE";
  readonly AccessConfigs?: readonly KafkaSchemaRegistryAccessConfig[];
  readonly SchemaValidationConfigs?: readonly KafkaSchemaValidationConfig[];
};

export type KafkaSchemaValidationConfig = {
  readonly Attribute?: "KEY" | "VALUE";
};

export type LambdaManagedInstancesCapacityProviderConfig = {
  readonly CapacityProviderArn: string;
  readonly PerExecutionEnvironmentMaxConcurrency?: number;
  readonly ExecutionEnvironmentMemoryGiBPerVCpu?: number;
};

export type ListEventSourceMappingsRequest = {
  readonly EventSourceArn?: string;
  readonly FunctionName?: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
};

export type ListFunctionsRequest = {
  readonly MasterRegion?: string;
  readonly FunctionVersion?: "ALL";
  readonly Marker?: string;
  readonly MaxItems?: number;
};

export type ListTagsRequest = {
  readonly Resource: string;
};

export type LoggingConfig = {
  readonly LogFormat?: "JSON" | "Text";
  readonly ApplicationLogLevel?: "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";
  readonly SystemLogLevel?: "DEBUG" | "INFO" | "WARN";
  readonly LogGroup?: string;
};

export type OnFailure = {
  readonly Destination?: string;
};

export type OnSuccess = {
  readonly Destination?: string;
};

export type ProvisionedPollerConfig = {
  readonly MinimumPollers?: number;
  readonly MaximumPollers?: number;
  readonly PollerGroupName?: string;
};

export type PutFunctionConcurrencyRequest = {
  readonly FunctionName: string;
  readonly ReservedConcurrentExecutions: number;
};

export type RemovePermissionRequest = {
  readonly FunctionName: string;
  readonly StatementId: string;
  readonly Qualifier?: string;
  readonly RevisionId?: string;
};

export type S3FilesConfig = {
  readonly DirectS3Read?: "ENABLED" | "DISABLED" | "AUTO";
};

export type ScalingConfig = {
  readonly MaximumConcurrency?: number;
};

export type SelfManagedEventSource = {
  readonly Endpoints?: { readonly [key: string]: readonly string[] };
};

export type SelfManagedKafkaEventSourceConfig = {
  readonly ConsumerGroupId?: string;
  readonly SchemaRegistryConfig?: KafkaSchemaRegistryConfig;
  readonly ConsumptionMode?: "Stream" | "Queue";
};

export type SnapStart = {
  readonly ApplyOn?: "PublishedVersions" | "None";
};

export type SourceAccessConfiguration = {
  readonly Type?: "BASIC_AUTH" | "VPC_SUBNET" | "VPC_SECURITY_GROUP" | "SASL_SCRAM_512_AUTH" | "SASL_SCRAM_256_AUTH" | "VIRTUAL_HOST" | "CLIENT_CERTIFICATE_TLS_AUTH" | "SERVER_ROOT_CA_CERTIFICATE" | "OAUTHBEARER_AUTH" | "OAUTHBEARER_SCOPE" | "OAUTHBEARER_AUDIENCE" | "OAUTHBEARER_LOGICAL_CLUSTER" | "OAUTHBEARER_IDENTITY_POOL" | "IAM_AUTH" | "IAM_OAUTHBEARER_AUTH";
  readonly URI?: string;
};

export type TagResourceRequest = {
  readonly Resource: string;
  readonly Tags: { readonly [key: string]: string };
};

export type TenancyConfig = {
  readonly TenantIsolationMode: "PER_TENANT";
};

export type TracingConfig = {
  readonly Mode?: "Active" | "PassThrough";
};

export type UntagResourceRequest = {
  readonly Resource: string;
  readonly TagKeys: readonly string[];
};

export type UpdateEventSourceMappingRequest = {
  readonly UUID: string;
  readonly FunctionName?: string;
  readonly Enabled?: boolean;
  readonly BatchSize?: number;
  readonly FilterCriteria?: FilterCriteria;
  readonly KMSKeyArn?: string;
  readonly MetricsConfig?: EventSourceMappingMetricsConfig;
  readonly LoggingConfig?: EventSourceMappingLoggingConfig;
  readonly ScalingConfig?: ScalingConfig;
  readonly MaximumBatchingWindowInSeconds?: number;
  readonly ParallelizationFactor?: number;
  readonly DestinationConfig?: DestinationConfig;
  readonly MaximumRecordAgeInSeconds?: number;
  readonly BisectBatchOnFunctionError?: boolean;
  readonly MaximumRetryAttempts?: number;
  readonly TumblingWindowInSeconds?: number;
  readonly SourceAccessConfigurations?: readonly SourceAccessConfiguration[];
  readonly FunctionResponseTypes?: readonly "ReportBatchItemFailures"[];
  readonly AmazonManagedKafkaEventSourceConfig?: AmazonManagedKafkaEventSourceConfig;
  readonly SelfManagedKafkaEventSourceConfig?: SelfManagedKafkaEventSourceConfig;
  readonly DocumentDBEventSourceConfig?: DocumentDBEventSourceConfig;
  readonly ProvisionedPollerConfig?: ProvisionedPollerConfig;
};

export type UpdateFunctionCodeRequest = {
  readonly FunctionName: string;
  readonly ZipFile?: string;
  readonly S3Bucket?: string;
  readonly S3Key?: string;
  readonly S3ObjectVersion?: string;
  readonly S3ObjectStorageMode?: "COPY" | "REFERENCE";
  readonly ImageUri?: string;
  readonly Architectures?: readonly ("x86_64" | "arm64")[];
  readonly Publish?: boolean;
  readonly PublishTo?: "LATEST_PUBLISHED";
  readonly DryRun?: boolean;
  readonly RevisionId?: string;
  readonly SourceKMSKeyArn?: string;
};

export type UpdateFunctionConfigurationRequest = {
  readonly FunctionName: string;
  readonly Role?: string;
  readonly Handler?: string;
  readonly Description?: string;
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly VpcConfig?: VpcConfig;
  readonly Environment?: Environment;
  readonly Runtime?: "nodejs" | "nodejs4.3" | "nodejs6.10" | "nodejs8.10" | "nodejs10.x" | "nodejs12.x" | "nodejs14.x" | "nodejs16.x" | "nodejs18.x" | "nodejs20.x" | "nodejs22.x" | "nodejs24.x" | "java8" | "java8.al2" | "java11" | "java17" | "java21" | "java25" | "python2.7" | "python3.6" | "python3.7" | "python3.8" | "python3.9" | "python3.10" | "python3.11" | "python3.12" | "python3.13" | "python3.14" | "dotnetcore1.0" | "dotnetcore2.0" | "dotnetcore2.1" | "dotnetcore3.1" | "dotnet6" | "dotnet8" | "dotnet10" | "nodejs4.3-edge" | "go1.x" | "ruby2.5" | "ruby2.7" | "ruby3.2" | "ruby3.3" | "ruby3.4" | "ruby4.0" | "provided" | "provided.al2" | "provided.al2023" | "nodejs26.x" | "python3.15" | "java8.al2023" | "java11.al2023" | "java17.al2023" | "custom";
  readonly DeadLetterConfig?: DeadLetterConfig;
  readonly KMSKeyArn?: string;
  readonly TracingConfig?: TracingConfig;
  readonly RevisionId?: string;
  readonly Layers?: readonly string[];
  readonly FileSystemConfigs?: readonly FileSystemConfig[];
  readonly ImageConfig?: ImageConfig;
  readonly EphemeralStorage?: EphemeralStorage;
  readonly SnapStart?: SnapStart;
  readonly LoggingConfig?: LoggingConfig;
  readonly CapacityProviderConfig?: CapacityProviderConfig;
  readonly DurableConfig?: DurableConfig;
  readonly RuntimeConfig?: FunctionRuntimeConfig;
  readonly AcceleratorConfig?: AcceleratorConfig;
};

export type VpcConfig = {
  readonly SubnetIds?: readonly string[];
  readonly SecurityGroupIds?: readonly string[];
  readonly Ipv6AllowedForDualStack?: boolean;
};
