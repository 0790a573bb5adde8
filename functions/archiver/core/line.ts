import type { AttributeValue, DynamoDBRecord } from "aws-lambda";
import { formatDecimal, parseDecimal } from "../../shared/decimal-text.ts";

/** How deletions are archived. */
export const RemovePolicy = {
  /** Deletions are not archived. */
  Skip: "skip",
  /** A line with the item's keys is archived. */
  Tombstone: "tombstone",
} as const;
export type RemovePolicy = (typeof RemovePolicy)[keyof typeof RemovePolicy];

/** The table's stream has no new images: a mistake in the deployment, not in a record. */
export class MissingImageError extends Error {
  override readonly name = "MissingImageError";
  constructor(eventName: string) {
    super(`a record ${eventName} has no new image: the stream's view type must be NEW_IMAGE or NEW_AND_OLD_IMAGES`);
  }
}

/** An image with a value of an unknown attribute type. */
export class UnreadableImageError extends Error {
  override readonly name = "UnreadableImageError";
}

/**
 * Members of a stream record that a line omits; docs/data-formats.md says why. All other members are copied under
 * their own names, including future ones.
 */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "eventVersion",
  "eventSource",
  "eventSourceARN",
  "awsRegion",
  "Keys",
  "OldImage",
  "SizeBytes",
  "StreamViewType",
]);

/** Members of a stream record that have a different name or place in the line. */
const PLACED: ReadonlySet<string> = new Set([
  "eventID",
  "eventName",
  "dynamodb",
  "ApproximateCreationDateTime",
  "SequenceNumber",
  "NewImage",
]);

/**
 * The archived line of a stream record, without its line end; undefined for a skipped deletion.
 *
 * Numbers are JSON numbers with all digits. Values without a JSON form are objects with one `$` field:
 * `{"$B":"<base64>"}`, `{"$SS":[…]}`, `{"$NS":[…]}`, `{"$BS":[…]}`; an object of the item with such a field gets one
 * more `$`, so that readers can distinguish them.
 * @throws MissingImageError, UnreadableImageError
 */
export function toLine(record: DynamoDBRecord, removePolicy: RemovePolicy): string | undefined {
  const { eventID = "", eventName = "", dynamodb = {} } = record;
  const isRemoved = eventName === "REMOVE";
  if (isRemoved && removePolicy === RemovePolicy.Skip) return undefined;
  const head =
    `{"eventId":${stringText(eventID)},"eventName":${nameText(eventName)}` +
    `,"approximateCreationDateTime":${JSON.stringify(dynamodb.ApproximateCreationDateTime ?? null)}` +
    `,"sequenceNumber":${JSON.stringify(dynamodb.SequenceNumber ?? null)}${othersText(record)}${othersText(dynamodb)}`;
  if (isRemoved) return `${head},"keys":${mapText(dynamodb.Keys ?? {})}}`;
  if (dynamodb.NewImage === undefined) throw new MissingImageError(eventName);
  return `${head},"item":${mapText(dynamodb.NewImage)}}`;
}

function othersText(members: object): string {
  let text = "";
  for (const name of Object.keys(members)) {
    if (LEFT_OUT.has(name) || PLACED.has(name)) continue;
    const value: unknown = members[name as keyof typeof members];
    if (value !== undefined) text += `,${nameText(name)}:${JSON.stringify(value)}`;
  }
  return text;
}

type Fields = Readonly<Record<string, AttributeValue>>;

function valueText(value: AttributeValue): string {
  let type: string | undefined;
  for (const name in value) {
    if (value[name as keyof AttributeValue] === undefined) continue;
    if (type !== undefined) throw unknownType(value);
    type = name;
  }
  const content: unknown = type === undefined ? undefined : value[type as keyof AttributeValue];
  switch (type) {
    case "S":
      return stringText(content as string);
    case "N":
      return numberText(content as string);
    case "M":
      return mapText(content as Fields);
    case "L":
      return listText(content as readonly AttributeValue[], valueText);
    case "BOOL":
      return JSON.stringify(content);
    case "NULL":
      return "null";
    case "B":
      return `{"$B":${stringText(content as string)}}`;
    case "SS":
      return `{"$SS":${listText(content as readonly string[], stringText)}}`;
    case "NS":
      return `{"$NS":${listText(content as readonly string[], numberText)}}`;
    case "BS":
      return `{"$BS":${listText(content as readonly string[], stringText)}}`;
    default:
      throw unknownType(value);
  }
}

function unknownType(value: AttributeValue): UnreadableImageError {
  const types = Object.keys(value).join("+") || "(none)";
  return new UnreadableImageError(`an attribute value of type ${types} is not known`);
}

function listText<T>(values: readonly T[], print: (value: T) => string): string {
  let text = "";
  for (const value of values) text += text === "" ? print(value) : `,${print(value)}`;
  return `[${text}]`;
}

const TYPE_MARK = /^\$+(?:B|SS|NS|BS)$/;

function mapText(fields: Fields): string {
  const names = Object.keys(fields);
  const [first = ""] = names;
  if (names.length === 1 && TYPE_MARK.test(first)) return `{"$${first}":${valueText(fields[first] as AttributeValue)}}`;
  let text = "";
  for (const name of names) {
    if (text !== "") text += ",";
    text += `${nameText(name)}:${valueText(fields[name] as AttributeValue)}`;
  }
  return `{${text}}`;
}

/** Strings that are the same as JSON; most are, and this is faster than JSON.stringify. */
const PLAIN = /^[ !#-[\]-~]*$/;

function stringText(text: string): string {
  return typeof text === "string" && PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** Names as JSON, kept because items have the same ones; the map is emptied when producers have too many. */
const nameTexts = new Map<string, string>();
const MAX_NAMES = 1_000;

function nameText(name: string): string {
  const known = nameTexts.get(name);
  if (known !== undefined) return known;
  const text = JSON.stringify(name);
  if (nameTexts.size >= MAX_NAMES) nameTexts.clear();
  nameTexts.set(name, text);
  return text;
}

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function numberText(text: string): string {
  if (JSON_NUMBER.test(text)) return text;
  const decimal = parseDecimal(text);
  if (decimal === undefined) throw new UnreadableImageError("a number attribute does not hold a number");
  return formatDecimal(decimal);
}
