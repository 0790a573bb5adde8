import { expect } from "chai";
import { canonicalAttribute, canonicalJson } from "../../../local/ledger/canonical.ts";

describe("the ledger's spelling of a JSON value", () => {
  it("is the same for the same value, however it is written", () => {
    const pairs = [
      ['{"a":1,"b":[true,null,"x"]}', ' { "b" : [ true , null , "\\u0078" ] , "a" : 1 } '],
      ["1.10", "1.1"],
      ["100000.0", "1E5"],
      ["-0", "0"],
      ["0.000001", "1e-6"],
      ['{"a":1,"a":2}', '{"a":2}'],
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
    ] as const;
    for (const [left, right] of pairs)
      expect(canonicalJson(left), `${left} and ${right}`).not.to.equal(canonicalJson(right));
  });

  it("is that of the attribute value which holds the same", () => {
    const value = {
      M: { n: { N: "12345678901234567890" }, l: { L: [{ S: "" }, { NULL: true }, { BOOL: false }] }, m: { M: {} } },
    };
    expect(canonicalAttribute(value)).to.equal(canonicalJson('{"m":{},"l":["",null,false],"n":12345678901234567890}'));
  });

  it("keeps what is not JSON as it is", () => {
    expect(canonicalJson("not json")).to.equal("not JSON: not json");
  });
});
