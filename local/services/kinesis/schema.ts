import { z } from "zod";
import { DEFAULT_RECORD_KIB, MAX_RECORD_KIB, SHARD_LEVEL_METRICS } from "./limits.ts";

const streamName = z.string().regex(/^[a-zA-Z0-9_.-]{1,128}$/, "must be 1 to 128 of a-z, A-Z, 0-9, _ . -");
const streamArn = z.string().regex(/^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream\/[a-zA-Z0-9_.-]{1,128}$/);
const timestamp = z.number();
const base64 = z.string().refine(isBase64, "is not base64");
const hashKey = z.string().regex(/^(0|[1-9]\d{0,38})$/, "is not a hash key");
const address = { StreamName: streamName.optional(), StreamARN: streamArn.optional() };

/** How a call names its stream. */
export interface StreamAddress {
  readonly StreamName?: string | undefined;
  readonly StreamARN?: string | undefined;
}

export const putRecordInput = z.strictObject({
  ...address,
  Data: base64,
  PartitionKey: z.string(),
  ExplicitHashKey: z.string().optional(),
  SequenceNumberForOrdering: z.string().optional(),
});

export const putRecordsInput = z.strictObject({
  ...address,
  Records: z.array(z.strictObject({ Data: base64, PartitionKey: z.string(), ExplicitHashKey: z.string().optional() })),
});

export const describeStreamInput = z.strictObject({
  ...address,
  Limit: z.number().int().min(1).max(10_000).optional(),
  ExclusiveStartShardId: z.string().optional(),
});

export const streamInput = z.strictObject(address);

export const listStreamsInput = z.strictObject({
  Limit: z.number().int().min(1).max(10_000).optional(),
  ExclusiveStartStreamName: streamName.optional(),
  NextToken: z.string().optional(),
});

export const listShardsInput = z.strictObject({
  ...address,
  NextToken: z.string().optional(),
  ExclusiveStartShardId: z.string().optional(),
  MaxResults: z.number().int().min(1).max(10_000).optional(),
  StreamCreationTimestamp: timestamp.optional(),
  ShardFilter: z
    .strictObject({
      Type: z.enum([
        "AFTER_SHARD_ID",
        "AT_LATEST",
        "AT_TIMESTAMP",
        "AT_TRIM_HORIZON",
        "FROM_TIMESTAMP",
        "FROM_TRIM_HORIZON",
      ]),
      ShardId: z.string().optional(),
      Timestamp: timestamp.optional(),
    })
    .optional(),
});

export const getShardIteratorInput = z.strictObject({
  ...address,
  ShardId: z.string(),
  ShardIteratorType: z.enum(["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "AT_TIMESTAMP", "TRIM_HORIZON", "LATEST"]),
  StartingSequenceNumber: z.string().optional(),
  Timestamp: timestamp.optional(),
});

export const getRecordsInput = z.strictObject({
  ShardIterator: z.string(),
  Limit: z.number().int().min(1).max(10_000).optional(),
  StreamARN: streamArn.optional(),
});

export const splitShardInput = z.strictObject({ ...address, ShardToSplit: z.string(), NewStartingHashKey: hashKey });

export const mergeShardsInput = z.strictObject({
  ...address,
  ShardToMerge: z.string(),
  AdjacentShardToMerge: z.string(),
});

export const updateShardCountInput = z.strictObject({
  ...address,
  TargetShardCount: z.number().int().min(1),
  ScalingType: z.literal("UNIFORM_SCALING"),
});

export const retentionInput = z.strictObject({ ...address, RetentionPeriodHours: z.number().int() });

export const updateStreamModeInput = z.strictObject({
  StreamARN: streamArn,
  StreamModeDetails: z.strictObject({ StreamMode: z.enum(["ON_DEMAND", "PROVISIONED"]) }),
});

export const updateMaxRecordSizeInput = z.strictObject({
  StreamARN: streamArn,
  MaxRecordSizeInKiB: z.number().int().min(DEFAULT_RECORD_KIB).max(MAX_RECORD_KIB),
});

export const encryptionInput = z.strictObject({
  ...address,
  EncryptionType: z.literal("KMS"),
  KeyId: z.string().min(1).max(2048),
});

export const monitoringInput = z.strictObject({
  ...address,
  ShardLevelMetrics: z.array(z.enum([...SHARD_LEVEL_METRICS, "ALL"])).min(1),
});

const tags = z.record(z.string(), z.string());
const tagKeys = z.array(z.string()).min(1).max(50);

export const addTagsInput = z.strictObject({ ...address, Tags: tags });

export const removeTagsInput = z.strictObject({ ...address, TagKeys: tagKeys });

export const listTagsForStreamInput = z.strictObject({
  ...address,
  ExclusiveStartTagKey: z.string().optional(),
  Limit: z.number().int().min(1).max(50).optional(),
});

const consumerName = z.string().regex(/^[a-zA-Z0-9_.-]{1,128}$/, "must be 1 to 128 of a-z, A-Z, 0-9, _ . -");
const consumerArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream\/[a-zA-Z0-9_.-]{1,128}\/consumer\/[a-zA-Z0-9_.-]+:\d+$/,
    "must be a consumer's ARN",
  );
const resourceArn = z.union([streamArn, consumerArn]);

export const tagResourceInput = z.strictObject({ ResourceARN: resourceArn, Tags: tags });

export const untagResourceInput = z.strictObject({ ResourceARN: resourceArn, TagKeys: tagKeys });

export const listTagsForResourceInput = z.strictObject({ ResourceARN: resourceArn });

export const deleteStreamInput = z.strictObject({ ...address, EnforceConsumerDeletion: z.boolean().optional() });

export const registerConsumerInput = z.strictObject({
  StreamARN: streamArn,
  ConsumerName: consumerName,
  Tags: tags.optional(),
});

export const consumerInput = z.strictObject({
  StreamARN: streamArn.optional(),
  ConsumerName: consumerName.optional(),
  ConsumerARN: consumerArn.optional(),
});

/** How a call names its consumer. */
export type ConsumerAddress = z.infer<typeof consumerInput>;

export const listConsumersInput = z.strictObject({
  StreamARN: streamArn,
  NextToken: z.string().optional(),
  MaxResults: z.number().int().min(1).max(10_000).optional(),
});

export const resourcePolicyInput = z.strictObject({ ResourceARN: streamArn });

export const putResourcePolicyInput = z.strictObject({ ResourceARN: streamArn, Policy: z.string() });

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
