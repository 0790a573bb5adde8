import { randomUUID } from "node:crypto";
import type { AttachedPolicy } from "../../accounts/resource-policy.ts";
import { AwsError } from "../../kernel/errors.ts";
import { arnIn, type Place } from "../../kernel/place.ts";
import { Resource } from "../../kernel/resource.ts";
import { invalidValue } from "./errors.ts";
import { MAX_IN_FLIGHT, MAX_VISIBILITY_SECONDS, PURGE_INTERVAL_MS } from "./limits.ts";
import { type Message, type MessageAttributes, md5 } from "./message.ts";
import type { RedriveAllowPolicy, RedrivePolicy } from "./redrive.ts";

/** What may change during a queue's life. */
export interface QueueSettings {
  readonly delaySeconds: number;
  readonly maxMessageBytes: number;
  readonly retentionSeconds: number;
  readonly receiveWaitSeconds: number;
  readonly visibilitySeconds: number;
  readonly redrivePolicy: RedrivePolicy | undefined;
  readonly redriveAllowPolicy: RedriveAllowPolicy | undefined;
  /** Undefined: encrypted with SQS' own key, or not at all. */
  readonly kmsMasterKeyId: string | undefined;
  readonly kmsDataKeyReuseSeconds: number;
  readonly isSqsManagedSse: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** How many messages there are of each sort. */
export interface QueueCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** One standard queue. Messages come out in the order in which they were sent, as far as they are visible. */
export class Queue extends Resource {
  readonly createdAt: number;
  modifiedAt: number;
  settings: QueueSettings;
  policy: AttachedPolicy | undefined;
  readonly #messages = new Map<string, Message>();
  /** No message was sent before this. */
  #oldestSentAt = Number.POSITIVE_INFINITY;
  #purgedAt = Number.NEGATIVE_INFINITY;

  constructor({ now, settings, ...where }: Place & { name: string; now: number; settings: QueueSettings }) {
    super({ ...where, arn: arnIn(where, "sqs", where.name) });
    this.createdAt = now;
    this.modifiedAt = now;
    this.settings = settings;
  }

  /** Adds a message that was checked. @param delaySeconds default: the queue's own. */
  send(
    message: { body: string; attributes: MessageAttributes; senderId: string; delaySeconds?: number | undefined },
    now: number,
  ): Message {
    const { body, attributes, senderId, delaySeconds = this.settings.delaySeconds } = message;
    const sent: Message = {
      id: randomUUID(),
      body,
      md5OfBody: md5(body),
      attributes,
      senderId,
      sentAt: now,
      visibleAt: now + delaySeconds * 1000,
      receiveCount: 0,
      firstReceivedAt: undefined,
      receiptHandle: undefined,
      deadLetterSourceArn: undefined,
    };
    this.add(sent, now);
    return sent;
  }

  /** Takes a message over as it is, from the queue whose dead-letter queue this is. */
  add(message: Message, now: number): void {
    this.#trim(now);
    this.#messages.set(message.id, message);
    this.#oldestSentAt = Math.min(this.#oldestSentAt, message.sentAt);
  }

  /**
   * Hands out messages and hides them for the visibility timeout.
   * @param options.deadLetter where one goes instead that was received too often; without it such messages stay.
   * @throws AwsError OverLimit when too many are in flight.
   */
  receive(
    options: { limit: number; visibilitySeconds?: number | undefined; deadLetter?: (message: Message) => void },
    now: number,
  ): Message[] {
    const { limit, visibilitySeconds = this.settings.visibilitySeconds, deadLetter } = options;
    this.#trim(now);
    if (this.#messages.size >= MAX_IN_FLIGHT && this.counts(now).inFlight >= MAX_IN_FLIGHT) {
      throw new AwsError("OverLimit", `Too many messages in flight in the queue: ${MAX_IN_FLIGHT}.`, 403);
    }
    const maxReceiveCount = this.settings.redrivePolicy?.maxReceiveCount ?? Number.POSITIVE_INFINITY;
    const received: Message[] = [];
    for (const message of this.#messages.values()) {
      if (received.length === limit) break;
      if (message.visibleAt > now) continue;
      if (deadLetter && message.receiveCount >= maxReceiveCount) {
        this.#messages.delete(message.id);
        message.receiptHandle = undefined;
        message.deadLetterSourceArn = this.arn;
        message.visibleAt = now;
        deadLetter(message);
        continue;
      }
      message.receiveCount++;
      message.firstReceivedAt ??= now;
      message.visibleAt = now + visibilitySeconds * 1000;
      message.receiptHandle = this.#newReceipt(message);
      received.push(message);
    }
    return received;
  }

  /** Deletes by the newest receipt of a message; with an older one it does nothing, as on AWS. */
  delete(receiptHandle: string): boolean {
    const message = this.#messages.get(this.#messageId(receiptHandle));
    return message?.receiptHandle === receiptHandle && this.#messages.delete(message.id);
  }

  /**
   * Hides a message that is in flight for another while from now on; 0 shows it at once. An older receipt of the
   * message will do, as on AWS.
   */
  changeVisibility(receiptHandle: string, seconds: number, now: number): void {
    this.#trim(now);
    const message = this.#messages.get(this.#messageId(receiptHandle));
    if (!message) {
      throw invalidValue(
        receiptHandle,
        "ReceiptHandle",
        "Message does not exist or is not available for visibility timeout change.",
      );
    }
    if (message.visibleAt <= now) {
      throw new AwsError("MessageNotInflight", "The specified message isn't in flight.");
    }
    if (now + seconds * 1000 - (message.firstReceivedAt ?? now) > MAX_VISIBILITY_SECONDS * 1000) {
      throw invalidValue(
        String(seconds),
        "VisibilityTimeout",
        `Total VisibilityTimeout for the message is beyond the limit [${MAX_VISIBILITY_SECONDS} seconds].`,
      );
    }
    message.visibleAt = now + seconds * 1000;
  }

  /**
   * When the next hidden message shows, and whether it is one that was sent with a delay; undefined when none is
   * hidden.
   */
  nextVisible(now: number): { at: number; isDelayed: boolean } | undefined {
    let next: Message | undefined;
    for (const message of this.#messages.values()) {
      if (message.visibleAt > now && (!next || message.visibleAt < next.visibleAt)) next = message;
    }
    return next && { at: next.visibleAt, isDelayed: next.receiveCount === 0 };
  }

  /** How many messages it has now. */
  counts(now: number): QueueCounts {
    this.#trim(now);
    const counts = { visible: 0, inFlight: 0, delayed: 0 };
    for (const message of this.#messages.values()) {
      if (message.visibleAt <= now) counts.visible++;
      else if (message.receiptHandle === undefined) counts.delayed++;
      else counts.inFlight++;
    }
    return counts;
  }

  /** Drops all messages, as PurgeQueue does. @throws AwsError PurgeQueueInProgress within a minute of the last time. */
  purge(now: number): void {
    if (now - this.#purgedAt < PURGE_INTERVAL_MS) {
      throw new AwsError(
        "PurgeQueueInProgress",
        `Only one PurgeQueue operation on ${this.name} is allowed every ${PURGE_INTERVAL_MS / 1000} seconds.`,
        403,
      );
    }
    this.clear();
    this.#purgedAt = now;
  }

  /** Drops all messages, and forgets that it was ever purged. */
  clear(): void {
    this.#messages.clear();
    this.#oldestSentAt = Number.POSITIVE_INFINITY;
    this.#purgedAt = Number.NEGATIVE_INFINITY;
  }

  /** Forgets what is older than the retention period. */
  #trim(now: number): void {
    const horizon = now - this.settings.retentionSeconds * 1000;
    if (this.#oldestSentAt > horizon) return;
    this.#oldestSentAt = Number.POSITIVE_INFINITY;
    for (const message of this.#messages.values()) {
      if (message.sentAt <= horizon) this.#messages.delete(message.id);
      else this.#oldestSentAt = Math.min(this.#oldestSentAt, message.sentAt);
    }
  }

  #newReceipt(message: Message): string {
    return Buffer.from([randomUUID(), this.arn, message.id].join(" ")).toString("base64");
  }

  #messageId(receiptHandle: string): string {
    const [, arn, id] = Buffer.from(receiptHandle, "base64").toString("utf8").split(" ");
    if (arn === this.arn && id) return id;
    throw new AwsError("ReceiptHandleIsInvalid", `The input receipt handle "${receiptHandle}" is not valid.`, 404);
  }
}
