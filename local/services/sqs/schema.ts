import { z } from "zod";
import { MAX_DELAY_SECONDS, MAX_VISIBILITY_SECONDS, MAX_WAIT_SECONDS } from "./limits.ts";

const queue = { QueueUrl: z.string() };
/** A whole number. @param reason SQS' own words for one that is out of range. */
const between = (min: number, max: number, reason: string) => z.number().int().min(min, reason).max(max, reason);
const delaySeconds = between(0, MAX_DELAY_SECONDS, `DelaySeconds must be >= 0 and <= ${MAX_DELAY_SECONDS}.`);
const visibilityTimeout = between(
  0,
  MAX_VISIBILITY_SECONDS,
  `Must be between 0 and ${MAX_VISIBILITY_SECONDS}, if provided.`,
);

const attribute = z.strictObject({
  DataType: z.string().regex(/^(String|Number|Binary)(\..+)?$/, "must begin with String, Number or Binary"),
  StringValue: z.string().optional(),
  /** Base64. */
  BinaryValue: z.string().optional(),
});

/** A message's own attribute. */
export type MessageAttribute = z.infer<typeof attribute>;

const message = {
  MessageBody: z.string(),
  DelaySeconds: delaySeconds.optional(),
  MessageAttributes: z.record(z.string(), attribute).optional(),
};
const entries = <T extends z.ZodRawShape>(members: T) =>
  z.strictObject({ ...queue, Entries: z.array(z.strictObject({ Id: z.string(), ...members })) });

export const queueInput = z.strictObject(queue);
export const sendMessageInput = z.strictObject({ ...queue, ...message });
export const sendMessageBatchInput = entries(message);

/** A message as a producer sends it. */
export type SentMessage = Omit<z.infer<typeof sendMessageInput>, "QueueUrl">;

export const receiveMessageInput = z.strictObject({
  ...queue,
  /** The older name of MessageSystemAttributeNames. */
  AttributeNames: z.array(z.string()).optional(),
  MessageSystemAttributeNames: z.array(z.string()).optional(),
  MessageAttributeNames: z.array(z.string()).optional(),
  MaxNumberOfMessages: between(1, 10, "Must be between 1 and 10, if provided.").default(1),
  VisibilityTimeout: visibilityTimeout.optional(),
  WaitTimeSeconds: between(0, MAX_WAIT_SECONDS, `Must be >= 0 and <= ${MAX_WAIT_SECONDS}, if provided.`).optional(),
});

export const deleteMessageInput = z.strictObject({ ...queue, ReceiptHandle: z.string() });
export const deleteMessageBatchInput = entries({ ReceiptHandle: z.string() });

const visibility = { ReceiptHandle: z.string(), VisibilityTimeout: visibilityTimeout };
export const changeMessageVisibilityInput = z.strictObject({ ...queue, ...visibility });
export const changeMessageVisibilityBatchInput = entries(visibility);

export const getQueueUrlInput = z.strictObject({
  QueueName: z.string(),
  QueueOwnerAWSAccountId: z.string().optional(),
});

export const getQueueAttributesInput = z.strictObject({ ...queue, AttributeNames: z.array(z.string()).optional() });

export const listQueuesInput = z.strictObject({
  QueueNamePrefix: z.string().optional(),
  MaxResults: z.number().int().min(1).max(1_000).optional(),
  NextToken: z.string().optional(),
});

export const setQueueAttributesInput = z.strictObject({ ...queue, Attributes: z.record(z.string(), z.string()) });

export const tagQueueInput = z.strictObject({ ...queue, Tags: z.record(z.string(), z.string()) });

export const untagQueueInput = z.strictObject({ ...queue, TagKeys: z.array(z.string()) });
