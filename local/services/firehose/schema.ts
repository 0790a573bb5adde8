import { z } from "zod";
import { tagMap } from "../../resource-types/tags.ts";
import { KeyType } from "./delivery-stream.ts";
import { DESTINATION_ID } from "./describe.ts";
import { destinationInputs, destinationParts } from "./destination.ts";

/** Most tags in one request, and of one delivery stream. */
const MAX_TAGS = 50;

const streamName = z.string().regex(/^[a-zA-Z0-9_.-]{1,64}$/, "must be 1 to 64 of a-z, A-Z, 0-9, _ . -");
const stream = { DeliveryStreamName: streamName };
const record = z.strictObject({ Data: z.string() });

const keyType = z.enum(KeyType, `must be ${Object.values(KeyType).join(" or ")}`);
/** Firehose takes no id and no alias of a key. */
const keyArn = z.string().regex(/^arn:[^:]+:kms:[^:]*:\d{12}:key\/.+$/, "must be the ARN of a KMS key");
const KEY_WITH_TYPE = `a key's ARN is needed with the key type ${KeyType.CustomerManaged}, and only with it`;
const hasKeyWithType = (type: string, key: string | undefined) =>
  (type === KeyType.CustomerManaged) === (key !== undefined);

/** What each operation of Firehose takes. `Data` is base64. */
export const inputs = {
  PutRecord: z.strictObject({ ...stream, Record: record }),
  PutRecordBatch: z.strictObject({ ...stream, Records: z.array(record).min(1) }),
  DescribeDeliveryStream: z.strictObject({
    ...stream,
    Limit: z.number().int().min(1).max(10_000).optional(),
    ExclusiveStartDestinationId: z.string().optional(),
  }),
  ListDeliveryStreams: z.strictObject({
    Limit: z.number().int().min(1).max(10_000).default(10),
    DeliveryStreamType: z.enum(["DirectPut", "KinesisStreamAsSource", "MSKAsSource", "DatabaseAsSource"]).optional(),
    ExclusiveStartDeliveryStreamName: z.string().optional(),
  }),
  UpdateDestination: z.strictObject({
    ...stream,
    CurrentDeliveryStreamVersionId: z.string().min(1).max(50),
    DestinationId: z.string().min(1).max(100),
    ExtendedS3DestinationUpdate: z.strictObject({
      BucketARN: destinationParts.bucketArn.optional(),
      RoleARN: destinationParts.roleArn.optional(),
      BufferingHints: z
        .strictObject({
          SizeInMBs: destinationParts.bufferingSize,
          IntervalInSeconds: destinationParts.bufferingInterval,
        })
        .optional(),
      CompressionFormat: destinationParts.compressionFormat.optional(),
      Prefix: destinationParts.prefix.optional(),
      ErrorOutputPrefix: destinationParts.errorOutputPrefix.optional(),
      FileExtension: destinationParts.fileExtension.optional(),
      CustomTimeZone: destinationParts.customTimeZone.optional(),
      S3BackupMode: destinationParts.s3BackupMode.optional(),
      EncryptionConfiguration: z
        .strictObject({
          NoEncryptionConfig: z.literal("NoEncryption", "the local cloud supports NoEncryption only"),
        })
        .optional(),
      CloudWatchLoggingOptions: z
        .strictObject({
          Enabled: z.boolean().default(false),
          LogGroupName: z.string().optional(),
          LogStreamName: z.string().optional(),
        })
        .optional(),
    }),
  }),
  DeleteDeliveryStream: z.strictObject({ ...stream, AllowForceDelete: z.boolean().optional() }),
  StartDeliveryStreamEncryption: z.strictObject({
    ...stream,
    DeliveryStreamEncryptionConfigurationInput: z
      .strictObject({ KeyType: keyType, KeyARN: keyArn.optional() })
      .refine(({ KeyType: type, KeyARN }) => hasKeyWithType(type, KeyARN), KEY_WITH_TYPE)
      .optional(),
  }),
  StopDeliveryStreamEncryption: z.strictObject(stream),
  ListTagsForDeliveryStream: z.strictObject({
    ...stream,
    ExclusiveStartTagKey: z.string().optional(),
    Limit: z.number().int().min(1).max(MAX_TAGS).default(MAX_TAGS),
  }),
  TagDeliveryStream: z.strictObject({
    ...stream,
    Tags: z
      .array(z.strictObject({ Key: z.string(), Value: z.string().default("") }))
      .min(1)
      .max(MAX_TAGS),
  }),
  UntagDeliveryStream: z.strictObject({ ...stream, TagKeys: z.array(z.string()).min(1).max(MAX_TAGS) }),
} as const;

/** Parameters of an operation, checked. */
export type Input<Name extends keyof typeof inputs> = z.infer<(typeof inputs)[Name]>;

/** Arguments of `aws.kinesis.FirehoseDeliveryStream`. */
export const deliveryStreamInputs = z.strictObject({
  name: streamName,
  arn: z.string().optional(),
  destination: z.literal("extended_s3", "the local cloud supports the destination extended_s3 only"),
  destinationId: z.literal(DESTINATION_ID, `is always ${DESTINATION_ID}: leave it out`).optional(),
  extendedS3Configuration: destinationInputs,
  serverSideEncryption: z
    .strictObject({
      enabled: z.boolean().default(false),
      keyType: keyType.default(KeyType.AwsOwned),
      keyArn: keyArn.optional(),
    })
    .refine(({ keyType: type, keyArn: key }) => hasKeyWithType(type, key), KEY_WITH_TYPE)
    .optional(),
  versionId: z
    .string()
    .regex(/^[0-9]+$/, "is a number that Firehose counts up: leave it out")
    .optional(),
  region: z.string().optional(),
  tags: tagMap.optional(),
});
export type DeliveryStreamInputs = z.infer<typeof deliveryStreamInputs>;
