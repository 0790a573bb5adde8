import { type Timer, TimerKind } from "../../kernel/clock.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { Ports } from "../../kernel/ports.ts";
import { servicePrincipal } from "../../kernel/principal.ts";
import { type Notification, toQueueMessage } from "./notification.ts";
import type { Subscription, Topic } from "./topic.ts";

const snsPrincipal = servicePrincipal("sns.amazonaws.com");

/**
 * Retries to endpoints that AWS manages (developer guide, "Amazon SNS message delivery retries"): 100,015 over 23 days.
 */
const IMMEDIATE_RETRIES = 3;
const PRE_BACKOFF_RETRIES = 2;
const BACKOFF_RETRIES = 10;
const POST_BACKOFF_RETRIES = 100_000;
const MIN_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 20_000;

/** Milliseconds before retry number `retry` (from 1); undefined when there is none any more. */
export function retryDelayMs(retry: number): number | undefined {
  if (retry <= IMMEDIATE_RETRIES) return 0;
  const inBackoff = retry - IMMEDIATE_RETRIES - PRE_BACKOFF_RETRIES;
  if (inBackoff <= 0) return MIN_BACKOFF_MS;
  if (inBackoff > BACKOFF_RETRIES + POST_BACKOFF_RETRIES) return undefined;
  const growth =
    (MAX_BACKOFF_MS / MIN_BACKOFF_MS) ** (Math.min(inBackoff - 1, BACKOFF_RETRIES - 1) / (BACKOFF_RETRIES - 1));
  return Math.round(MIN_BACKOFF_MS * growth);
}

/**
 * Brings messages to queues, as the service that queue policies know as `sns.amazonaws.com`. A queue that fails or
 * throttles is tried again; one that
 * refuses (no permission, no queue) is not: the message goes to the subscription's dead-letter queue, or is lost, as on
 * AWS.
 */
export class Deliveries {
  readonly #ports: Ports;
  readonly #retries = new Set<Timer>();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Begins to deliver a message; does not wait for it, as publishers do not. */
  start(topic: Topic, subscription: Subscription, notification: Notification, retry = 0): void {
    void this.#ports.clock.holding(() => this.#attempt(topic, subscription, notification, retry));
  }

  /** Gives up what waits to be tried again. */
  clear(): void {
    for (const timer of this.#retries) timer.cancel();
    this.#retries.clear();
  }

  async #attempt(topic: Topic, subscription: Subscription, notification: Notification, retry: number): Promise<void> {
    const message = toQueueMessage(topic, subscription, notification, this.#ports.endpointUrl);
    const refusal = await this.#send(topic, subscription.endpoint, message);
    if (refusal === undefined) return this.#count(topic, "NumberOfNotificationsDelivered");
    const delayMs = isRetryable(refusal) ? retryDelayMs(retry + 1) : undefined;
    if (delayMs !== undefined) {
      const timer = this.#ports.clock.setTimer(delayMs, TimerKind.Data, () => {
        this.#retries.delete(timer);
        if (topic.subscriptions.has(subscription.arn)) this.start(topic, subscription, notification, retry + 1);
      });
      this.#retries.add(timer);
      return;
    }
    this.#count(topic, "NumberOfNotificationsFailed");
    if (!subscription.redrive) return;
    const lost = await this.#send(topic, subscription.redrive.deadLetterTargetArn, message);
    this.#count(topic, lost ? "NumberOfNotificationsFailedToRedriveToDlq" : "NumberOfNotificationsRedrivenToDlq");
  }

  /** Sends to the queue with this ARN; what it says when it does not take the message. */
  async #send(topic: Topic, queueArn: string, message: object): Promise<AwsError | undefined> {
    const [, , , region = "", accountId = "", name = ""] = queueArn.split(":");
    try {
      await this.#ports.calls.call({
        service: "sqs",
        operation: "SendMessage",
        params: { QueueUrl: `${this.#ports.endpointUrl}/${accountId}/${name}`, ...message },
        principal: snsPrincipal,
        accountId,
        region,
        sourceArn: topic.arn,
      });
      return undefined;
    } catch (error) {
      if (error instanceof AwsError) return error;
      throw error;
    }
  }

  #count(topic: Topic, name: string): void {
    this.#ports.metrics.put({
      accountId: topic.accountId,
      region: topic.region,
      namespace: "AWS/SNS",
      name,
      dimensions: { TopicName: topic.name },
      value: 1,
      unit: "Count",
      time: this.#ports.clock.now(),
    });
  }
}

function isRetryable({ code, status }: AwsError): boolean {
  return status >= 500 || status === 429 || /Throttl/.test(code);
}
