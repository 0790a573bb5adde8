import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import { MAX_TAGS, tagList, tagMistakes, tagsByKey } from "../../../resource-types/tags.ts";
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

  return defineOperations<Inputs>({
    SetTopicAttributes: {
      authorize: (params) => store.authorize("sns:SetTopicAttributes", params.TopicArn),
      run({ TopicArn, AttributeName, AttributeValue = "" }) {
        setTopicAttribute(store.ports, store.require(TopicArn), AttributeName, AttributeValue);
      },
    },
    DeleteTopic: {
      authorize: (params) => store.authorize("sns:DeleteTopic", params.TopicArn),
      // As on AWS, deleting a topic that does not exist succeeds.
      run: (params) => store.remove(params.TopicArn),
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
    ListTagsForResource: {
      authorize: (params) => store.authorize("sns:ListTagsForResource", params.ResourceArn),
      run(params) {
        const { tags } = taggedTopic(params.ResourceArn).settings;
        return { Tags: tagList(tags) };
      },
    },
    TagResource: {
      authorize: (params) => store.authorize("sns:TagResource", params.ResourceArn),
      run(params) {
        const topic = taggedTopic(params.ResourceArn);
        const added = tagsByKey(params.Tags);
        const mistake = tagMistakes(added).find(({ key }) => key !== undefined);
        if (mistake) throw invalidParameter(`Tags Reason: ${mistake.message}`);
        const tags = { ...topic.settings.tags, ...added };
        if (Object.keys(tags).length > MAX_TAGS) {
          throw new AwsError("TagLimitExceeded", "Could not complete request: tag quota of per resource exceeded");
        }
        topic.settings = { ...topic.settings, tags };
      },
    },
    UntagResource: {
      authorize: (params) => store.authorize("sns:UntagResource", params.ResourceArn),
      run(params) {
        const topic = taggedTopic(params.ResourceArn);
        const removed = new Set(params.TagKeys);
        const left = Object.entries(topic.settings.tags).filter(([key]) => !removed.has(key));
        topic.settings = { ...topic.settings, tags: Object.fromEntries(left) };
      },
    },
  });
}
