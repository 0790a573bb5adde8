import { readFileSync } from "node:fs";
import type { AttributeValue, DynamoDBRecord } from "aws-lambda";
import { expect } from "chai";
import {
  MissingImageError,
  RemovePolicy,
  toLine,
  UnreadableImageError,
} from "../../../../functions/archiver/core/line.ts";
import { insertRecord, removeRecord } from "../../support/stream-events.ts";

const HEAD =
  '{"eventId":"event-0","eventName":"INSERT","approximateCreationDateTime":1709251199,"sequenceNumber":"300000000000000499659","item":';

function itemText(image: Record<string, AttributeValue>): string {
  const line = toLine(insertRecord(image), RemovePolicy.Skip) ?? "";
  expect(line.startsWith(HEAD)).to.equal(true);
  return line.slice(HEAD.length, -1);
}

describe("toLine", () => {
  const values: readonly (readonly [AttributeValue, string])[] = [
    [{ S: "" }, '""'],
    [{ S: 'é😀"\n\u2028' }, JSON.stringify('é😀"\n\u2028')],
    [{ N: "0" }, "0"],
    [{ N: "9007199254740993" }, "9007199254740993"],
    [{ N: "12345678901234567890123456789012345678" }, "12345678901234567890123456789012345678"],
    [{ N: "-1.1E-130" }, "-1.1E-130"],
    [{ N: "9.9E+125" }, "9.9E+125"],
    [{ N: ".5" }, "5E-1"],
    [{ N: "+007" }, "7"],
    [{ BOOL: true }, "true"],
    [{ BOOL: false }, "false"],
    [{ NULL: true }, "null"],
    [{ L: [] }, "[]"],
    [{ L: [{ N: "1" }, { L: [{ NULL: true }] }] }, "[1,[null]]"],
    [{ M: {} }, "{}"],
    [{ M: { b: { N: "1" }, "": { S: "x" } } }, '{"b":1,"":"x"}'],
    [{ B: "AP8=" }, '{"$B":"AP8="}'],
    [{ SS: ["b", 'a"'] }, '{"$SS":["b","a\\""]}'],
    [{ NS: ["1", "9007199254740993"] }, '{"$NS":[1,9007199254740993]}'],
    [{ BS: ["AA==", "/w=="] }, '{"$BS":["AA==","/w=="]}'],
    [{ M: { $B: { S: "mine" } } }, '{"$$B":"mine"}'],
    [{ M: { $$NS: { L: [] } } }, '{"$$$NS":[]}'],
    [{ M: { $B: { S: "a" }, c: { S: "d" } } }, '{"$B":"a","c":"d"}'],
    [{ M: { $S: { S: "a" } } }, '{"$S":"a"}'],
    [{ M: { B: { S: "a" } } }, '{"B":"a"}'],
    [{ M: { $Bx: { S: "a" } } }, '{"$Bx":"a"}'],
  ];
  for (const [value, text] of values) {
    it(`prints ${JSON.stringify(value)} as ${text}`, () => {
      expect(itemText({ a: value, z: { NULL: true } })).to.equal(`{"a":${text},"z":null}`);
    });
  }

  it("keeps a field named __proto__", () => {
    const image = JSON.parse('{"__proto__":{"S":"x"},"m":{"M":{"__proto__":{"N":"1"}}}}') as Record<
      string,
      AttributeValue
    >;
    expect(itemText(image)).to.equal('{"__proto__":"x","m":{"__proto__":1}}');
  });

  it("marks an item that looks like a typed value, too", () => {
    expect(itemText({ $B: { S: "x" } })).to.equal('{"$$B":"x"}');
  });

  it("prints insertions and modifications by their new image", () => {
    expect(toLine(insertRecord({ a: { N: "1" } }, { eventName: "MODIFY", index: 4 }), RemovePolicy.Skip)).to.equal(
      '{"eventId":"event-4","eventName":"MODIFY","approximateCreationDateTime":1709251199,"sequenceNumber":"300000000000000499663","item":{"a":1}}',
    );
  });

  it("leaves deletions out, or prints their keys as a tombstone", () => {
    expect(toLine(removeRecord(), RemovePolicy.Skip)).to.equal(undefined);
    expect(toLine(removeRecord(), RemovePolicy.Tombstone)).to.equal(
      '{"eventId":"event-0","eventName":"REMOVE","approximateCreationDateTime":1709251199,"sequenceNumber":"300000000000000499659","keys":{"id":"k0"}}',
    );
  });

  it("says of a deletion who it is by, when DynamoDB says it: an item that expired is told from one that was deleted", () => {
    const userIdentity = { type: "Service", principalId: "dynamodb.amazonaws.com" };
    expect(JSON.parse(toLine({ ...removeRecord(), userIdentity }, RemovePolicy.Tombstone) ?? "")).to.deep.include({
      eventName: "REMOVE",
      userIdentity,
      keys: { id: "k0" },
    });
  });

  /** Every member of a stream record, as AWS documents Record and StreamRecord (API of DynamoDB Streams), and one that is not known yet. */
  const everything: DynamoDBRecord = {
    ...insertRecord({ a: { S: "in NewImage" } }),
    eventID: "in eventID",
    eventVersion: "in eventVersion",
    eventSource: "in eventSource",
    eventSourceARN: "in eventSourceARN",
    awsRegion: "in awsRegion",
    userIdentity: { type: "in userIdentity" },
    dynamodb: {
      ApproximateCreationDateTime: 1_709_251_199,
      Keys: { id: { S: "in Keys" } },
      NewImage: { a: { S: "in NewImage" } },
      OldImage: { a: { S: "in OldImage" } },
      SequenceNumber: "in SequenceNumber",
      SizeBytes: 1_234_567,
      StreamViewType: "NEW_AND_OLD_IMAGES",
    },
    ...({ newMember: { of: "in newMember" } } as object),
  };

  it("drops nothing of a record but what docs/data-formats.md lists with the reason", () => {
    const line = toLine(everything, RemovePolicy.Skip) ?? "";
    const page = readFileSync(new URL("../../../../docs/data-formats.md", import.meta.url), "utf8");
    const listed = [...page.matchAll(/^\| (?:`\w+`(?:, )?)+ \| .+ \|$/gm)].map(([row]) => row);
    const isListed = (name: string) => listed.some((row) => row.split("|")[1]?.includes(`\`${name}\``));
    const missing = [everything, everything.dynamodb ?? {}].flatMap((members) =>
      Object.entries(members)
        .filter(([name, value]) => name !== "dynamodb" && !line.includes(mark(name, value)))
        .map(([name]) => name),
    );
    expect(missing).to.have.members([
      "eventVersion",
      "eventSource",
      "eventSourceARN",
      "awsRegion",
      "Keys",
      "OldImage",
      "SizeBytes",
      "StreamViewType",
    ]);
    for (const name of missing) expect(isListed(name), `docs/data-formats.md lists ${name}`).to.equal(true);
    expect(isListed("userIdentity")).to.equal(false);
  });

  function mark(name: string, value: unknown): string {
    return typeof value === "object" ? `in ${name}` : String(value);
  }

  it("throws when the stream carries no new images", () => {
    const { eventName: _, ...record } = removeRecord();
    expect(() => toLine({ ...record, eventName: "INSERT" }, RemovePolicy.Skip)).to.throw(
      MissingImageError,
      "NEW_IMAGE",
    );
  });

  for (const value of [{}, { X: "1" }, { S: "a", N: "1" }, { N: "NaN" }, { toString: "x" }]) {
    it(`does not print ${JSON.stringify(value)}`, () => {
      expect(() => itemText({ a: value as AttributeValue })).to.throw(UnreadableImageError);
    });
  }
});
