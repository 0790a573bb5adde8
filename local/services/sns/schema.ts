import { z } from "zod";

const attribute = z.strictObject({
  DataType: z
    .string()
    .regex(/^(String|Number|Binary)(\..+)?$/, "must be String, Number or Binary, or begin with one of them and a dot"),
  StringValue: z.string().optional(),
  /** Base64. */
  BinaryValue: z.string().optional(),
});

const message = {
  Message: z.string(),
  Subject: z.string().optional(),
  MessageAttributes: z.record(z.string(), attribute).optional(),
};

/** A message as a publisher sends it. */
export interface PublishedMessage {
  readonly Message: string;
  readonly Subject?: string | undefined;
  readonly MessageAttributes?: Readonly<Record<string, z.infer<typeof attribute>>> | undefined;
}

export const publishInput = z.strictObject({
  TopicArn: z.string().optional(),
  TargetArn: z.string().optional(),
  ...message,
});

export const publishBatchInput = z.strictObject({
  TopicArn: z.string(),
  PublishBatchRequestEntries: z.array(z.strictObject({ Id: z.string(), ...message })),
});

export const topicInput = z.strictObject({ TopicArn: z.string() });

export const listTopicsInput = z.strictObject({ NextToken: z.string().optional() });

export const listSubscriptionsByTopicInput = z.strictObject({ TopicArn: z.string(), NextToken: z.string().optional() });

export const setTopicAttributesInput = z.strictObject({
  TopicArn: z.string(),
  AttributeName: z.string(),
  AttributeValue: z.string().default(""),
});

export const subscriptionInput = z.strictObject({ SubscriptionArn: z.string() });

export const setSubscriptionAttributesInput = z.strictObject({
  SubscriptionArn: z.string(),
  AttributeName: z.string(),
  AttributeValue: z.string().default(""),
});

export const listTagsForResourceInput = z.strictObject({ ResourceArn: z.string() });

export const tagResourceInput = z.strictObject({
  ResourceArn: z.string(),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })),
});

export const untagResourceInput = z.strictObject({ ResourceArn: z.string(), TagKeys: z.array(z.string()) });
