import type { AttributeValue, DynamoDBRecord } from "aws-lambda";
import { expect } from "chai";
import fc from "fast-check";
import { parse } from "lossless-json";
import { RemovePolicy, toLine } from "../../functions/archiver/core/line.ts";
import { decodeRecord } from "../../functions/replicator/core/decode.ts";
import { NumberPolicy } from "../../functions/replicator/core/event-value.ts";
import { HashKeyScope, HashKeySeparator } from "../../functions/replicator/core/item.ts";
import type { Item } from "../../functions/replicator/core/item-value.ts";
import { toSourceRecord } from "../../functions/replicator/core/source-record.ts";
import { type Document, documents, MAY_BE_TOO_DEEP, meaning, parkReasons, toText } from "./support/json-documents.ts";
import { kinesisRecord } from "./support/kinesis-events.ts";
import { runsOf, seed } from "./support/long-runs.ts";
import { insertRecord } from "./support/stream-events.ts";

/** Documents; more in a longer run. */
const RUNS = runsOf("FIDELITY_RUNS", 500);

const OPTIONS = {
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

describe("JSON fidelity", () => {
  it(`archives every event unchanged, or parks it for a valid reason (seed ${seed})`, () => {
    const seen = { stored: 0, parked: 0 };
    const property = fc.property(documents, (document) => {
      const decoded = decodeRecord(toSourceRecord(kinesisRecord(toText(document))), OPTIONS);
      const reasons = parkReasons(document);
      if ("item" in decoded) {
        seen.stored++;
        reasons.delete(MAY_BE_TOO_DEEP);
        expect([...reasons]).to.deep.equal([]);
        const line = toLine(changeOf(decoded.item), RemovePolicy.Skip) ?? "";
        expect(line).to.not.include("\n");
        expect(meaning(readEvent(line))).to.equal(meaning(document));
      } else {
        seen.parked++;
        if (reasons.has(MAY_BE_TOO_DEEP)) reasons.add("too-deep");
        expect(reasons).to.include(decoded.reason);
      }
    });
    fc.assert(property, { numRuns: RUNS, seed });
    expect(seen.stored).to.be.greaterThan(RUNS / 2);
    expect(seen.parked).to.be.greaterThan(RUNS / 50);
  });
});
