import { z } from "zod";

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

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
