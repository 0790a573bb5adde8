import { randomUUID } from "node:crypto";
import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Inputs } from "../../../wire/models/sns.ts";
import { pageAfter } from "../../../wire/pages.ts";
import { invalidParameter } from "../errors.ts";
import { MAX_BATCH_ENTRIES, MAX_MESSAGE_BYTES, PAGE_SIZE } from "../limits.ts";
import { checkAttributes, checkMessage, messageBytes, type PublishedMessage } from "../notification.ts";
import type { SnsStore } from "../store.ts";
import type { Topic } from "../topic.ts";
import { topicAttributes } from "../topic-attributes.ts";

/** Publishing; listing topics and subscriptions. */
export function publishOperations(store: SnsStore): Readonly<Record<string, Operation>> {
  return defineOperations<Inputs>({
    Publish: {
      authorize: (params) => store.authorizePublish(topicArnOf(params)),
      run({ TopicArn, TargetArn, ...message }, call) {
        const topic = store.require(topicArnOf({ TopicArn, TargetArn }));
        checkAttributes(message);
        const MessageId = publish(store, topic, message, call);
        call.note({ topic: topic.name, messages: 1 });
        return { MessageId };
      },
    },
    PublishBatch: {
      authorize: (params) => store.authorizePublish(params.TopicArn),
      run(params, call) {
        const topic = store.require(params.TopicArn);
        const entries = params.PublishBatchRequestEntries;
        checkBatch(entries);
        for (const entry of entries) checkAttributes(entry);
        const Successful: { Id: string; MessageId: string }[] = [];
        const Failed: { Id: string; Code: string; Message: string; SenderFault: boolean }[] = [];
        for (const { Id, ...message } of entries) {
          try {
            Successful.push({ Id, MessageId: publish(store, topic, message, call) });
          } catch (error) {
            if (!(error instanceof AwsError)) throw error;
            Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true });
          }
        }
        call.note({ topic: topic.name, messages: Successful.length, failed: Failed.length });
        return { Successful, Failed };
      },
    },
    ListTopics: {
      authorize: (_params, call) => [
        {
          action: "sns:ListTopics",
          resource: store.arnOf("*", call),
        },
      ],
      run(params, call) {
        const { page, next } = paginate(store.list(call), params.NextToken);
        return { Topics: page.map((topic) => ({ TopicArn: topic.arn })), ...next };
      },
    },
    GetTopicAttributes: {
      authorize: (params) => store.authorize("sns:GetTopicAttributes", params.TopicArn),
      run: (params) => ({ Attributes: topicAttributes(store.require(params.TopicArn)) }),
    },
    ListSubscriptionsByTopic: {
      authorize: (params) => store.authorize("sns:ListSubscriptionsByTopic", params.TopicArn),
      run(params) {
        const topic = store.require(params.TopicArn);
        const { page, next } = paginate([...topic.subscriptions.values()], params.NextToken);
        return {
          Subscriptions: page.map(({ arn, accountId, endpoint }) => ({
            SubscriptionArn: arn,
            Owner: accountId,
            Protocol: "sqs",
            Endpoint: endpoint,
            TopicArn: topic.arn,
          })),
          ...next,
        };
      },
    },
  });
}

function publish(store: SnsStore, topic: Topic, message: PublishedMessage, call: Call): string {
  checkMessage(message);
  const notification = { messageId: randomUUID(), publishedAt: call.clock.now(), message };
  for (const subscription of topic.subscriptions.values()) {
    store.deliveries.start(topic, subscription, notification);
  }
  return notification.messageId;
}

function topicArnOf(params: { TopicArn?: string | undefined; TargetArn?: string | undefined }): string {
  const { TopicArn, TargetArn } = params;
  if ((TopicArn === undefined) === (TargetArn === undefined)) {
    throw invalidParameter("TopicArn or TargetArn Reason: exactly one of them must be given");
  }
  return (TopicArn ?? TargetArn) as string;
}

function checkBatch(entries: readonly ({ readonly Id: string } & PublishedMessage)[]): void {
  const ids = entries.map(({ Id }) => Id);
  if (ids.length === 0) throw new AwsError("EmptyBatchRequest", "The batch request doesn't contain any entries.");
  if (ids.length > MAX_BATCH_ENTRIES) {
    throw new AwsError(
      "TooManyEntriesInBatchRequest",
      `The batch request contains more entries than permissible: ${MAX_BATCH_ENTRIES}.`,
    );
  }
  if (ids.some((id) => !/^[\w-]{1,80}$/.test(id))) {
    throw new AwsError(
      "InvalidBatchEntryId",
      "The Id of a batch entry in a batch request doesn't abide by the specification.",
    );
  }
  if (new Set(ids).size < ids.length) {
    throw new AwsError("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
  }
  if (entries.reduce((sum, entry) => sum + messageBytes(entry), 0) > MAX_MESSAGE_BYTES) {
    throw new AwsError(
      "BatchRequestTooLong",
      "The length of all the batch messages put together is more than the limit.",
    );
  }
}

/** A page by ARN, and the token of the next. */
function paginate<T extends { readonly arn: string }>(all: readonly T[], after: string | undefined) {
  const { page, next: NextToken } = pageAfter(all, { limit: PAGE_SIZE, after }, ({ arn }) => arn);
  return { page, next: NextToken === undefined ? {} : { NextToken } };
}
