import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import { operationsOn } from "../../../kernel/verbs.ts";
import { tagVerbs } from "../../../resource-types/tag-verbs.ts";
import { tagList, tagMistakes } from "../../../resource-types/tags.ts";
import type { Inputs } from "../../../wire/models/sns.ts";
import { invalidParameter } from "../errors.ts";
import type { SnsStore } from "../store.ts";
import { setSubscriptionAttribute, subscriptionAttributes } from "../subscription-attributes.ts";
import type { Topic } from "../topic.ts";
import { setTopicAttribute } from "../topic-attributes.ts";

/** Attributes and tags of topics and subscriptions, and their deletion. */
export function settingsOperations(store: SnsStore): Readonly<Record<string, Operation>> {
  /** Subscriptions are not a resource type of IAM: the resource is `*`. */
  const onSubscription = (action: string) => () => [{ action: `sns:${action}`, resource: "*" }];
  const subscriptionOf = (arn: string, call: Call) => {
    const found = store.requireSubscription(arn);
    if (found.subscription.accountId === call.principal.accountId) return found;
    throw new AwsError("AuthorizationError", "Not authorized to access this subscription", 403);
  };
  const taggedTopic = (arn: string): Topic => {
    const topic = store.find(arn);
    if (topic) return topic;
    throw new AwsError("ResourceNotFound", "Resource does not exist", 404);
  };

  const tags = tagVerbs<Topic>({
    of: ({ settings }) => settings.tags,
    set(topic, tags) {
      topic.settings = { ...topic.settings, tags };
    },
    check(added) {
      const mistake = tagMistakes(added).find(({ key }) => key !== undefined);
      if (mistake) throw invalidParameter(`Tags Reason: ${mistake.message}`);
    },
    tooMany: () => new AwsError("TagLimitExceeded", "Could not complete request: tag quota of per resource exceeded"),
  });
  const tagging = operationsOn<Inputs, Topic>(
    {
      authorize: (action, params: { ResourceArn: string }) => store.authorize(`sns:${action}`, params.ResourceArn),
      require: (params: { ResourceArn: string }) => taggedTopic(params.ResourceArn),
    },
    {
      ListTagsForResource: { run: ({ settings }) => ({ Tags: tagList(settings.tags) }) },
      TagResource: tags.add,
      UntagResource: tags.remove,
    },
  );
  const others = defineOperations<Inputs>({
    SetTopicAttributes: {
      authorize: (params) => store.authorize("sns:SetTopicAttributes", params.TopicArn),
      run({ TopicArn, AttributeName, AttributeValue = "" }) {
        setTopicAttribute(store.ports, store.require(TopicArn), AttributeName, AttributeValue);
      },
    },
    DeleteTopic: {
      authorize: (params) => store.authorize("sns:DeleteTopic", params.TopicArn),
      // As on AWS, deleting a topic that does not exist succeeds.
      run({ TopicArn }) {
        const topic = store.find(TopicArn);
        if (topic) store.remove(topic);
      },
    },
    GetSubscriptionAttributes: {
      authorize: onSubscription("GetSubscriptionAttributes"),
      run({ SubscriptionArn }, call) {
        const { topic, subscription } = subscriptionOf(SubscriptionArn, call);
        return { Attributes: subscriptionAttributes(topic, subscription) };
      },
    },
    SetSubscriptionAttributes: {
      authorize: onSubscription("SetSubscriptionAttributes"),
      run({ SubscriptionArn, AttributeName, AttributeValue = "" }, call) {
        setSubscriptionAttribute(subscriptionOf(SubscriptionArn, call).subscription, AttributeName, AttributeValue);
      },
    },
    Unsubscribe: {
      authorize: onSubscription("Unsubscribe"),
      run({ SubscriptionArn }, call) {
        // As on AWS, only an invalid ARN is an error, not a subscription that does not exist.
        if (store.isGoneSubscription(SubscriptionArn)) return;
        subscriptionOf(SubscriptionArn, call).topic.subscriptions.delete(SubscriptionArn);
      },
    },
  });
  return { ...others, ...tagging };
}
