import { createHash } from "node:crypto";
import { expect } from "chai";
import { HashKeyScope, HashKeySeparator, hashKey } from "../../../../functions/replicator/core/item.ts";
import { MAX_ITEM_BYTES } from "../../../../functions/replicator/core/item-size.ts";
import type { Item } from "../../../../functions/replicator/core/item-value.ts";
import { isKplAggregated } from "../../../../functions/replicator/core/kpl.ts";
import { NumberPolicy } from "../../../../functions/replicator/core/number-text.ts";
import { parkedKey, toParkedObject } from "../../../../functions/replicator/core/parked-record.ts";
import { ParkReason, reasonForRefusal } from "../../../../functions/replicator/core/reasons.ts";
import { type EncodeOptions, RecordEncoder } from "../../../../functions/replicator/core/record-encoder.ts";
import {
  MalformedRecordError,
  streamArnOf,
  toSourceRecord,
} from "../../../../functions/replicator/core/source-record.ts";
import { itemOf as itemOfBytes, textOf } from "../../support/encoded-items.ts";
import { kinesisRecord, SHARD_ID, STREAM_ARN } from "../../support/kinesis-events.ts";

const OPTIONS: EncodeOptions = {
  hashKeyScope: HashKeyScope.Shard,
  hashKeySeparator: HashKeySeparator.Underscore,
  numberPolicy: NumberPolicy.Park,
  indexedAttributes: [],
};

const SEQUENCE_NUMBER = "49590338271490256608559692538361571095921575989136588898";

function encode(data: string | Buffer, options: Partial<EncodeOptions> = {}) {
  const record = toSourceRecord(kinesisRecord(data, { sequenceNumber: SEQUENCE_NUMBER }));
  const all = { ...OPTIONS, ...options };
  const hash = hashKey(record, all);
  return new RecordEncoder(all).encode({ record, hash, key: `${hash} ${record.sequenceNumber}` });
}

function encodedOf(data: string, options: Partial<EncodeOptions> = {}) {
  const encoded = encode(data, options);
  if ("reason" in encoded) throw new Error(`not an item: ${encoded.reason} ${encoded.detail}`);
  return encoded;
}

function itemOf(data: string, options: Partial<EncodeOptions> = {}): Item {
  return itemOfBytes(encodedOf(data, options));
}

function reasonOf(data: string | Buffer): string | undefined {
  const encoded = encode(data);
  return "reason" in encoded ? encoded.reason : undefined;
}

function kplRecord(): Buffer {
  const message = Buffer.from([0x0a, 0x01, 0x61, 0x1a, 0x07, 0x08, 0x00, 0x1a, 0x03, 0x7b, 0x7d, 0x0a]);
  return Buffer.concat([Buffer.from("f3899ac2", "hex"), message, createHash("md5").update(message).digest()]);
}

describe("RecordEncoder", () => {
  it("makes the item with the composite key, the record's own fields, and the event apart from them", () => {
    expect(itemOf('{"shardId":"mine","n":9007199254740993}')).to.deep.equal({
      seqNumbershardIdHash: { S: "89_shardId-000000000003" },
      sequenceNumber: { S: SEQUENCE_NUMBER },
      shardId: { S: "shardId-000000000003" },
      streamName: { S: "events" },
      partitionKey: { S: "visitor-1" },
      approximateArrivalTimestamp: { N: "1709251199.987" },
      event: { M: { shardId: { S: "mine" }, n: { N: "9007199254740993" } } },
    });
  });

  it("puts the stream's name before the hash key when several streams share the table", () => {
    expect(itemOf("1", { hashKeyScope: HashKeyScope.Stream })["seqNumbershardIdHash"]).to.deep.equal({
      S: "events_89_shardId-000000000003",
    });
  });

  it("joins the parts of the hash key by hyphens for a table that holds such keys", () => {
    const hashKeySeparator = HashKeySeparator.Hyphen;
    expect(itemOf("1", { hashKeySeparator })["seqNumbershardIdHash"]).to.deep.equal({ S: "89-shardId-000000000003" });
    expect(itemOf("1", { hashKeySeparator, hashKeyScope: HashKeyScope.Stream })["seqNumbershardIdHash"]).to.deep.equal({
      S: "events-89-shardId-000000000003",
    });
  });

  it("lifts indexed attributes by path; one that the event does not have is absent", () => {
    const indexedAttributes = [
      { attribute: "userId", path: "user.id" },
      { attribute: "kind", path: "type" },
      { attribute: "deep", path: "user.id.more" },
      { attribute: "proto", path: "toString" },
      { attribute: "listed", path: "list.0" },
      { attribute: "nothing", path: "nil" },
    ];
    const item = itemOf('{"user":{"id":"u1"},"list":["x"],"nil":null}', { indexedAttributes });
    expect(item["userId"]).to.deep.equal({ S: "u1" });
    expect(item["nothing"]).to.deep.equal({ NULL: true });
    expect(item).to.not.have.any.keys("kind", "deep", "proto", "listed");
    expect(itemOf('"scalar"', { indexedAttributes })).to.not.have.any.keys("userId", "kind");
  });

  it("counts the time to live from the arrival, so that a replay makes the same item", () => {
    const timeToLive = { attribute: "expiresAt", seconds: 86_400 };
    expect(itemOf("1", { timeToLive })["expiresAt"]).to.deep.equal({ N: String(1_709_251_199 + 86_400) });
  });

  it("takes of several indexed attributes of one name the last that the event has, and the expiry before them", () => {
    const indexedAttributes = [
      { attribute: "a", path: "x" },
      { attribute: "a", path: "y" },
      { attribute: "a", path: "z" },
    ];
    const event = '{"x":1,"y":2}';
    expect(itemOf(event, { indexedAttributes })["a"]).to.deep.equal({ N: "2" });
    const timeToLive = { attribute: "a", seconds: 60 };
    expect(textOf(encodedOf(event, { indexedAttributes, timeToLive })).match(/"a":/g)).to.have.length(1);
    expect(itemOf(event, { indexedAttributes, timeToLive })["a"]).to.deep.equal({ N: "1709251259" });
  });

  it("counts what is copied from the event a second time, and finds it behind names that need escapes", () => {
    const indexedAttributes = [{ attribute: 'q"é', path: 'a"b.ü' }];
    const event = '{"x":"}\\"{","a\\"b":{"\\u00fc":["é",12.30,{"k":null}]}}';
    const [without, indexed] = [encodedOf(event), encodedOf(event, { indexedAttributes })];
    expect(itemOfBytes(indexed)['q"é']).to.deep.equal({
      L: [{ S: "é" }, { N: "12.30" }, { M: { k: { NULL: true } } }],
    });
    expect(indexed.bytes - without.bytes).to.equal(4 + 3 + (1 + 2) + (1 + 3) + (1 + 3 + 1 + 1 + 1));
  });

  it("copies a value that fills a block, and goes on with the next item", () => {
    const text = JSON.stringify({ v: "x".repeat(120_000) });
    const encoder = new RecordEncoder({ ...OPTIONS, indexedAttributes: [{ attribute: "copy", path: "v" }] });
    const items = Array.from({ length: 5 }, (_, index) => {
      const record = toSourceRecord(kinesisRecord(index === 2 ? "bad" : text, { index }));
      return encoder.encode({ record, hash: "h", key: String(index) });
    });
    for (const [index, item] of items.entries()) {
      if ("reason" in item) expect(index).to.equal(2);
      else expect(itemOfBytes(item)["copy"]).to.deep.equal({ S: "x".repeat(120_000) });
    }
    expect(items.filter((item) => "reason" in item)).to.have.length(1);
  });

  it("parks what is not UTF-8, a cut or overlong sequence and an encoded surrogate included", () => {
    for (const hex of ["22ff22", "22c322", "22c08022", "22eda08022"]) {
      expect(reasonOf(Buffer.from(hex, "hex")), hex).to.equal(ParkReason.NotUtf8);
    }
  });

  it("parks empty data, and JSON behind a byte order mark, as not JSON", () => {
    expect(reasonOf("")).to.equal(ParkReason.NotJson);
    expect(reasonOf("\ufeff{}")).to.equal(ParkReason.NotJson);
  });

  it("stores an item of exactly 400 KB and parks one byte more", () => {
    const overhead = encodedOf('""').bytes;
    const text = "x".repeat(MAX_ITEM_BYTES - overhead);
    expect(encode(JSON.stringify(text))).to.include({ bytes: MAX_ITEM_BYTES });
    expect(encode(JSON.stringify(`${text}x`))).to.deep.equal({
      reason: ParkReason.TooLarge,
      detail: "the item would have 409601 bytes; DynamoDB takes 409600",
    });
  });

  it("parks a KPL aggregate, and takes one with a wrong magic number or digest for an ordinary record", () => {
    expect(reasonOf(kplRecord())).to.equal(ParkReason.KplAggregated);
    const [wrongDigest, wrongMagic] = [kplRecord(), kplRecord()];
    wrongDigest[wrongDigest.length - 1]! ^= 1;
    wrongMagic[0]! ^= 1;
    expect(reasonOf(wrongDigest)).to.equal(ParkReason.NotUtf8);
    expect(reasonOf(wrongMagic)).to.equal(ParkReason.NotUtf8);
    expect(isKplAggregated(Buffer.from("f3899ac2", "hex"))).to.equal(false);
  });
});

describe("reasonForRefusal", () => {
  it("knows DynamoDB's own size and nesting limits", () => {
    expect(reasonForRefusal("Item size has exceeded the maximum allowed size")).to.equal(ParkReason.TooLarge);
    expect(
      reasonForRefusal(
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit",
      ),
    ).to.equal(ParkReason.TooDeep);
    expect(reasonForRefusal("One or more parameter values were invalid: Type mismatch for Index Key")).to.equal(
      ParkReason.InvalidItem,
    );
  });
});

describe("toSourceRecord", () => {
  it("refuses a record that is not in Kinesis's form", () => {
    const record = kinesisRecord("{}");
    expect(() => toSourceRecord({ ...record, eventID: "1" })).to.throw(MalformedRecordError, 'eventID "1"');
    expect(() => toSourceRecord({ ...record, eventSourceARN: "arn:aws:sqs:us-east-1:1:q" })).to.throw(
      MalformedRecordError,
    );
  });

  it("reads stream and name from a consumer's ARN too", () => {
    const consumerArn = `${STREAM_ARN}/consumer/fast:1709251199`;
    expect(streamArnOf(consumerArn)).to.equal(STREAM_ARN);
    expect(streamArnOf(STREAM_ARN)).to.equal(STREAM_ARN);
    expect(toSourceRecord(kinesisRecord("{}", { streamArn: consumerArn })).streamName).to.equal("events");
  });
});

describe("parked objects", () => {
  const record = toSourceRecord(kinesisRecord(Buffer.from([0xff, 0x00]), { sequenceNumber: SEQUENCE_NUMBER }));

  it("are dated by the record's arrival", () => {
    expect(parkedKey("parked/", record, HashKeyScope.Shard)).to.equal(
      `parked/2024/02/29/${SHARD_ID}/${SEQUENCE_NUMBER}.json`,
    );
    expect(parkedKey("p/", record, HashKeyScope.Stream)).to.equal(
      `p/2024/02/29/events/${SHARD_ID}/${SEQUENCE_NUMBER}.json`,
    );
  });

  it("hold the bytes as they came, the reason, and where the record was", () => {
    const text = toParkedObject(record, { reason: ParkReason.NotUtf8, detail: "why" }, Date.UTC(2026, 0, 2));
    expect(JSON.parse(text)).to.deep.equal({
      reason: "not-utf8",
      detail: "why",
      streamName: "events",
      shardId: SHARD_ID,
      sequenceNumber: SEQUENCE_NUMBER,
      partitionKey: "visitor-1",
      approximateArrivalTimestamp: 1_709_251_199.987,
      parkedAt: "2026-01-02T00:00:00.000Z",
      data: "/wA=",
    });
  });
});
