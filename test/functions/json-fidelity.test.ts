import type { AttributeValue, DynamoDBRecord } from "aws-lambda";
import { expect } from "chai";
import fc from "fast-check";
import { parse } from "lossless-json";
import { RemovePolicy, toLine } from "../../functions/archiver/core/line.ts";
import { HashKeyScope, HashKeySeparator, hashKey } from "../../functions/replicator/core/item.ts";
import type { Item } from "../../functions/replicator/core/item-value.ts";
import { NumberPolicy } from "../../functions/replicator/core/number-text.ts";
import { ParkReason } from "../../functions/replicator/core/reasons.ts";
import { type EncodeOptions, RecordEncoder } from "../../functions/replicator/core/record-encoder.ts";
import { toSourceRecord } from "../../functions/replicator/core/source-record.ts";
import { referenceItem } from "./reference/reference-item.ts";
import { itemOf, textOf } from "./support/encoded-items.ts";
import { hostileTexts } from "./support/hostile-texts.ts";
import { type Document, documents, MAY_BE_TOO_DEEP, meaning, parkReasons, toText } from "./support/json-documents.ts";
import { kinesisRecord } from "./support/kinesis-events.ts";
import { runsOf, seed } from "./support/long-runs.ts";
import { insertRecord } from "./support/stream-events.ts";

/** Documents; more in a longer run. */
const RUNS = runsOf("FIDELITY_RUNS", 250);

const OPTIONS: EncodeOptions = {
  hashKeyScope: HashKeyScope.Shard,
  hashKeySeparator: HashKeySeparator.Underscore,
  numberPolicy: NumberPolicy.Park,
  indexedAttributes: [],
};

/** What DynamoDB makes of a number: plain decimal notation, no zeros at the ends. */
function plainNumber(text: string): string {
  const [, sign = "", integer = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const point = integer.length + Number(exponent);
  const all = integer + fraction;
  const padded = point <= 0 ? "0".repeat(1 - point) + all : all.padEnd(point, "0");
  const at = Math.max(point, 1);
  const whole = padded.slice(0, at).replace(/^0+(?=\d)/, "");
  const rest = padded.slice(at).replace(/0+$/, "");
  const plain = rest === "" ? whole : `${whole}.${rest}`;
  return plain === "0" ? "0" : sign + plain;
}

/** The stream's record of an item, as it comes out of Lambda's JSON. */
function changeOf(item: Item): DynamoDBRecord {
  const text = JSON.stringify(item, (name, value: unknown) =>
    name === "N" && typeof value === "string" ? plainNumber(value) : value,
  );
  return insertRecord(JSON.parse(text) as Record<string, AttributeValue>);
}

/** Reads the event of an archived line back. An object of one field `$$B` (and the like) loses a `$`; events hold no typed values. */
function readEvent(line: string): Document {
  const fields = (value: unknown): [string, unknown][] => Object.entries(value as Record<string, unknown>);
  const toDocument = (value: unknown): Document => {
    if (value === null) return { kind: "null" };
    if (typeof value === "boolean") return { kind: "boolean", value };
    if (typeof value === "string") return { kind: "string", value };
    if (value instanceof ArchivedNumber) return { kind: "number", text: value.text };
    if (Array.isArray(value)) return { kind: "array", elements: value.map(toDocument) };
    const entries = fields(value);
    const isMarked = entries.length === 1 && /^\$\$+(B|SS|NS|BS)$/.test(entries[0]?.[0] ?? "");
    return {
      kind: "object",
      fields: entries.map(([name, field]) => [isMarked ? name.slice(1) : name, toDocument(field)] as const),
    };
  };
  const parsed = parse(line, null, (text) => new ArchivedNumber(text)) as { item: { event: unknown } };
  return toDocument(parsed.item.event);
}

class ArchivedNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What the replicator makes of data. */
function encode(data: string | Buffer, options = OPTIONS) {
  const record = toSourceRecord(kinesisRecord(data));
  const hash = hashKey(record, options);
  return new RecordEncoder(options).encode({ record, hash, key: `${hash} ${record.sequenceNumber}` });
}

/** JSON with the fields of each object in the order of their names, which has no meaning. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => [name, sorted(field)]);
}

/** Compares the replicator's outcome with the reference's, to the byte. */
function expectSameAsReference(data: string | Buffer, options: EncodeOptions): "stored" | ParkReason {
  const expected = referenceItem(toSourceRecord(kinesisRecord(data)), options);
  const actual = encode(data, options);
  if ("reason" in expected) {
    const { reason, detail } = expected;
    // What is wrong with the syntax is said in other words.
    const same = reason === ParkReason.NotJson ? { reason } : { reason, detail };
    expect(actual).to.deep.include(same);
    return reason;
  }
  if ("reason" in actual) throw new Error(`${actual.reason}: ${actual.detail}; the reference stores it`);
  expect(actual.bytes).to.equal(expected.bytes);
  const text = textOf(actual);
  const expectedText = JSON.stringify(expected.item);
  if (text !== expectedText) {
    expect(text.length).to.equal(expectedText.length);
    expect(JSON.stringify(sorted(JSON.parse(text)))).to.equal(JSON.stringify(sorted(expected.item)));
  }
  return "stored";
}

const anyOptions: fc.Arbitrary<EncodeOptions> = fc.record({
  hashKeyScope: fc.constantFrom(...Object.values(HashKeyScope)),
  hashKeySeparator: fc.constantFrom(...Object.values(HashKeySeparator)),
  numberPolicy: fc.constantFrom(...Object.values(NumberPolicy)),
  indexedAttributes: fc.array(
    fc.record({
      attribute: fc.constantFrom("x", "y", 'q"é'),
      path: fc.constantFrom("a", "b", "a.b", "a.a.a", "c.$B", "field 1", "__proto__", "0"),
    }),
    { maxLength: 4 },
  ),
  timeToLive: fc.option(fc.record({ attribute: fc.constantFrom("x", "expiry"), seconds: fc.nat() }), {
    nil: undefined,
  }),
});

describe("JSON fidelity", () => {
  it(`makes of any document what the reference makes of it, by any options (seed ${seed})`, () => {
    const seen = new Set<string>();
    const property = fc.property(documents, anyOptions, (document, options) => {
      seen.add(expectSameAsReference(toText(document), options));
    });
    fc.assert(property, { numRuns: RUNS, seed });
    expect(seen).to.include.all.keys("stored", "too-deep", "number-out-of-range");
  });

  it(`makes of any bytes what the reference makes of them (seed ${seed})`, () => {
    const seen = new Map<string, number>();
    const property = fc.property(hostileTexts, anyOptions, (data, options) => {
      const outcome = expectSameAsReference(data, options);
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    });
    fc.assert(property, { numRuns: RUNS * 2, seed });
    for (const outcome of ["stored", "not-json", "not-utf8", "too-deep", "lone-surrogate", "empty-attribute-name"])
      expect(seen.get(outcome), outcome).to.be.greaterThan(RUNS / 250);
  });

  it(`archives every event unchanged, or parks it for a valid reason (seed ${seed})`, () => {
    const seen = { stored: 0, parked: 0 };
    const property = fc.property(documents, (document) => {
      const encoded = encode(toText(document));
      const reasons = parkReasons(document);
      if (!("reason" in encoded)) {
        seen.stored++;
        reasons.delete(MAY_BE_TOO_DEEP);
        expect([...reasons]).to.deep.equal([]);
        const line = toLine(changeOf(itemOf(encoded)), RemovePolicy.Skip) ?? "";
        expect(line).to.not.include("\n");
        expect(meaning(readEvent(line))).to.equal(meaning(document));
      } else {
        seen.parked++;
        if (reasons.has(MAY_BE_TOO_DEEP)) reasons.add("too-deep");
        expect(reasons).to.include(encoded.reason);
      }
    });
    fc.assert(property, { numRuns: RUNS, seed });
    expect(seen.stored).to.be.greaterThan(RUNS / 2);
    expect(seen.parked).to.be.greaterThan(RUNS / 50);
  });
});
