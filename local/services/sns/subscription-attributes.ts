import { z } from "zod";
import { NotSupportedError } from "../../kernel/errors.ts";
import { invalidParameter } from "./errors.ts";
import type { Subscription, Topic } from "./topic.ts";

/** ARN of a standard queue. */
export const QUEUE_ARN = /^arn:[\w-]+:sqs:[a-z0-9-]+:(\d{12}):[\w-]{1,80}$/;

const OTHER_ATTRIBUTES = /^(DeliveryPolicy|FilterPolicy|FilterPolicyScope|ReplayPolicy|SubscriptionRoleArn)$/;

const redrivePolicy = z.strictObject({ deadLetterTargetArn: z.string().regex(QUEUE_ARN, "is not the ARN of a queue") });

/** The attributes of a subscription as GetSubscriptionAttributes answers them; absent where they are not set. */
export function subscriptionAttributes(topic: Topic, subscription: Subscription): Record<string, string> {
  const { arn, accountId, endpoint, isRaw, redrive } = subscription;
  return {
    SubscriptionArn: arn,
    TopicArn: topic.arn,
    Owner: accountId,
    Protocol: "sqs",
    Endpoint: endpoint,
    ConfirmationWasAuthenticated: "true",
    PendingConfirmation: "false",
    RawMessageDelivery: String(isRaw),
    ...(redrive ? { RedrivePolicy: redrive.text } : {}),
  };
}

/**
 * Changes one attribute, as SetSubscriptionAttributes does.
 * @param value empty: none.
 * @throws AwsError InvalidParameter; NotSupportedError for attributes that the local cloud does not have.
 */
export function setSubscriptionAttribute(subscription: Subscription, name: string, value: string): void {
  if (name === "RawMessageDelivery") {
    if (value !== "true" && value !== "false") throw invalidParameter(`RawMessageDelivery: ${value}`);
    subscription.isRaw = value === "true";
  } else if (name === "RedrivePolicy") {
    subscription.redrive = readRedrive(value);
  } else {
    if (!OTHER_ATTRIBUTES.test(name)) throw invalidParameter("AttributeName");
    throw new NotSupportedError(`the attribute ${name} of a subscription`, "RawMessageDelivery, RedrivePolicy");
  }
}

/** What a redrive policy says. @throws AwsError InvalidParameter for what is none. */
export function readRedrive(text: string | undefined): Subscription["redrive"] {
  if (!text) return undefined;
  try {
    return { text, ...redrivePolicy.parse(JSON.parse(text)) };
  } catch (error) {
    const reason = error instanceof z.ZodError ? error.issues[0]?.message : (error as Error).message;
    throw invalidParameter(`RedrivePolicy: ${text} (${reason})`);
  }
}
