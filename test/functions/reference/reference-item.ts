import { parse } from "lossless-json";
import { Attribute, hashKey, type ItemOptions } from "../../../functions/replicator/core/item.ts";
import { MAX_ITEM_BYTES, valueBytes } from "../../../functions/replicator/core/item-size.ts";
import type { Item, ItemValue } from "../../../functions/replicator/core/item-value.ts";
import { isKplAggregated } from "../../../functions/replicator/core/kpl.ts";
import { MAX_LEVELS } from "../../../functions/replicator/core/nesting.ts";
import { NumberPolicy, toStoredNumber } from "../../../functions/replicator/core/number-text.ts";
import { ParkReason, UnstorableError } from "../../../functions/replicator/core/reasons.ts";
import type { EncodeOptions } from "../../../functions/replicator/core/record-encoder.ts";
import type { SourceRecord } from "../../../functions/replicator/core/source-record.ts";

/** The item of a record, or why there is none. */
export type ReferenceOutcome =
  | { readonly item: Item; readonly bytes: number }
  | { readonly reason: ParkReason; readonly detail: string };

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** What the replicator makes of a record, by another way: text, then a tree of values, then the item as an object. */
export function referenceItem(record: SourceRecord, options: EncodeOptions): ReferenceOutcome {
  try {
    const event = toEventValue(decodeText(record.data), options.numberPolicy);
    const item = toItem(record, event, options);
    const bytes = itemBytes(item);
    if (bytes > MAX_ITEM_BYTES) {
      throw new UnstorableError({
        reason: ParkReason.TooLarge,
        detail: `the item would have ${bytes} bytes; DynamoDB takes ${MAX_ITEM_BYTES}`,
      });
    }
    return { item, bytes };
  } catch (error) {
    if (!(error instanceof UnstorableError)) throw error;
    return { reason: error.reason, detail: error.message };
  }
}

function decodeText(base64: string): string {
  const data = Buffer.from(base64, "base64");
  if (isKplAggregated(data)) {
    throw new UnstorableError({
      reason: ParkReason.KplAggregated,
      detail: "records that the Kinesis Producer Library aggregated are not taken apart yet",
    });
  }
  try {
    return utf8.decode(data);
  } catch {
    throw new UnstorableError({ reason: ParkReason.NotUtf8, detail: "the data is not valid UTF-8" });
  }
}

/** An item's size by DynamoDB's rules. */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce((bytes, [name, value]) => bytes + Buffer.byteLength(name) + valueBytes(value), 0);
}

function toItem(record: SourceRecord, event: ItemValue, options: ItemOptions): Item {
  const item: Item = {
    [Attribute.HashKey]: { S: hashKey(record, options) },
    [Attribute.SequenceNumber]: { S: record.sequenceNumber },
    [Attribute.ShardId]: { S: record.shardId },
    [Attribute.StreamName]: { S: record.streamName },
    [Attribute.PartitionKey]: { S: record.partitionKey },
    [Attribute.ArrivalTimestamp]: { N: String(record.approximateArrivalTimestamp) },
    [Attribute.Event]: event,
  };
  for (const { attribute, path } of options.indexedAttributes) {
    const value = valueAt(event, path.split("."));
    if (value !== undefined) setField(item, attribute, value);
  }
  if (options.timeToLive !== undefined) {
    const { attribute, seconds } = options.timeToLive;
    setField(item, attribute, { N: String(Math.floor(record.approximateArrivalTimestamp) + seconds) });
  }
  return item;
}

function valueAt(event: ItemValue, path: readonly string[]): ItemValue | undefined {
  let value: ItemValue | undefined = event;
  for (const name of path) {
    if (value === undefined || !("M" in value) || !Object.hasOwn(value.M, name)) return undefined;
    value = value.M[name];
  }
  return value;
}

class NumberText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u;

function toEventValue(text: string, numberPolicy: NumberPolicy): ItemValue {
  if (isNestedDeeperThan(text, MAX_LEVELS)) throw tooDeep();
  return convert(parseEvent(text), 1, numberPolicy);
}

function isNestedDeeperThan(text: string, maxDepth: number): boolean {
  let depth = 0;
  let isInString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (isInString) {
      if (character === "\\") i++;
      else if (character === '"') isInString = false;
    } else if (character === '"') {
      isInString = true;
    } else if (character === "[" || character === "{") {
      if (++depth > maxDepth) return true;
    } else if (character === "]" || character === "}") {
      depth--;
    }
  }
  return false;
}

function parseEvent(text: string): unknown {
  try {
    return parse(text, null, {
      parseNumber: (number) => new NumberText(number),
      onDuplicateKey: ({ newValue }) => newValue,
    });
  } catch (error) {
    throw new UnstorableError({
      reason: ParkReason.NotJson,
      detail: error instanceof Error ? error.message : String(error),
    });
  }
}

function convert(value: unknown, level: number, policy: NumberPolicy): ItemValue {
  if (level > MAX_LEVELS) throw tooDeep();
  if (typeof value === "string") return { S: wellFormed(value) };
  if (value instanceof NumberText) return convertNumber(value.text, policy);
  if (typeof value === "boolean") return { BOOL: value };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map((element) => convert(element, level + 1, policy)) };
  const fields: Record<string, ItemValue> = {};
  for (const [name, field] of Object.entries(value as Record<string, unknown>)) {
    if (name === "")
      throw new UnstorableError({
        reason: ParkReason.EmptyAttributeName,
        detail: "an object has a field without a name",
      });
    setField(fields, wellFormed(name), convert(field, level + 1, policy));
  }
  return { M: fields };
}

function setField(fields: Record<string, ItemValue>, name: string, value: ItemValue): void {
  Object.defineProperty(fields, name, { value, writable: true, enumerable: true, configurable: true });
}

function convertNumber(text: string, policy: NumberPolicy): ItemValue {
  const stored = toStoredNumber(text);
  if (stored !== undefined) return { N: stored };
  if (policy === NumberPolicy.String) return { S: text };
  throw new UnstorableError({
    reason: ParkReason.NumberOutOfRange,
    detail: "a number has more than 38 significant digits, or a magnitude outside 1E-130 to 9.99E+125",
  });
}

function wellFormed(text: string): string {
  if (LONE_SURROGATE.test(text)) {
    throw new UnstorableError({ reason: ParkReason.LoneSurrogate, detail: "a string holds half of a surrogate pair" });
  }
  return text;
}

function tooDeep(): UnstorableError {
  return new UnstorableError({
    reason: ParkReason.TooDeep,
    detail: `nested deeper than DynamoDB's ${MAX_LEVELS} levels`,
  });
}
