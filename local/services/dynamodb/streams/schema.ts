import { z } from "zod";

const streamArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[a-zA-Z0-9_.-]{3,255}\/stream\/[0-9T:.-]+$/,
    "must be the ARN of a table's stream",
  );

export const describeStreamInput = z.strictObject({
  StreamArn: streamArn,
  Limit: z.number().int().min(1).max(100).optional(),
  ExclusiveStartShardId: z.string().optional(),
});

export const listStreamsInput = z.strictObject({
  TableName: z.string().optional(),
  Limit: z.number().int().min(1).max(100).optional(),
  ExclusiveStartStreamArn: streamArn.optional(),
});

export const getShardIteratorInput = z.strictObject({
  StreamArn: streamArn,
  ShardId: z.string(),
  ShardIteratorType: z.enum(["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "TRIM_HORIZON", "LATEST"]),
  SequenceNumber: z.string().optional(),
});

export const getRecordsInput = z.strictObject({
  ShardIterator: z.string(),
  Limit: z.number().int().min(1).max(1000).optional(),
});
