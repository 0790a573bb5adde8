import { AwsError } from "../../kernel/errors.ts";
import { invalidParameter } from "./errors.ts";
import { MAX_MESSAGE_BYTES, MAX_SUBJECT_CHARACTERS } from "./limits.ts";
import type { Subscription, Topic } from "./topic.ts";

/** A message as a publisher sends it. */
export interface PublishedMessage {
  readonly Message: string;
  readonly Subject?: string | undefined;
  readonly MessageAttributes?: Readonly<Record<string, PublishedAttribute>> | undefined;
}

/** A message's own attribute. */
interface PublishedAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  /** Base64. */
  readonly BinaryValue?: string | undefined;
}

/** A message that was accepted. */
export interface Notification {
  readonly messageId: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly publishedAt: number;
  readonly message: PublishedMessage;
}

/** Refuses a message that SNS does not take. */
export function checkMessage(message: PublishedMessage): void {
  const { Message: text, Subject: subject } = message;
  if (text === "") throw invalidParameter("Empty message");
  if (subject !== undefined && !isSubject(subject)) throw invalidParameter("Subject");
  if (messageBytes(message) > MAX_MESSAGE_BYTES) throw invalidParameter("Message too long");
}

/** Refuses attributes that no message may have; of a batch, they refuse the whole (recorded on AWS, 08-2025). */
export function checkAttributes({ MessageAttributes: attributes = {} }: PublishedMessage): void {
  for (const [name, { DataType: type, StringValue, BinaryValue }] of Object.entries(attributes)) {
    if (!/^[\w.-]{1,256}$/.test(name) || /^\.|\.\.|\.$/.test(name)) {
      throw invalidParameter(`MessageAttributes Reason: The message attribute name '${name}' is invalid`);
    }
    if (!/^(String|Number|Binary)(\..+)?$/.test(type)) {
      throw invalidAttribute(
        `'${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
      );
    }
    const field = type.startsWith("Binary") ? "Binary" : "String";
    const [value, other] = field === "Binary" ? [BinaryValue, StringValue] : [StringValue, BinaryValue];
    if (other !== undefined) throw invalidAttribute(`'${name}' with type '${type}' must use field '${field}'.`);
    if (!value) {
      throw invalidAttribute(
        `'${name}' must contain non-empty message attribute value for message attribute type '${type}'.`,
      );
    }
  }
}

function invalidAttribute(what: string): AwsError {
  return new AwsError("ParameterValueInvalid", `The message attribute ${what}`);
}

/** What a message counts: its text, and the name, type and value of each attribute. */
export function messageBytes({ Message: text, MessageAttributes: attributes = {} }: PublishedMessage): number {
  let bytes = Buffer.byteLength(text);
  for (const [name, { DataType, StringValue = "", BinaryValue = "" }] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name + DataType + StringValue) + Buffer.byteLength(BinaryValue, "base64");
  }
  return bytes;
}

/**
 * What a queue is sent: the message itself with its attributes, or the notification around it.
 * @param endpointUrl the cloud's.
 */
export function toQueueMessage(
  topic: Topic,
  subscription: Subscription,
  notification: Notification,
  endpointUrl: string,
): { readonly MessageBody: string; readonly MessageAttributes?: object } {
  const { Message: text, MessageAttributes: attributes } = notification.message;
  if (subscription.isRaw) {
    return { MessageBody: text, ...(attributes === undefined ? {} : { MessageAttributes: attributes }) };
  }
  const { Subject } = notification.message;
  const body = {
    Type: "Notification",
    MessageId: notification.messageId,
    TopicArn: topic.arn,
    ...(Subject === undefined ? {} : { Subject }),
    Message: text,
    Timestamp: new Date(notification.publishedAt).toISOString(),
    SignatureVersion: String(topic.settings.signatureVersion),
    Signature: "not signed: the local cloud has no certificate of AWS's",
    SigningCertURL: `${endpointUrl}/SimpleNotificationService.pem`,
    UnsubscribeURL: `${endpointUrl}/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`,
    ...(attributes === undefined
      ? {}
      : {
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
              name,
              { Type: DataType, Value: StringValue ?? BinaryValue },
            ]),
          ),
        }),
  };
  return { MessageBody: JSON.stringify(body) };
}

/**
 * API reference of Publish: ASCII, no line breaks nor control characters, begins with a letter, digit or punctuation
 * mark.
 */
function isSubject(subject: string): boolean {
  return /^[\x21-\x7E][\x20-\x7E]*$/.test(subject) && subject.length <= MAX_SUBJECT_CHARACTERS;
}
