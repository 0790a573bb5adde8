import { expect } from "chai";
import {
  canonicalArchivedEvent,
  canonicalAttribute,
  canonicalJson,
  canonicalRecord,
} from "../../../local/ledger/canonical.ts";

describe("the ledger's canonical text of a JSON value", () => {
  it("is the same for the same value, however it is written", () => {
    const pairs = [
      ['{"a":1,"b":[true,null,"x"]}', ' { "b" : [ true , null , "\\u0078" ] , "a" : 1 } '],
      ["1.10", "1.1"],
      ["100000.0", "1E5"],
      ["-0", "0"],
      ["0.000001", "1e-6"],
      ['{"a":1,"a":2}', '{"a":2}'],
      ["1e99999999999999999999", "10e99999999999999999998"],
      ["0.1e00000000000000000001", "1"],
    ] as const;
    for (const [left, right] of pairs)
      expect(canonicalJson(left), `${left} and ${right}`).to.equal(canonicalJson(right));
  });

  it("differs where a digit, a type, a field or a letter differs", () => {
    const pairs = [
      ["9007199254740993", "9007199254740992"],
      ["0.1234567890123456789", "0.1234567890123456788"],
      ['"1"', "1"],
      ["null", '{"a":null}'],
      ["[]", "{}"],
      ['"a"', '"A"'],
      ["[1,2]", "[2,1]"],
      ["[[],1]", "[[1]]"],
      ["1e99999999999999999999", "1e99999999999999999998"],
      ["1e-99999999999999999999", "1e99999999999999999999"],
    ] as const;
    for (const [left, right] of pairs)
      expect(canonicalJson(left), `${left} and ${right}`).not.to.equal(canonicalJson(right));
  });

  it("equals that of the same attribute value", () => {
    const value = {
      M: { n: { N: "12345678901234567890" }, l: { L: [{ S: "" }, { NULL: true }, { BOOL: false }] }, m: { M: {} } },
    };
    expect(canonicalAttribute(value)).to.equal(canonicalJson('{"m":{},"l":["",null,false],"n":12345678901234567890}'));
  });

  it("keeps text that is not JSON unchanged", () => {
    expect(canonicalJson("not json")).to.equal("not JSON: not json");
  });

  it("distinguishes bytes that are not UTF-8 from their decoding", () => {
    const base64 = (bytes: Buffer) => bytes.toString("base64");
    const latin1 = Buffer.from('{"name":"caf\xe9"}', "latin1");
    expect(canonicalRecord(base64(latin1))).not.to.equal(canonicalRecord(base64(Buffer.from(latin1.toString("utf8")))));
    expect(canonicalRecord(base64(Buffer.from(' {"b":1,"a":2}')))).to.equal('{"a":2e0,"b":1e0}');
  });

  it("supports any depth", () => {
    const deep = (inside: string) => `{"x":${"[".repeat(200_000)}${inside}${"]".repeat(200_000)}}`;
    expect(canonicalJson(deep("1"))).to.equal(canonicalJson(` ${deep("1.0")}`));
    expect(canonicalJson(deep("1"))).not.to.equal(canonicalJson(deep("2")));
  });

  it("handles a number with many zeros in bounded time", () => {
    const zeros = "1".padEnd(300_000, "0");
    expect(canonicalJson(`${zeros}1`)).to.equal(`${zeros}1e0`);
  });
});

describe("the ledger's reading of an archived line", () => {
  const lineOf = (event: string) => `{"eventId":"1","item":{"shardId":"s","event":${event},"sequenceNumber":"1"}}`;

  it("removes one $ from a map that looks like a type mark, and from nothing else", () => {
    const marked: readonly [string, string][] = [
      ['{"blob":{"$$B":"aGk="}}', '{"blob":{"$B":"aGk="}}'],
      ['{"$$SS":["a","b"]}', '{"$SS":["a","b"]}'],
      ['[{"$$$NS":{"$$BS":[1]}}]', '[{"$$NS":{"$BS":[1]}}]'],
      ['{"$$B":1,"other":2}', '{"$$B":1,"other":2}'],
      ['{"$S":1}', '{"$S":1}'],
      ['{"$$X":"$$B"}', '{"$$X":"$$B"}'],
    ];
    for (const [archived, event] of marked)
      expect(canonicalArchivedEvent(lineOf(archived)), archived).to.equal(canonicalJson(event));
  });

  it("finds a difference where the archive differs", () => {
    const event = '{"blob":{"$B":"aGk="},"n":1}';
    for (const other of [
      '{"blob":{"$B":"aGk="},"n":1}',
      '{"blob":{"$$$B":"aGk="},"n":1}',
      '{"blob":{"$$B":"aGk="},"n":2}',
    ])
      expect(canonicalArchivedEvent(lineOf(other)), other).not.to.equal(canonicalJson(event));
    expect(canonicalArchivedEvent(lineOf('{"blob":{"$$B":"aGk="},"n":1}'))).to.equal(canonicalJson(event));
  });

  it("looks at the item's own event only", () => {
    const hidden = '{"item":{"event":{"event":1,"item":{"event":2}}}}';
    expect(canonicalArchivedEvent(hidden)).to.equal(canonicalJson('{"event":1,"item":{"event":2}}'));
    expect(canonicalArchivedEvent('{"item":{},"event":1}')).to.contain("no item.event");
    expect(canonicalArchivedEvent('[{"item":{"event":1}}]')).to.contain("no item.event");
  });
});
