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
  const head =
    `{"eventId":${JSON.stringify(eventID)},"eventName":${JSON.stringify(eventName)}` +
    `,"approximateCreationDateTime":${JSON.stringify(dynamodb.ApproximateCreationDateTime ?? null)}` +
    `,"sequenceNumber":${JSON.stringify(dynamodb.SequenceNumber ?? null)}${othersText(record)}${othersText(dynamodb)}`;
  if (eventName === "REMOVE") {
    return removePolicy === RemovePolicy.Skip ? undefined : `${head},"keys":${mapText(dynamodb.Keys ?? {})}}`;
  }
  if (dynamodb.NewImage === undefined) throw new MissingImageError(eventName);
  return `${head},"item":${mapText(dynamodb.NewImage)}}`;
}

function othersText(members: object): string {
  return Object.entries(members)
    .filter(([name, value]) => value !== undefined && !PLACED.has(name) && !LEFT_OUT.has(name))
    .map(([name, value]) => `,${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join("");
}

type Fields = Readonly<Record<string, AttributeValue>>;
type Printer = (value: never) => string;

const PRINTERS: ReadonlyMap<string, Printer> = new Map(
  Object.entries<Printer>({
    S: (value: string) => JSON.stringify(value),
    N: (value: string) => numberText(value),
    BOOL: (value: boolean) => JSON.stringify(value),
    NULL: () => "null",
    M: (value: Fields) => mapText(value),
    L: (value: readonly AttributeValue[]) => `[${value.map(valueText).join(",")}]`,
    B: (value: string) => `{"$B":${JSON.stringify(value)}}`,
    SS: (value: readonly string[]) => `{"$SS":${JSON.stringify(value)}}`,
    NS: (value: readonly string[]) => `{"$NS":[${value.map(numberText).join(",")}]}`,
    BS: (value: readonly string[]) => `{"$BS":${JSON.stringify(value)}}`,
  }),
);

function valueText(value: AttributeValue): string {
  const [entry, ...others] = Object.entries(value).filter(([, content]) => content !== undefined);
  const printer = entry === undefined || others.length > 0 ? undefined : PRINTERS.get(entry[0]);
  if (entry === undefined || printer === undefined) {
    throw new UnreadableImageError(
      `an attribute value of type ${Object.keys(value).join("+") || "(none)"} is not known`,
    );
  }
  return printer(entry[1] as never);
}

const TYPE_MARK = /^\$+(?:B|SS|NS|BS)$/;

function mapText(fields: Fields): string {
  const names = Object.keys(fields);
  const isLikeATypeMark = names.length === 1 && TYPE_MARK.test(names[0] ?? "");
  const text = names.map((name) => {
    const printed = JSON.stringify(isLikeATypeMark ? `$${name}` : name);
    return `${printed}:${valueText(fields[name] as AttributeValue)}`;
  });
  return `{${text.join(",")}}`;
}

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function numberText(text: string): string {
  if (JSON_NUMBER.test(text)) return text;
  const decimal = parseDecimal(text);
  if (decimal === undefined) throw new UnreadableImageError("a number attribute does not hold a number");
  return formatDecimal(decimal);
}
