import { createHash } from "node:crypto";
import { AwsError } from "../../kernel/errors.ts";
import { invalidParameter, missingParameter } from "./errors.ts";
import { MAX_MESSAGE_ATTRIBUTES } from "./limits.ts";

/** A message's own attribute. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  /** Base64. */
  readonly BinaryValue?: string | undefined;
}

/** A message as a producer sends it. */
export interface SentMessage {
  readonly MessageBody: string;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttribute>> | undefined;
}

/** A message's own attributes, by name. */
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** One message in a queue. Times are cloud time, milliseconds since the epoch. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly attributes: MessageAttributes;
  readonly senderId: string;
  /** When it was sent, into whichever queue: a dead-letter queue keeps it, and so its retention counts on. */
  readonly sentAt: number;
  /** Received from now on. */
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt: number | undefined;
  /** What the last consumer got; undefined before the first. */
  receiptHandle: string | undefined;
  /** In a dead-letter queue: the queue that it came from. */
  deadLetterSourceArn: string | undefined;
}

/** XML's characters; anything else is refused ("SendMessage", MessageBody). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters in question
const INVALID_CHARACTER = /[^\u0009\u000A\u000D\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Refuses a message that no queue takes; the queue's own size is asked apart. */
export function checkMessage({ MessageBody: body, MessageAttributes: attributes = {} }: SentMessage): void {
  if (body === "") throw missingParameter("MessageBody");
  const names = Object.keys(attributes);
  if (names.length > MAX_MESSAGE_ATTRIBUTES) {
    throw invalidParameter(
      `Number of message attributes [${names.length}] exceeds the allowed maximum [${MAX_MESSAGE_ATTRIBUTES}].`,
    );
  }
  for (const name of names) checkAttribute(name, attributes[name] as MessageAttribute);
  if ([body, ...Object.values(attributes).map(({ StringValue }) => StringValue ?? "")].some(hasInvalidCharacter)) {
    throw new AwsError(
      "InvalidMessageContents",
      "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.",
    );
  }
}

/** What a message counts: its body, and the name, type and value of each attribute. */
export function messageBytes({ MessageBody: body, MessageAttributes: attributes = {} }: SentMessage): number {
  let bytes = Buffer.byteLength(body);
  for (const [name, attribute] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType) + bytesOfValue(attribute).length;
  }
  return bytes;
}

/** MD5 of a text, in hex. */
export function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}

/**
 * MD5 of message attributes, in hex; undefined for none (developer guide, "Calculating the MD5 message digest for
 * message attributes").
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const digest = createHash("md5");
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    digest.update(length).update(bytes);
  };
  for (const name of names) {
    const attribute = attributes[name] as MessageAttribute;
    add(Buffer.from(name));
    add(Buffer.from(attribute.DataType));
    digest.update(Buffer.of(isBinary(attribute) ? 2 : 1));
    add(bytesOfValue(attribute));
  }
  return digest.digest("hex");
}

function checkAttribute(name: string, attribute: MessageAttribute): void {
  if (!/^[\w.-]{1,256}$/.test(name) || /^\.|\.\.|\.$|^(aws|amazon)\./i.test(name)) {
    throw invalidParameter(`The message attribute name '${name}' is invalid.`);
  }
  if (!/^(String|Number|Binary)(\..+)?$/.test(attribute.DataType)) {
    throw invalidParameter(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const { StringValue: text, BinaryValue: binary } = attribute;
  if ((isBinary(attribute) ? text : binary) !== undefined || bytesOfValue(attribute).length === 0) {
    throw invalidParameter(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${attribute.DataType}'.`,
    );
  }
  if (attribute.DataType.startsWith("Number") && !/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text ?? "")) {
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
}

function isBinary({ DataType }: MessageAttribute): boolean {
  return DataType.startsWith("Binary");
}

function bytesOfValue(attribute: MessageAttribute): Buffer {
  return isBinary(attribute)
    ? Buffer.from(attribute.BinaryValue ?? "", "base64")
    : Buffer.from(attribute.StringValue ?? "");
}

function hasInvalidCharacter(text: string): boolean {
  return INVALID_CHARACTER.test(text);
}
