import { AwsError } from "../../kernel/errors.ts";
import { type Message, type MessageAttributes, md5OfAttributes } from "./message.ts";

/** The attributes that a consumer requests besides the message's body. */
export interface Selection {
  readonly AttributeNames?: readonly string[] | undefined;
  readonly MessageSystemAttributeNames?: readonly string[] | undefined;
  readonly MessageAttributeNames?: readonly string[] | undefined;
}

/** Every system attribute; the last four no standard queue's message has here, and asking for them is no mistake. */
const systemAttributes = new Set([
  "All",
  "ApproximateFirstReceiveTimestamp",
  "ApproximateReceiveCount",
  "DeadLetterQueueSourceArn",
  "SenderId",
  "SentTimestamp",
  "AWSTraceHeader",
  "MessageDeduplicationId",
  "MessageGroupId",
  "SequenceNumber",
]);

/** Throws InvalidAttributeName for a system attribute that there is not. */
export function checkSelection(selection: Selection): void {
  const unknown = systemNames(selection).find((name) => !systemAttributes.has(name));
  if (unknown !== undefined) throw new AwsError("InvalidAttributeName", `Unknown Attribute ${unknown}.`);
}

/** A message as ReceiveMessage answers it. */
export function describeMessage(message: Message, selection: Selection) {
  const system = selectSystemAttributes(message, systemNames(selection));
  const attributes = selectAttributes(message.attributes, selection.MessageAttributeNames ?? []);
  const attributesMd5 = md5OfAttributes(attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: message.md5OfBody,
    Body: message.body,
    ...(Object.keys(system).length === 0 ? {} : { Attributes: system }),
    ...(attributesMd5 === undefined ? {} : { MD5OfMessageAttributes: attributesMd5, MessageAttributes: attributes }),
  };
}

function systemNames(selection: Selection): readonly string[] {
  return [...(selection.MessageSystemAttributeNames ?? []), ...(selection.AttributeNames ?? [])];
}

function selectSystemAttributes(message: Message, names: readonly string[]): Record<string, string> {
  const all: Record<string, string> = {
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ...(message.deadLetterSourceArn ? { DeadLetterQueueSourceArn: message.deadLetterSourceArn } : {}),
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
  };
  if (names.includes("All")) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}

/** `All` and `.*` are all; `order.*` is every name that begins with `order.`. */
function selectAttributes(attributes: MessageAttributes, patterns: readonly string[]): MessageAttributes {
  const isSelected = (name: string) =>
    patterns.some(
      (pattern) =>
        pattern === "All" || pattern === name || (pattern.endsWith(".*") && name.startsWith(pattern.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isSelected(name)));
}
