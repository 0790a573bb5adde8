import { NotSupportedError } from "../../kernel/errors.ts";
import { invalidParameter } from "./errors.ts";
import type { Subscription, Topic } from "./topic.ts";

/** ARN of a standard queue. */
export const QUEUE_ARN = /^arn:[\w-]+:sqs:[a-z0-9-]+:(\d{12}):[\w-]{1,80}$/;

const OTHER_ATTRIBUTES = /^(DeliveryPolicy|FilterPolicy|FilterPolicyScope|ReplayPolicy|SubscriptionRoleArn)$/;

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

/**
 * A redrive policy. @throws AwsError InvalidParameter for an invalid one, in the words that localstack recorded on AWS;
 * NotSupportedError for other members.
 */
export function readRedrive(text: string | undefined): Subscription["redrive"] {
  if (!text) return undefined;
  const { deadLetterTargetArn, ...others } = asObject(text);
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw new NotSupportedError(`the member ${other} of a subscription's RedrivePolicy`, "deadLetterTargetArn");
  }
  if (typeof deadLetterTargetArn !== "string" || !QUEUE_ARN.test(deadLetterTargetArn)) {
    throw invalidParameter("RedrivePolicy: deadLetterTargetArn is an invalid arn");
  }
  return { text, deadLetterTargetArn };
}

function asObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw invalidParameter(`RedrivePolicy: failed to parse JSON. ${(error as Error).message}`);
  }
  throw invalidParameter("RedrivePolicy: failed to parse JSON. It is not an object");
}
