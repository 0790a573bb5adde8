import { AwsError } from "../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../kernel/service.ts";
import { MAX_TAGS, tagList, tagMistakes, tagsByKey } from "../../resource-types/tags.ts";
import type { Inputs } from "../../wire/models/sns.ts";
import { invalidParameter } from "./errors.ts";
import type { SnsService } from "./service.ts";
import { setSubscriptionAttribute, subscriptionAttributes } from "./subscription-attributes.ts";
import type { Topic } from "./topic.ts";
import { setTopicAttribute } from "./topic-attributes.ts";

/** The operations that change a topic's or subscription's settings and tags, or remove it. */
export function changeOperations(service: SnsService): Readonly<Record<string, Operation>> {
  /** A subscription is no resource that a policy could name: IAM is asked about `*`. */
  const onSubscription = (action: string) => () => [{ action: `sns:${action}`, resource: "*" }];
  const subscriptionOf = (arn: string, call: Call) => {
    const found = service.requireSubscription(arn);
    if (found.subscription.accountId === call.principal.accountId) return found;
    throw new AwsError("AuthorizationError", "Not authorized to access this subscription", 403);
  };
  const taggedTopic = (arn: string): Topic => {
    const topic = service.find(arn);
    if (topic) return topic;
    throw new AwsError("ResourceNotFound", "Resource does not exist", 404);
  };

  return defineOperations<Inputs>({
    SetTopicAttributes: {
      authorize: (params) => service.authorize("sns:SetTopicAttributes", params.TopicArn),
      run({ TopicArn, AttributeName, AttributeValue = "" }) {
        setTopicAttribute(service.ports, service.require(TopicArn), AttributeName, AttributeValue);
      },
    },
    DeleteTopic: {
      authorize: (params) => service.authorize("sns:DeleteTopic", params.TopicArn),
      // AWS does not complain about a topic that is not there.
      run: (params) => service.remove(params.TopicArn),
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
        // AWS does not complain about a subscription that is gone, only about what is no subscription's ARN.
        if (service.isGoneSubscription(SubscriptionArn)) return;
        subscriptionOf(SubscriptionArn, call).topic.subscriptions.delete(SubscriptionArn);
      },
    },
    ListTagsForResource: {
      authorize: (params) => service.authorize("sns:ListTagsForResource", params.ResourceArn),
      run(params) {
        const { tags } = taggedTopic(params.ResourceArn).settings;
        return { Tags: tagList(tags) };
      },
    },
    TagResource: {
      authorize: (params) => service.authorize("sns:TagResource", params.ResourceArn),
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
      authorize: (params) => service.authorize("sns:UntagResource", params.ResourceArn),
      run(params) {
        const topic = taggedTopic(params.ResourceArn);
        const removed = new Set(params.TagKeys);
        const left = Object.entries(topic.settings.tags).filter(([key]) => !removed.has(key));
        topic.settings = { ...topic.settings, tags: Object.fromEntries(left) };
      },
    },
  });
}
