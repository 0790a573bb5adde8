import { randomUUID } from "node:crypto";
import { z } from "zod";
import { NotSupportedError } from "../../errors.ts";
import { defineResourceType, type Properties, type ResourceContext } from "../../provider/resource-type.ts";
import { invalidParameter } from "./errors.ts";
import type { Subscription, Topic } from "./topic.ts";

const QUEUE_ARN = /^arn:[\w-]+:sqs:[a-z0-9-]+:(\d{12}):[\w-]{1,80}$/;

const subscriptionInputs = z.strictObject({
  topic: z.string(),
  protocol: z.string(),
  endpoint: z.string(),
  rawMessageDelivery: z.boolean().default(false),
  redrivePolicy: z.string().optional(),
  // Both are about HTTP endpoints, and do nothing for a queue.
  endpointAutoConfirms: z.boolean().default(false),
  confirmationTimeoutInMinutes: z.number().int().default(1),
});

type SubscriptionInputs = z.infer<typeof subscriptionInputs>;

const redrivePolicy = z.strictObject({ deadLetterTargetArn: z.string().regex(QUEUE_ARN, "is not the ARN of a queue") });

/** The topic that a subscription (whose ARN begins with the topic's) is of, and the subscription, where they are. */
function find(arn: string, { cloud }: ResourceContext): { topic: Topic; subscription: Subscription } | undefined {
  const topic = cloud.services.sns.find(arn.slice(0, arn.lastIndexOf(":")));
  const subscription = topic?.subscriptions.get(arn);
  return topic && subscription && { topic, subscription };
}

function outputsOf(topic: Topic, subscription: Subscription, state: Properties): Properties {
  return {
    ...state,
    arn: subscription.arn,
    confirmationWasAuthenticated: true,
    endpoint: subscription.endpoint,
    filterPolicyScope: "",
    ownerId: subscription.accountId,
    pendingConfirmation: false,
    protocol: "sqs",
    rawMessageDelivery: subscription.isRaw,
    redrivePolicy: subscription.redrive?.text ?? "",
    region: topic.region,
    topic: topic.arn,
  };
}

function readRedrive(text: string | undefined): Subscription["redrive"] {
  if (!text) return undefined;
  try {
    return { text, ...redrivePolicy.parse(JSON.parse(text)) };
  } catch (error) {
    const reason = error instanceof z.ZodError ? error.issues[0]?.message : (error as Error).message;
    throw invalidParameter(`RedrivePolicy: ${text} (${reason})`);
  }
}

/** A subscription confirms itself only where its queue, its topic and its maker are of one account; other ones wait for somebody to confirm. */
function assertOwnAccount(what: string, arn: string, context: ResourceContext): void {
  const accountId = arn.split(":")[4];
  if (accountId === context.accountId) return;
  throw new NotSupportedError(
    `a subscription of account ${context.accountId} with ${what} of account ${accountId} (${arn}), which must be confirmed`,
    "topics and queues of one account",
  );
}

/** `aws:sns/topicSubscription:TopicSubscription`. */
export const subscriptionType = defineResourceType<SubscriptionInputs>({
  token: "aws:sns/topicSubscription:TopicSubscription",
  inputs: subscriptionInputs,
  replaceOn: ["topic", "protocol", "endpoint"],
  check({ protocol, endpoint }) {
    if (protocol !== "sqs") {
      const reason = `the local cloud does not support the protocol ${protocol}; it supports sqs`;
      return [{ property: "protocol", reason }];
    }
    if (!QUEUE_ARN.test(endpoint) && endpoint.startsWith("arn:")) {
      return [{ property: "endpoint", reason: `must be the ARN of a standard queue, not ${endpoint}` }];
    }
    return [];
  },
  create(inputs, context) {
    if (!QUEUE_ARN.test(inputs.endpoint)) throw invalidParameter("SQS endpoint ARN");
    assertOwnAccount("a topic", inputs.topic, context);
    assertOwnAccount("a queue", inputs.endpoint, context);
    const topic = context.cloud.services.sns.require(inputs.topic);
    if ([...topic.subscriptions.values()].some(({ endpoint }) => endpoint === inputs.endpoint)) {
      throw invalidParameter(
        `Attributes Reason: Subscription already exists with different attributes (${inputs.endpoint} to ${topic.arn})`,
      );
    }
    const subscription: Subscription = {
      arn: `${topic.arn}:${randomUUID()}`,
      accountId: context.accountId,
      endpoint: inputs.endpoint,
      isRaw: inputs.rawMessageDelivery,
      redrive: readRedrive(inputs.redrivePolicy),
    };
    topic.subscriptions.set(subscription.arn, subscription);
    return { id: subscription.arn, outputs: outputsOf(topic, subscription, inputs) };
  },
  read(id, state, context) {
    const found = find(id, context);
    return found && outputsOf(found.topic, found.subscription, state);
  },
  update(id, inputs, _olds, context) {
    const found = find(id, context);
    if (!found)
      throw invalidParameter(`SubscriptionArn Reason: ${id} is not in the local cloud; run \`pulumi up --refresh\``);
    found.subscription.isRaw = inputs.rawMessageDelivery;
    found.subscription.redrive = readRedrive(inputs.redrivePolicy);
    return outputsOf(found.topic, found.subscription, inputs);
  },
  delete(id, _state, context) {
    find(id, context)?.topic.subscriptions.delete(id);
  },
});
