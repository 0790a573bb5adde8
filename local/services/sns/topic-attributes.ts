import { NotSupportedError } from "../../kernel/errors.ts";
import { isAwsManagedKey } from "../../kernel/kms.ts";
import type { Ports } from "../../kernel/ports.ts";
import { invalidParameter } from "./errors.ts";
import { MAX_DISPLAY_NAME_CHARACTERS } from "./limits.ts";
import type { Topic } from "./topic.ts";
import { readTopicPolicy } from "./topic-policy.ts";

/** Attributes that AWS knows and that say nothing to a standard topic which delivers to queues. */
const OTHER_ATTRIBUTES =
  /^(ArchivePolicy|ContentBasedDeduplication|DeliveryPolicy|FifoThroughputScope|TracingConfig|(Application|Firehose|HTTP|Lambda|SQS)(Success|Failure)Feedback(RoleArn|SampleRate))$/;

/** The attributes of a topic as GetTopicAttributes answers them; absent where they are not set. */
export function topicAttributes(topic: Topic): Record<string, string> {
  const { kmsMasterKeyId, displayName, signatureVersion } = topic.settings;
  return {
    TopicArn: topic.arn,
    Owner: topic.accountId,
    DisplayName: displayName,
    Policy: topic.policyText,
    SubscriptionsConfirmed: String(topic.subscriptions.size),
    SubscriptionsPending: "0",
    SubscriptionsDeleted: "0",
    SignatureVersion: String(signatureVersion),
    ...(kmsMasterKeyId === undefined ? {} : { KmsMasterKeyId: kmsMasterKeyId }),
  };
}

/**
 * Changes one attribute, as SetTopicAttributes does.
 * @param value empty: back to AWS's default.
 * @throws AwsError InvalidParameter; NotSupportedError for attributes that the local cloud does not have.
 */
export function setTopicAttribute(ports: Ports, topic: Topic, name: string, value: string): void {
  const { settings } = topic;
  switch (name) {
    case "DisplayName":
      if (value.length > MAX_DISPLAY_NAME_CHARACTERS) throw invalidParameter("DisplayName");
      topic.settings = { ...settings, displayName: value };
      return;
    case "KmsMasterKeyId":
      if (value.includes("alias/") && !isAwsManagedKey(value)) throw new NotSupportedError(ownAlias(value));
      topic.settings = { ...settings, kmsMasterKeyId: value === "" ? undefined : value };
      return;
    case "Policy":
      topic.policy = readTopicPolicy(ports.roles, topic, value);
      return;
    case "SignatureVersion":
      if (value !== "1" && value !== "2") throw invalidParameter(`SignatureVersion Reason: ${value} is not 1 or 2`);
      topic.settings = { ...settings, signatureVersion: value === "1" ? 1 : 2 };
      return;
    default:
      if (OTHER_ATTRIBUTES.test(name)) {
        const supported = "DisplayName, KmsMasterKeyId, Policy, SignatureVersion";
        throw new NotSupportedError(`the attribute ${name} of a topic`, supported);
      }
      throw invalidParameter("AttributeName");
  }
}

/** What is not supported about an alias of a key that is not AWS's own. */
export function ownAlias(kmsMasterKeyId: string): string {
  return `the alias of a customer managed key (${kmsMasterKeyId}); it supports alias/aws/sns, key ids and key ARNs`;
}
