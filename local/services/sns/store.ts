import { partitionOf } from "../../../aws/partitions.ts";
import { AwsError } from "../../kernel/errors.ts";
import { keyAuthorization, serviceKeyContext } from "../../kernel/kms.ts";
import type { Place } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { AuthorizationRequest } from "../../kernel/service.ts";
import { Deliveries } from "./delivery.ts";
import { invalidParameter, topicDoesNotExist } from "./errors.ts";
import type { Subscription, Topic } from "./topic.ts";

const SUBSCRIPTION_ARN = /^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}:[0-9a-f-]{36}$/;

/** All topics with their subscriptions, and the deliveries that are under way. */
export class SnsStore {
  readonly ports: Ports;
  readonly deliveries: Deliveries;
  readonly #topics = new Map<string, Topic>();

  constructor(ports: Ports) {
    this.ports = ports;
    this.deliveries = new Deliveries(ports);
  }

  /** The topic with this ARN, or undefined. */
  find(arn: string): Topic | undefined {
    return this.#topics.get(arn);
  }

  /** @throws AwsError InvalidParameter when the name is taken. */
  add(topic: Topic): void {
    if (this.#topics.has(topic.arn)) {
      throw invalidParameter(`Attributes Reason: Topic already exists with different attributes (${topic.arn})`);
    }
    this.#topics.set(topic.arn, topic);
  }

  /** Removes a topic with its subscriptions. */
  remove(arn: string): void {
    this.#topics.get(arn)?.subscriptions.clear();
    this.#topics.delete(arn);
  }

  /** The topics of an account in a region. */
  list({ accountId, region }: Place): Topic[] {
    return [...this.#topics.values()].filter((topic) => topic.accountId === accountId && topic.region === region);
  }

  /** ARN of the topic with this name. */
  arnOf(name: string, { accountId, region }: Place): string {
    return `arn:${partitionOf(region)}:sns:${region}:${accountId}:${name}`;
  }

  /** The topic with this ARN. @throws AwsError NotFound, or InvalidParameter for an invalid ARN. */
  require(arn: string): Topic {
    const topic = this.#topics.get(arn);
    if (topic) return topic;
    if (!/^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}(\.fifo)?$/.test(arn)) throw invalidParameter("TopicArn");
    throw topicDoesNotExist();
  }

  /** The subscription with this ARN and its topic, whose ARN it begins with; or undefined. */
  findSubscription(arn: string): { topic: Topic; subscription: Subscription } | undefined {
    const topic = this.#topics.get(arn.slice(0, arn.lastIndexOf(":")));
    const subscription = topic?.subscriptions.get(arn);
    return topic && subscription && { topic, subscription };
  }

  /** Whether this is the valid ARN of a subscription that does not exist. */
  isGoneSubscription(arn: string): boolean {
    return SUBSCRIPTION_ARN.test(arn) && this.findSubscription(arn) === undefined;
  }

  /** As findSubscription. @throws AwsError NotFound, or InvalidParameter for an invalid ARN. */
  requireSubscription(arn: string): { topic: Topic; subscription: Subscription } {
    const found = this.findSubscription(arn);
    if (found) return found;
    if (!SUBSCRIPTION_ARN.test(arn)) {
      throw invalidParameter(`SubscriptionArn Reason: An ARN must have at least 6 elements, not ${arn}`);
    }
    throw new AwsError("NotFound", "Subscription does not exist", 404);
  }

  /** What IAM is asked for an action on a topic. */
  authorize(action: string, arn: string): readonly AuthorizationRequest[] {
    const policy = this.#topics.get(arn)?.policy?.document;
    return [{ action, resource: arn, ...(policy && { resourcePolicy: policy }) }];
  }

  /** What IAM is asked for publishing: the action, and those on the topic's KMS key. */
  authorizePublish(arn: string): readonly AuthorizationRequest[] {
    const topic = this.#topics.get(arn);
    const keyId = topic?.settings.kmsMasterKeyId;
    const keyRequests = keyId
      ? (["kms:GenerateDataKey", "kms:Decrypt"] as const).map((action) =>
          keyAuthorization(action, keyId, topic as Topic, serviceKeyContext("sns", (topic as Topic).region)),
        )
      : [];
    return [...this.authorize("sns:Publish", arn), ...keyRequests.filter((request) => request !== undefined)];
  }

  emptyData(): void {
    this.deliveries.clear();
  }

  close(): void {
    this.deliveries.clear();
    this.#topics.clear();
  }
}
