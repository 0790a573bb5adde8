// botocore 1.44.8, data/sqs/2012-11-05/service-2.json.gz (PyPI, Apache-2.0), without its documentation. Made by scripts/update-service-models.ts: do not edit.

/** What each operation takes, by its name. */
export interface Inputs {
  readonly AddPermission: AddPermissionRequest;
  readonly CancelMessageMoveTask: CancelMessageMoveTaskRequest;
  readonly ChangeMessageVisibility: ChangeMessageVisibilityRequest;
  readonly ChangeMessageVisibilityBatch: ChangeMessageVisibilityBatchRequest;
  readonly CreateQueue: CreateQueueRequest;
  readonly DeleteMessage: DeleteMessageRequest;
  readonly DeleteMessageBatch: DeleteMessageBatchRequest;
  readonly DeleteQueue: DeleteQueueRequest;
  readonly GetQueueAttributes: GetQueueAttributesRequest;
  readonly GetQueueUrl: GetQueueUrlRequest;
  readonly ListDeadLetterSourceQueues: ListDeadLetterSourceQueuesRequest;
  readonly ListMessageMoveTasks: ListMessageMoveTasksRequest;
  readonly ListQueueTags: ListQueueTagsRequest;
  readonly ListQueues: ListQueuesRequest;
  readonly PurgeQueue: PurgeQueueRequest;
  readonly ReceiveMessage: ReceiveMessageRequest;
  readonly RemovePermission: RemovePermissionRequest;
  readonly SendMessage: SendMessageRequest;
  readonly SendMessageBatch: SendMessageBatchRequest;
  readonly SetQueueAttributes: SetQueueAttributesRequest;
  readonly StartMessageMoveTask: StartMessageMoveTaskRequest;
  readonly TagQueue: TagQueueRequest;
  readonly UntagQueue: UntagQueueRequest;
}

export type AddPermissionRequest = {
  readonly QueueUrl: string;
  readonly Label: string;
  readonly AWSAccountIds: readonly string[];
  readonly Actions: readonly string[];
};

export type CancelMessageMoveTaskRequest = {
  readonly TaskHandle: string;
};

export type ChangeMessageVisibilityBatchRequest = {
  readonly QueueUrl: string;
  readonly Entries: readonly ChangeMessageVisibilityBatchRequestEntry[];
};

export type ChangeMessageVisibilityBatchRequestEntry = {
  readonly Id: string;
  readonly ReceiptHandle: string;
  readonly VisibilityTimeout?: number;
};

export type ChangeMessageVisibilityRequest = {
  readonly QueueUrl: string;
  readonly ReceiptHandle: string;
  readonly VisibilityTimeout: number;
};

export type CreateQueueRequest = {
  readonly QueueName: string;
  readonly Attributes?: { readonly [key: string]: string };
  readonly tags?: { readonly [key: string]: string };
};

export type DeleteMessageBatchRequest = {
  readonly QueueUrl: string;
  readonly Entries: readonly DeleteMessageBatchRequestEntry[];
};

export type DeleteMessageBatchRequestEntry = {
  readonly Id: string;
  readonly ReceiptHandle: string;
};

export type DeleteMessageRequest = {
  readonly QueueUrl: string;
  readonly ReceiptHandle: string;
};

export type DeleteQueueRequest = {
  readonly QueueUrl: string;
};

export type GetQueueAttributesRequest = {
  readonly QueueUrl: string;
  readonly AttributeNames?: readonly ("All" | "Policy" | "VisibilityTimeout" | "MaximumMessageSize" | "MessageRetentionPeriod" | "ApproximateNumberOfMessages" | "ApproximateNumberOfMessagesNotVisible" | "CreatedTimestamp" | "LastModifiedTimestamp" | "QueueArn" | "ApproximateNumberOfMessagesDelayed" | "DelaySeconds" | "ReceiveMessageWaitTimeSeconds" | "RedrivePolicy" | "FifoQueue" | "ContentBasedDeduplication" | "KmsMasterKeyId" | "KmsDataKeyReusePeriodSeconds" | "DeduplicationScope" | "FifoThroughputLimit" | "RedriveAllowPolicy" | "SqsManagedSseEnabled")[];
};

export type GetQueueUrlRequest = {
  readonly QueueName: string;
  readonly QueueOwnerAWSAccountId?: string;
};

export type ListDeadLetterSourceQueuesRequest = {
  readonly QueueUrl: string;
  readonly NextToken?: string;
  readonly MaxResults?: number;
};

export type ListMessageMoveTasksRequest = {
  readonly SourceArn: string;
  readonly MaxResults?: number;
};

export type ListQueueTagsRequest = {
  readonly QueueUrl: string;
};

export type ListQueuesRequest = {
  readonly QueueNamePrefix?: string;
  readonly NextToken?: string;
  readonly MaxResults?: number;
};

export type MessageAttributeValue = {
  readonly StringValue?: string;
  readonly BinaryValue?: string;
  readonly StringListValues?: readonly string[];
  readonly BinaryListValues?: readonly string[];
  readonly DataType: string;
};

export type MessageSystemAttributeValue = {
  readonly StringValue?: string;
  readonly BinaryValue?: string;
  readonly StringListValues?: readonly string[];
  readonly BinaryListValues?: readonly string[];
  readonly DataType: string;
};

export type PurgeQueueRequest = {
  readonly QueueUrl: string;
};

export type ReceiveMessageRequest = {
  readonly QueueUrl: string;
  readonly AttributeNames?: readonly ("All" | "Policy" | "VisibilityTimeout" | "MaximumMessageSize" | "MessageRetentionPeriod" | "ApproximateNumberOfMessages" | "ApproximateNumberOfMessagesNotVisible" | "CreatedTimestamp" | "LastModifiedTimestamp" | "QueueArn" | "ApproximateNumberOfMessagesDelayed" | "DelaySeconds" | "ReceiveMessageWaitTimeSeconds" | "RedrivePolicy" | "FifoQueue" | "ContentBasedDeduplication" | "KmsMasterKeyId" | "KmsDataKeyReusePeriodSeconds" | "DeduplicationScope" | "FifoThroughputLimit" | "RedriveAllowPolicy" | "SqsManagedSseEnabled")[];
  readonly MessageSystemAttributeNames?: readonly ("All" | "SenderId" | "SentTimestamp" | "ApproximateReceiveCount" | "ApproximateFirstReceiveTimestamp" | "SequenceNumber" | "MessageDeduplicationId" | "MessageGroupId" | "AWSTraceHeader" | "DeadLetterQueueSourceArn")[];
  readonly MessageAttributeNames?: readonly string[];
  readonly MaxNumberOfMessages?: number;
  readonly VisibilityTimeout?: number;
  readonly WaitTimeSeconds?: number;
  readonly ReceiveRequestAttemptId?: string;
};

export type RemovePermissionRequest = {
  readonly QueueUrl: string;
  readonly Label: string;
};

export type SendMessageBatchRequest = {
  readonly QueueUrl: string;
  readonly Entries: readonly SendMessageBatchRequestEntry[];
};

export type SendMessageBatchRequestEntry = {
  readonly Id: string;
  readonly MessageBody: string;
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: { readonly [key: string]: MessageAttributeValue };
  readonly MessageSystemAttributes?: { readonly [key: string]: MessageSystemAttributeValue };
  readonly MessageDeduplicationId?: string;
  readonly MessageGroupId?: string;
};

export type SendMessageRequest = {
  readonly QueueUrl: string;
  readonly MessageBody: string;
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: { readonly [key: string]: MessageAttributeValue };
  readonly MessageSystemAttributes?: { readonly [key: string]: MessageSystemAttributeValue };
  readonly MessageDeduplicationId?: string;
  readonly MessageGroupId?: string;
};

export type SetQueueAttributesRequest = {
  readonly QueueUrl: string;
  readonly Attributes: { readonly [key: string]: string };
};

export type StartMessageMoveTaskRequest = {
  readonly SourceArn: string;
  readonly DestinationArn?: string;
  readonly MaxNumberOfMessagesPerSecond?: number;
};

export type TagQueueRequest = {
  readonly QueueUrl: string;
  readonly Tags: { readonly [key: string]: string };
};

export type UntagQueueRequest = {
  readonly QueueUrl: string;
  readonly TagKeys: readonly string[];
};
