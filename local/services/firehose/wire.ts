import { modelWire } from "../../wire/model-wire.ts";

/** JSON 1.1. Delivery streams take records by call only, and deliver them into a bucket as they are. */
export const wire = modelWire("firehose", {
  unsupported: [
    "CompressionFormat=HADOOP_SNAPPY",
    "CompressionFormat=Snappy",
    "CompressionFormat=ZIP",
    "EncryptionConfiguration.KMSEncryptionConfig",
    "ExtendedS3DestinationUpdate.DataFormatConversionConfiguration",
    "ExtendedS3DestinationUpdate.DynamicPartitioningConfiguration",
    "ExtendedS3DestinationUpdate.ProcessingConfiguration",
    "ExtendedS3DestinationUpdate.S3BackupUpdate",
    "S3BackupMode=Enabled",
    "UpdateDestinationInput.AmazonOpenSearchServerlessDestinationUpdate",
    "UpdateDestinationInput.AmazonopensearchserviceDestinationUpdate",
    "UpdateDestinationInput.ElasticsearchDestinationUpdate",
    "UpdateDestinationInput.HttpEndpointDestinationUpdate",
    "UpdateDestinationInput.IcebergDestinationUpdate",
    "UpdateDestinationInput.RedshiftDestinationUpdate",
    "UpdateDestinationInput.S3DestinationUpdate",
    "UpdateDestinationInput.SnowflakeDestinationUpdate",
    "UpdateDestinationInput.SplunkDestinationUpdate",
  ],
});
