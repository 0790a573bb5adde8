import { isUtf8 } from "node:buffer";
import { EventEncoder } from "./event-encoder.ts";
import { findField, pathNames, skipValue } from "./field-lookup.ts";
import { Attribute, type ItemOptions } from "./item.ts";
import { MAX_ITEM_BYTES, maxEncodedBytes, numberBytes, significantDigits, valueBytes } from "./item-size.ts";
import type { EncodedItem, ItemValue } from "./item-value.ts";
import { CLOSE_OBJECT } from "./json-bytes.ts";
import { isKplAggregated } from "./kpl.ts";
import type { NumberPolicy } from "./number-text.ts";
import { type Cause, ParkReason, UnstorableError } from "./reasons.ts";
import type { SourceRecord } from "./source-record.ts";

/** Options for turning records into items. */
export interface EncodeOptions extends ItemOptions {
  readonly numberPolicy: NumberPolicy;
}

/** A record and the keys of its item. */
export interface KeyedRecord {
  readonly record: SourceRecord;
  readonly hash: string;
  /** Hash key and range key in one text. */
  readonly key: string;
}

/** The item of a record. */
export interface EncodedRecord extends EncodedItem {
  readonly record: SourceRecord;
}

/** Items are written one behind the other into blocks of this size; a larger record gets a block of its own. */
const BLOCK_BYTES = 256 * 1_024;

const KPL_AGGREGATED: Cause = {
  reason: ParkReason.KplAggregated,
  detail: "records that the Kinesis Producer Library aggregated are not taken apart yet",
};
const NOT_UTF8: Cause = { reason: ParkReason.NotUtf8, detail: "the data is not valid UTF-8" };

const EVENT_START = `"},"${Attribute.Event}":`;
/** The names of the attributes that every item has. */
const NAME_BYTES = Object.values<string>(Attribute).reduce((bytes, name) => bytes + Buffer.byteLength(name), 0);

/** An attribute that is copied from the event. */
interface Lookup {
  readonly attribute: string;
  /** `,"<attribute>":` */
  readonly start: string;
  readonly names: readonly Buffer[];
}

/** The attributes that all items of one shard share, in JSON, and the size of their values. */
interface ShardAttributes {
  readonly shardId: string;
  readonly streamName: string;
  readonly text: string;
  readonly bytes: number;
}

/**
 * Turns records into items without losing a digit, a null, an empty value or a field, from the record's bytes to the
 * request's. One record always makes the same item, so that a replay overwrites an item with itself.
 */
export class RecordEncoder {
  readonly #options: EncodeOptions;
  readonly #lookups: readonly Lookup[];
  readonly #events: EventEncoder;
  /** The data of one record, and a byte 0. */
  #data: Buffer = Buffer.allocUnsafe(4 * 1_024);
  #block: Buffer = Buffer.alloc(0);
  #start = 0;
  #end = 0;
  #shard: ShardAttributes = { shardId: "", streamName: "", text: "", bytes: 0 };

  constructor(options: EncodeOptions) {
    this.#options = options;
    this.#events = new EventEncoder(options.numberPolicy);
    // Of several lookups for one attribute the last that finds something counts.
    this.#lookups = options.indexedAttributes
      .map(({ attribute, path }) => ({
        attribute,
        start: `,${JSON.stringify(attribute)}:`,
        names: pathNames(path),
      }))
      .reverse();
  }

  /** The item of a record, or why there is none. */
  encode({ record, hash, key }: KeyedRecord): EncodedRecord | Cause {
    const length = this.#readData(record.data);
    const data = this.#data.subarray(0, length);
    if (isKplAggregated(data)) return KPL_AGGREGATED;
    if (!isUtf8(data)) return NOT_UTF8;
    const shard = this.#shardOf(record);
    const timestamp = String(record.approximateArrivalTimestamp);
    const header =
      `{"${Attribute.HashKey}":{"S":${quoted(hash)}},` +
      `"${Attribute.SequenceNumber}":{"S":${quoted(record.sequenceNumber)}},` +
      `${shard.text}"${Attribute.PartitionKey}":{"S":${quoted(record.partitionKey)}},` +
      `"${Attribute.ArrivalTimestamp}":{"N":"${timestamp}${EVENT_START}`;
    this.#start = this.#end;
    this.#reserve(header.length * 3 + maxEncodedBytes(length));
    this.#end += this.#block.write(header, this.#end);
    const timestampEnd = this.#end - EVENT_START.length;
    let bytes =
      NAME_BYTES +
      Buffer.byteLength(hash) +
      Buffer.byteLength(record.sequenceNumber) +
      shard.bytes +
      Buffer.byteLength(record.partitionKey) +
      numberBytes(significantDigits(this.#block, timestampEnd - timestamp.length, timestampEnd));

    const eventStart = this.#end - this.#start;
    const cause = this.#encodeEvent(length);
    if (cause !== undefined) return this.#refuse(cause);
    bytes += this.#events.size;
    bytes += this.#addAttributes(eventStart, record);
    if (bytes > MAX_ITEM_BYTES) {
      return this.#refuse({
        reason: ParkReason.TooLarge,
        detail: `the item would have ${bytes} bytes; DynamoDB takes ${MAX_ITEM_BYTES}`,
      });
    }
    this.#reserve(1);
    this.#block[this.#end++] = CLOSE_OBJECT;
    return { record, key, buffer: this.#block, start: this.#start, end: this.#end, bytes };
  }

  /** The attributes of a record's shard, which nearly always is the shard of the record before. */
  #shardOf({ shardId, streamName }: SourceRecord): ShardAttributes {
    if (this.#shard.shardId !== shardId || this.#shard.streamName !== streamName) {
      const text =
        `"${Attribute.ShardId}":{"S":${quoted(shardId)}},` + `"${Attribute.StreamName}":{"S":${quoted(streamName)}},`;
      this.#shard = { shardId, streamName, text, bytes: Buffer.byteLength(shardId) + Buffer.byteLength(streamName) };
    }
    return this.#shard;
  }

  /** Decodes into `#data`. @returns the length */
  #readData(base64: string): number {
    // Four characters are three bytes; what is no base64 is skipped, so there may be fewer.
    const maxLength = Math.ceil((base64.length * 3) / 4);
    if (this.#data.length <= maxLength) this.#data = Buffer.allocUnsafe(maxLength + 1);
    const length = this.#data.write(base64, 0, "base64");
    this.#data[length] = 0;
    return length;
  }

  #encodeEvent(length: number): Cause | undefined {
    try {
      const cause = this.#events.encode(this.#data, length, this.#block, this.#end);
      this.#end = this.#events.end;
      return cause;
    } catch (error) {
      if (!(error instanceof UnstorableError)) throw error;
      return { reason: error.reason, detail: error.message };
    }
  }

  /** Adds the indexed attributes and the expiry. @returns their size */
  #addAttributes(eventStart: number, record: SourceRecord): number {
    const { timeToLive } = this.#options;
    const added = new Set<string>();
    let bytes = 0;
    if (timeToLive !== undefined) {
      const seconds = String(Math.floor(record.approximateArrivalTimestamp) + timeToLive.seconds);
      added.add(timeToLive.attribute);
      this.#write(`,${JSON.stringify(timeToLive.attribute)}:{"N":"${seconds}"}`);
      bytes += Buffer.byteLength(timeToLive.attribute) + valueBytes({ N: seconds });
    }
    for (const { attribute, start, names } of this.#lookups) {
      if (added.has(attribute)) continue;
      const found = findField(this.#block, this.#start + eventStart, names);
      if (found < 0) continue;
      added.add(attribute);
      const from = found - this.#start;
      const length = skipValue(this.#block, found) - found;
      this.#write(start);
      this.#reserve(length);
      this.#block.copyWithin(this.#end, this.#start + from, this.#start + from + length);
      const value = this.#block.toString("utf8", this.#end, this.#end + length);
      this.#end += length;
      bytes += Buffer.byteLength(attribute) + valueBytes(JSON.parse(value) as ItemValue);
    }
    return bytes;
  }

  #write(text: string): void {
    this.#reserve(text.length * 3);
    this.#end += this.#block.write(text, this.#end);
  }

  /** Forgets the item that was begun. */
  #refuse(cause: Cause): Cause {
    this.#end = this.#start;
    return cause;
  }

  /** Makes room behind `#end`, in a new block if need be, which the item that was begun moves to. */
  #reserve(bytes: number): void {
    if (this.#end + bytes <= this.#block.length) return;
    const written = this.#end - this.#start;
    const block = Buffer.allocUnsafe(Math.max(BLOCK_BYTES, written + bytes));
    this.#block.copy(block, 0, this.#start, this.#end);
    this.#block = block;
    this.#start = 0;
    this.#end = written;
  }
}

const NEEDS_ESCAPES = /[^ !#-[\]-~]/;

/** A string in JSON. */
function quoted(text: string): string {
  return NEEDS_ESCAPES.test(text) ? JSON.stringify(text) : `"${text}"`;
}
