import { resourceRequest } from "../../kernel/authorization.ts";
import { AwsError } from "../../kernel/errors.ts";
import { keyAuthorization, serviceKeyContext, WRITE_ACTIONS } from "../../kernel/kms.ts";
import { arnIn, type Place } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { AuthorizationRequest } from "../../kernel/service.ts";
import { Store } from "../../kernel/store.ts";
import { Deliveries } from "./delivery.ts";
import { invalidParameter, topicDoesNotExist } from "./errors.ts";
import type { Subscription, Topic } from "./topic.ts";

const SUBSCRIPTION_ARN = /^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}:[0-9a-f-]{36}$/;

/** All topics with their subscriptions, and the deliveries that are under way. */
export class SnsStore extends Store<Topic> {
  readonly deliveries: Deliveries;

  constructor(ports: Ports) {
    super(ports);
    this.deliveries = new Deliveries(ports);
  }

  /** @throws AwsError InvalidParameter when the name is taken. */
  override add(topic: Topic): void {
    if (this.find(topic.arn)) {
      throw invalidParameter(`Attributes Reason: Topic already exists with different attributes (${topic.arn})`);
    }
    super.add(topic);
  }

  /** Removes a topic with its subscriptions. */
  override remove(topic: Topic): void {
    topic.subscriptions.clear();
    super.remove(topic);
  }

  /** ARN of the topic with this name. */
  arnOf(name: string, place: Place): string {
    return arnIn(place, "sns", name);
  }

  /** The topic with this ARN. @throws AwsError NotFound, or InvalidParameter for an invalid ARN. */
  require(arn: string): Topic {
    const topic = this.find(arn);
    if (topic) return topic;
    if (!/^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}(\.fifo)?$/.test(arn)) throw invalidParameter("TopicArn");
    throw topicDoesNotExist();
  }

  /** The subscription with this ARN and its topic, whose ARN it begins with; or undefined. */
  findSubscription(arn: string): { topic: Topic; subscription: Subscription } | undefined {
    const topic = this.find(arn.slice(0, arn.lastIndexOf(":")));
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
    return [resourceRequest(action, arn, this.find(arn)?.policy)];
  }

  /** What IAM is asked for publishing: the action, and those on the topic's KMS key. */
  authorizePublish(arn: string): readonly AuthorizationRequest[] {
    const request = this.authorize("sns:Publish", arn);
    const topic = this.find(arn);
    if (!topic) return request;
    const context = serviceKeyContext("sns", topic.region);
    return [...request, ...keyAuthorization(WRITE_ACTIONS, topic.settings.kmsMasterKeyId, topic, context)];
  }

  override emptyData(): void {
    this.deliveries.clear();
  }

  override close(): void {
    this.deliveries.clear();
    super.close();
  }
}
