import { z } from "zod";
import { isTimeZone } from "./prefix.ts";

const streamName = z.string().regex(/^[a-zA-Z0-9_.-]{1,64}$/, "must be 1 to 64 of a-z, A-Z, 0-9, _ . -");
const record = z.strictObject({ Data: z.string() });

/** What each operation of Firehose takes. `Data` is base64. */
export const inputs = {
  PutRecord: z.strictObject({ DeliveryStreamName: streamName, Record: record }),
  PutRecordBatch: z.strictObject({ DeliveryStreamName: streamName, Records: z.array(record).min(1) }),
  DescribeDeliveryStream: z.strictObject({
    DeliveryStreamName: streamName,
    Limit: z.number().int().min(1).max(10_000).optional(),
    ExclusiveStartDestinationId: z.string().optional(),
  }),
  ListDeliveryStreams: z.strictObject({
    Limit: z.number().int().min(1).max(10_000).default(10),
    DeliveryStreamType: z.enum(["DirectPut", "KinesisStreamAsSource", "MSKAsSource", "DatabaseAsSource"]).optional(),
    ExclusiveStartDeliveryStreamName: z.string().optional(),
  }),
} as const;

const arn = (service: string) => z.string().regex(new RegExp(`^arn:[^:]+:${service}:`), `must be an ARN of ${service}`);

/** `extendedS3Configuration` of a delivery stream, with the defaults that the provider and AWS have. */
export const destinationInputs = z.strictObject({
  bucketArn: arn("s3").max(2048),
  roleArn: arn("iam").max(512),
  bufferingSize: z.number().int().min(1).max(128).default(5),
  bufferingInterval: z.number().int().min(0).max(900).default(300),
  compressionFormat: z
    .enum(["UNCOMPRESSED", "GZIP"], "the local cloud supports UNCOMPRESSED and GZIP only")
    .default("UNCOMPRESSED"),
  prefix: z.string().max(1024).default(""),
  errorOutputPrefix: z.string().max(1024).default(""),
  fileExtension: z
    .string()
    .max(128)
    .regex(/^(\.[0-9a-z!\-_.*'()]+)?$/, "must be empty or a dot followed by 0-9 a-z ! - _ . * ' ( )")
    .default(""),
  customTimeZone: z
    .string()
    .max(50)
    .refine(isTimeZone, "must be the name of a time zone, such as UTC or Europe/Oslo")
    .default("UTC"),
  s3BackupMode: z.literal("Disabled", "the local cloud supports s3BackupMode Disabled only").default("Disabled"),
  cloudwatchLoggingOptions: z
    .strictObject({
      enabled: z.boolean().default(false),
      logGroupName: z.string().optional(),
      logStreamName: z.string().optional(),
    })
    .default({ enabled: false }),
});

/** Where a delivery stream delivers, and how. */
export type Destination = z.infer<typeof destinationInputs>;

/** Arguments of `aws.kinesis.FirehoseDeliveryStream`. */
export const deliveryStreamInputs = z.strictObject({
  name: streamName,
  destination: z.literal("extended_s3", "the local cloud supports the destination extended_s3 only"),
  extendedS3Configuration: destinationInputs,
  serverSideEncryption: z
    .strictObject({
      enabled: z.boolean().default(false),
      keyType: z
        .literal("AWS_OWNED_CMK", "the local cloud supports the key type AWS_OWNED_CMK only")
        .default("AWS_OWNED_CMK"),
    })
    .default({ enabled: false, keyType: "AWS_OWNED_CMK" }),
  region: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional(),
});
export type DeliveryStreamInputs = z.infer<typeof deliveryStreamInputs>;
