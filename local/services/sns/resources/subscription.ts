import { randomUUID } from "node:crypto";
import { z } from "zod";
import { jsonText } from "../../../accounts/policy-argument.ts";
import { NotSupportedError } from "../../../kernel/errors.ts";
import { asJson } from "../../../resource-types/canonical.ts";
import { define } from "../../../resource-types/define.ts";
import type { Properties, ResourceContext } from "../../../resource-types/resource-type.ts";
import { invalidParameter } from "../errors.ts";
import type { SnsStore } from "../store.ts";
import { QUEUE_ARN, readRedrive } from "../subscription-attributes.ts";
import type { Subscription, Topic } from "../topic.ts";

const protocol = z.string().refine((value) => value === "sqs", {
  error: ({ input }) => `the local cloud does not support the protocol ${input}; it supports sqs`,
});

const subscriptionInputs = z.strictObject({
  topic: z.string().regex(/^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:.+$/, "is not the ARN of a topic"),
  protocol,
  endpoint: z.string().regex(QUEUE_ARN, "must be the ARN of a standard queue"),
  rawMessageDelivery: z.boolean().default(false),
  redrivePolicy: jsonText.optional(),
  // Both are for HTTP endpoints, and kept in the state only.
  endpointAutoConfirms: z.boolean().default(false),
  confirmationTimeoutInMinutes: z.number().int().default(1),
});

type SubscriptionInputs = z.infer<typeof subscriptionInputs>;

function outputsOf(topic: Topic, subscription: Subscription, state: Properties): Properties {
  return {
    arn: subscription.arn,
    confirmationTimeoutInMinutes: state["confirmationTimeoutInMinutes"],
    confirmationWasAuthenticated: true,
    endpoint: subscription.endpoint,
    endpointAutoConfirms: state["endpointAutoConfirms"],
    filterPolicyScope: "",
    ownerId: subscription.accountId,
    pendingConfirmation: false,
    protocol: "sqs",
    rawMessageDelivery: subscription.isRaw,
    redrivePolicy: subscription.redrive?.text,
    region: topic.region,
    topic: topic.arn,
  };
}

/** Only a subscription within one account needs no confirmation. */
function assertOwnAccount(what: string, arn: string, context: ResourceContext<SnsStore>): void {
  const accountId = arn.split(":")[4];
  if (accountId === context.accountId) return;
  throw new NotSupportedError(
    `a subscription of account ${context.accountId} with ${what} of account ${accountId} (${arn}), which must be confirmed`,
    "topics and queues of one account",
  );
}

/** `aws:sns/topicSubscription:TopicSubscription`. */
export const subscriptionType = define<SubscriptionInputs, SnsStore>({
  token: "aws:sns/topicSubscription:TopicSubscription",
  inputs: subscriptionInputs,
  replaceOn: ["topic", "protocol", "endpoint"],
  computed: ["arn", "confirmationWasAuthenticated", "ownerId", "pendingConfirmation"],
  canonical: { redrivePolicy: asJson },
  make(inputs, context) {
    assertOwnAccount("a topic", inputs.topic, context);
    assertOwnAccount("a queue", inputs.endpoint, context);
    const topic = context.store.require(inputs.topic);
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
    return subscription.arn;
  },
  find(id, state, { store }) {
    const found = store.findSubscription(id);
    return found && outputsOf(found.topic, found.subscription, state);
  },
  change(id, inputs, { store }) {
    const { subscription } = store.requireSubscription(id);
    const redrive = readRedrive(inputs.redrivePolicy);
    subscription.isRaw = inputs.rawMessageDelivery;
    subscription.redrive = redrive;
  },
  remove(id, { store }) {
    store.findSubscription(id)?.topic.subscriptions.delete(id);
  },
});
