import type { DeliveryStream } from "./delivery-stream.ts";

/** The only destination that a delivery stream has. */
export const DESTINATION_ID = "destinationId-000000000001";

/** A delivery stream as DescribeDeliveryStream shows it. */
export function describe(stream: DeliveryStream) {
  const { destination } = stream;
  const { cloudwatchLoggingOptions: logging } = destination;
  const common = {
    RoleARN: destination.roleArn,
    BucketARN: destination.bucketArn,
    Prefix: destination.prefix,
    ErrorOutputPrefix: destination.errorOutputPrefix,
    BufferingHints: { SizeInMBs: destination.bufferingSize, IntervalInSeconds: destination.bufferingInterval },
    CompressionFormat: destination.compressionFormat,
    EncryptionConfiguration: { NoEncryptionConfig: "NoEncryption" },
    CloudWatchLoggingOptions: {
      Enabled: logging.enabled,
      ...(logging.logGroupName === undefined ? {} : { LogGroupName: logging.logGroupName }),
      ...(logging.logStreamName === undefined ? {} : { LogStreamName: logging.logStreamName }),
    },
  };
  return {
    DeliveryStreamName: stream.name,
    DeliveryStreamARN: stream.arn,
    DeliveryStreamStatus: "ACTIVE",
    DeliveryStreamType: "DirectPut",
    DeliveryStreamEncryptionConfiguration: stream.encryption
      ? { Status: "ENABLED", KeyType: stream.encryption.keyType, KeyARN: stream.encryption.keyArn }
      : { Status: "DISABLED" },
    VersionId: String(stream.version),
    CreateTimestamp: stream.createdAt / 1000,
    ...(stream.updatedAt === undefined ? {} : { LastUpdateTimestamp: stream.updatedAt / 1000 }),
    Destinations: [
      {
        DestinationId: DESTINATION_ID,
        S3DestinationDescription: common,
        ExtendedS3DestinationDescription: {
          ...common,
          S3BackupMode: "Disabled",
          FileExtension: destination.fileExtension,
          CustomTimeZone: destination.customTimeZone,
        },
      },
    ],
    HasMoreDestinations: false,
  };
}
