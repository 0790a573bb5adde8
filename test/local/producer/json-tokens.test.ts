import { expect } from "chai";
import { type JsonContainer, JsonTextError, readJsonTokens } from "../../../local/producer/json-tokens.ts";

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  readJsonTokens(text, {
    open: (kind: JsonContainer) => void tokens.push(kind),
    close: () => void tokens.push("end"),
    name: (literal) => void tokens.push(`${literal}:`),
    scalar: (literal) => void tokens.push(literal),
  });
  return tokens;
}

describe("the producer's reader of JSON", () => {
  it("reports the tokens of a text, in order, as written", () => {
    expect(tokensOf(' {"a" : [1.10, "\\u0041", {}], "a":\t-0 , "b":null}\r\n')).to.deep.equal([
      "{",
      '"a":',
      "[",
      "1.10",
      '"\\u0041"',
      "{",
      "end",
      "end",
      '"a":',
      "-0",
      '"b":',
      "null",
      "end",
    ]);
    expect(["1", ' "x" ', "true", "[]"].map(tokensOf)).to.deep.equal([["1"], ['"x"'], ["true"], ["[", "end"]]);
  });

  it("accepts what JSON.parse accepts, and nothing else", () => {
    const texts = [
      ...["", " ", "[", "[]]", "[1,]", "[,1]", "[1 2]", "{,}", '{"a"}', '{"a":}', '{"a":1,}', '{"a":1 "b":2}', "{1:2}"],
      ...["-", "01", "1.", ".5", "1e", "+1", "0x1", "NaN", "tru", "nulll", "1 2", "\ufeff1", "'a'", "\u00a01"],
      ...['"', '"a', '"\\x"', '"\\u00g0"', '"\t"', '"\u007f"', '"\\ud800"', '"\u2028"', "[]{}", "}", '["a"', "[1}"],
      ...["-0.0e-0", "[[],[[]],{}]", '{"a":{"b":[]},"c":1}', "\n[ ]\t", '"\\"\\\\\\/"', "[true,false,null]"],
    ];
    const isParsed = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const isRead = (text: string) => {
      try {
        tokensOf(text);
        return true;
      } catch (error) {
        expect(error).to.be.instanceOf(JsonTextError);
        return false;
      }
    };
    for (const text of texts) expect(isRead(text), JSON.stringify(text)).to.equal(isParsed(text));
  });

  it("reads any depth", () => {
    const depth = 1_000_000;
    expect(tokensOf("[".repeat(depth) + "]".repeat(depth))).to.have.length(2 * depth);
    expect(() => tokensOf('{"a":'.repeat(depth))).to.throw(JsonTextError, "position 5000000");
  });
});
