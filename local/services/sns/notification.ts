import { invalidParameter } from "./errors.ts";
import { MAX_MESSAGE_BYTES, MAX_SUBJECT_CHARACTERS } from "./limits.ts";
import type { PublishedMessage } from "./schema.ts";
import type { Subscription, Topic } from "./topic.ts";

/** A message that was accepted. */
export interface Notification {
  readonly messageId: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly publishedAt: number;
  readonly message: PublishedMessage;
}

/** Refuses a message that SNS does not take. */
export function checkMessage(message: PublishedMessage): void {
  const { Message: text, Subject: subject, MessageAttributes: attributes = {} } = message;
  if (text === "") throw invalidParameter("Empty message");
  if (subject !== undefined && !isSubject(subject)) throw invalidParameter("Subject");
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    if (!/^[\w.-]{1,256}$/.test(name) || /^\.|\.\.|\.$/.test(name)) {
      throw invalidParameter(`MessageAttributes Reason: The message attribute name '${name}' is invalid`);
    }
    const isBinary = DataType.startsWith("Binary");
    const [value, other] = isBinary ? [BinaryValue, StringValue] : [StringValue, BinaryValue];
    if (!value || other !== undefined) {
      throw invalidParameter(
        `MessageAttributes Reason: The message attribute '${name}' must contain a non-empty ${isBinary ? "BinaryValue" : "StringValue"} for the type '${DataType}'`,
      );
    }
  }
  if (messageBytes(message) > MAX_MESSAGE_BYTES) throw invalidParameter("Message too long");
}

/** What a message counts: its text, and the name, type and value of each attribute. */
export function messageBytes({ Message: text, MessageAttributes: attributes = {} }: PublishedMessage): number {
  let bytes = Buffer.byteLength(text);
  for (const [name, { DataType, StringValue = "", BinaryValue = "" }] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name + DataType + StringValue) + Buffer.byteLength(BinaryValue, "base64");
  }
  return bytes;
}

/** What a queue is sent: the message itself with its attributes, or the notification around it. @param endpointUrl the cloud's. */
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

/** API reference of Publish: ASCII, no line breaks nor control characters, begins with a letter, digit or punctuation mark. */
function isSubject(subject: string): boolean {
  return /^[\x21-\x7E][\x20-\x7E]*$/.test(subject) && subject.length <= MAX_SUBJECT_CHARACTERS;
}
