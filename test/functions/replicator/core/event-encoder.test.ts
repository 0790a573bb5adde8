import { expect } from "chai";
import fc from "fast-check";
import { EventEncoder } from "../../../../functions/replicator/core/event-encoder.ts";
import { maxEncodedBytes } from "../../../../functions/replicator/core/item-size.ts";
import { isNestedDeeperThan, MAX_LEVELS } from "../../../../functions/replicator/core/nesting.ts";
import { NumberPolicy, toStoredNumber } from "../../../../functions/replicator/core/number-text.ts";
import { ParkReason, UnstorableError } from "../../../../functions/replicator/core/reasons.ts";

/** The encoded text of an event and its size, or why there is none. */
function encode(text: string, policy: NumberPolicy = NumberPolicy.Park): { text: string; size: number } | ParkReason {
  const data = Buffer.from(`${text}\0`);
  const length = data.length - 1;
  const output = Buffer.alloc(maxEncodedBytes(length));
  const encoder = new EventEncoder(policy);
  try {
    const cause = encoder.encode(data, length, output, 0);
    return cause?.reason ?? { text: output.toString("utf8", 0, encoder.end), size: encoder.size };
  } catch (error) {
    if (error instanceof UnstorableError) return error.reason;
    throw error;
  }
}

function outcome(text: string, policy?: NumberPolicy): unknown {
  const encoded = encode(text, policy);
  return typeof encoded === "string" ? encoded : JSON.parse(encoded.text);
}

const DIGITS_38 = "12345678901234567890123456789012345678";

describe("EventEncoder", () => {
  for (const [text, value] of [
    ["null", { NULL: true }],
    ["true", { BOOL: true }],
    ["false", { BOOL: false }],
    ["42", { N: "42" }],
    ['""', { S: "" }],
    ['"é\\u00e9\\ud83d\\ude00\\u0000"', { S: "éé😀\0" }],
    ["[]", { L: [] }],
    ["{}", { M: {} }],
    [' [1, "a", null, {}, []] ', { L: [{ N: "1" }, { S: "a" }, { NULL: true }, { M: {} }, { L: [] }] }],
    ['{"a":{"b":[]},"c":null}', { M: { a: { M: { b: { L: [] } } }, c: { NULL: true } } }],
    ['{"event":1,"sequenceNumber":2}', { M: { event: { N: "1" }, sequenceNumber: { N: "2" } } }],
    ['{"constructor":1,"toString":2}', { M: { constructor: { N: "1" }, toString: { N: "2" } } }],
    ['{"a":1,"a":"last"}', { M: { a: { S: "last" } } }],
    ['{"a":{"x":1},"a":{"y":2}}', { M: { a: { M: { y: { N: "2" } } } } }],
  ] as const) {
    it(`stores ${text}`, () => {
      expect(outcome(text)).to.deep.equal(value);
    });
  }

  it("keeps a field named __proto__ as data, the last of two", () => {
    expect(encode('{"__proto__":{"x":1},"a":{"__proto__":2,"__proto__":3}}')).to.have.property(
      "text",
      '{"M":{"__proto__":{"M":{"x":{"N":"1"}}},"a":{"M":{"__proto__":{"N":"3"}}}}}',
    );
  });

  for (const text of ["", " ", "{", "[1,]", '{"a":1,}', "{a:1}", "'a'", "01", "1.", ".5", "+1", "NaN", "1 2", '"\t"']) {
    it(`parks ${JSON.stringify(text)} as not JSON`, () => {
      expect(outcome(text)).to.equal(ParkReason.NotJson);
    });
  }

  it("takes exactly the texts that JSON.parse takes", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      "\\",
      "a",
      "\\u00e9",
      "\\x",
      "1",
      "-",
      "0",
      ".",
      "e",
      " ",
    );
    const texts = fc.oneof(
      fc.json(),
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join("")),
      fc.tuple(fc.json(), fc.nat(), pieces).map(([json, at, piece]) => {
        const position = at % (json.length + 1);
        return json.slice(0, position) + piece + json.slice(position);
      }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        expect(outcome(text) !== ParkReason.NotJson, text).to.equal(isJson);
      }),
      { numRuns: 1_000 },
    );
  });

  it("parks an empty attribute name, at any depth", () => {
    expect(outcome('{"":1}')).to.equal(ParkReason.EmptyAttributeName);
    expect(outcome('[{"a":{"":null}}]')).to.equal(ParkReason.EmptyAttributeName);
  });

  for (const text of ['"\\ud800"', '"a\\udc00b"', '"\\ude00\\ud83d"', '{"\\ud800":1}', '["ok",{"a":"\\uD83D x"}]']) {
    it(`parks the lone surrogate of ${text}`, () => {
      expect(outcome(text)).to.equal(ParkReason.LoneSurrogate);
    });
  }

  it("stores a value on level 32 and parks one on level 33", () => {
    const nested = (containers: number, leaf: string): string => "[".repeat(containers) + leaf + "]".repeat(containers);
    expect(outcome(nested(MAX_LEVELS - 1, "1"))).to.be.an("object");
    expect(outcome(nested(MAX_LEVELS, ""))).to.be.an("object");
    expect(outcome(nested(MAX_LEVELS, "1"))).to.equal(ParkReason.TooDeep);
    expect(outcome(nested(MAX_LEVELS + 1, ""))).to.equal(ParkReason.TooDeep);
    const objects = (count: number): string => `${'{"a":'.repeat(count)}1${"}".repeat(count)}`;
    expect(outcome(objects(MAX_LEVELS - 1))).to.be.an("object");
    expect(outcome(objects(MAX_LEVELS))).to.equal(ParkReason.TooDeep);
  });

  it("parks a million brackets without recursing", () => {
    expect(outcome("[".repeat(1_000_000))).to.equal(ParkReason.TooDeep);
  });

  it("writes a string as JSON.stringify does, whichever way it was escaped", () => {
    const written = (text: string) => (encode(text) as { text: string }).text;
    expect(
      written('"\\u0041\\/\\b\\f\\n\\r\\t\\u0000\\u001f\\u007f\\"\\\\\\u2028\\u00E9\\u0800\\ud83d\\uDE00"'),
    ).to.equal(`{"S":${JSON.stringify('A/\b\f\n\r\t\0\u001f\u007f"\\\u2028é\u0800😀')}}`);
    expect(written('{"\\u0061\\n":1}')).to.equal('{"M":{"a\\n":{"N":"1"}}}');
  });

  it("takes names for equal that are escaped in different ways", () => {
    expect(outcome('{"é":1,"\\u00e9":2,"a":3,"\\u0061":4}')).to.deep.equal({ M: { é: { N: "2" }, a: { N: "4" } } });
    const wide = Array.from({ length: 200 }, (_, index) => `"field ${index % 150}":${index}`).join();
    expect(outcome(`{${wide}}`)).to.deep.equal({
      M: Object.fromEntries(
        Array.from({ length: 150 }, (_, index) => [`field ${index}`, { N: String(index < 50 ? index + 150 : index) }]),
      ),
    });
  });

  it("does not count what an equal name replaces, neither its size nor what is wrong with it", () => {
    const once = encode('{"b":{"x":[1]},"a":"last"}') as { size: number };
    expect(
      encode('{"a":{"long":"xxxxxxxx","":1,"n":1e400},"b":{"x":2,"x":[1]},"a":"\\ud800","a":"last"}'),
    ).to.deep.equal({
      text: '{"M":{"b":{"M":{"x":{"L":[{"N":"1"}]}}},"a":{"S":"last"}}}',
      size: once.size,
    });
  });

  for (const [text, reason] of [
    ['{"b":1e400,"":1,"0":"\\ud800"}', ParkReason.LoneSurrogate],
    ['{"b":1e400,"":1,"00":"\\ud800"}', ParkReason.NumberOutOfRange],
    ['{"b":1,"":1,"b":1e400}', ParkReason.NumberOutOfRange],
    ['{"4294967295":1e400,"4294967294":1,"":"\\ud800"}', ParkReason.NumberOutOfRange],
    ['["\\ud800",{"":1}]', ParkReason.LoneSurrogate],
    ['{"":"\\ud800"}', ParkReason.EmptyAttributeName],
    ['{"":1,"a"', ParkReason.NotJson],
  ] as const) {
    it(`parks ${text}, of its reasons for the first in JavaScript's order of fields: ${reason}`, () => {
      expect(outcome(text)).to.equal(reason);
    });
  }

  for (const [name, text, bytes] of [
    ["a string by its UTF-8 bytes", '"é😀"', 6],
    ["a string by its characters, not by its escapes", '"\\u00e9\\ud83d\\ude00\\n\\u0001\\"\\/"', 10],
    ["an empty string", '""', 0],
    ["a number: one byte, and one per two significant digits", "12300", 3],
    ["a decimal without the zeros at its ends", "-0.01230", 3],
    ["a number with an exponent by its own digits", "12e1", 2],
    ["a long number without its zeros", `1.5${"0".repeat(60)}`, 2],
    ["zero", "-0.0", 1],
    ["a null", "null", 1],
    ["a boolean", "false", 1],
    ["an empty list", "[]", 3],
    ["a list: three bytes, and one more per element", '["a",null]', 7],
    ["a map: three bytes, and name and one more per element", '{"ab":"a"}', 7],
  ] as const) {
    it(`counts ${name}`, () => {
      expect(encode(text)).to.have.property("size", bytes);
    });
  }

  it("says what was expected, where, and what stands there", () => {
    const detail = (text: string) => {
      const data = Buffer.from(`${text}\0`);
      const run = () => new EventEncoder(NumberPolicy.Park).encode(data, data.length - 1, Buffer.alloc(1_000), 0);
      try {
        return run()?.detail;
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(detail('{"a" 1}')).to.equal('expected ":" at byte 5, found "1"');
    expect(detail("[1,")).to.equal("expected a value at byte 3, the data ends");
    expect(detail('"\t"')).to.equal("expected a character or the end of the string at byte 1, found the byte 0x09");
    expect(detail("1 2")).to.equal('expected the end at byte 2, found "2"');
  });

  it("follows the number policy beyond DynamoDB's range", () => {
    expect(outcome(`[${DIGITS_38}9]`)).to.equal(ParkReason.NumberOutOfRange);
    expect(outcome(`[${DIGITS_38}9,1e400,1]`, NumberPolicy.String)).to.deep.equal({
      L: [{ S: `${DIGITS_38}9` }, { S: "1e400" }, { N: "1" }],
    });
  });
});

describe("toStoredNumber", () => {
  const stored: readonly (readonly [string, string])[] = [
    ["0", "0"],
    ["-0", "0"],
    ["-0.0e-999", "0"],
    ["9007199254740993", "9007199254740993"],
    [DIGITS_38, DIGITS_38],
    [`-${DIGITS_38}`, `-${DIGITS_38}`],
    [`0.${DIGITS_38}`, `0.${DIGITS_38}`],
    [`1${"0".repeat(125)}`, "1E125"],
    [`0.${"0".repeat(129)}1`, "1E-130"],
    [`1.5${"0".repeat(60)}`, "1.5"],
    [`${DIGITS_38}000e-3`, "1.2345678901234567890123456789012345678E37"],
    ["1e125", "1e125"],
    ["9.9999999999999999999999999999999999999E+125", "9.9999999999999999999999999999999999999E125"],
    ["1E-130", "1E-130"],
    ["1.10", "1.10"],
  ];
  for (const [text, expected] of stored) {
    it(`sends ${text.slice(0, 50)} as ${expected}`, () => {
      expect(toStoredNumber(text)).to.equal(expected);
    });
  }

  for (const text of [
    `${DIGITS_38}9`,
    `1.${"0".repeat(37)}1`,
    "1e126",
    "10e125",
    "1e-131",
    "0.1e-130",
    "1e400",
    "-1e99999999999",
  ]) {
    it(`does not store ${text}`, () => {
      expect(toStoredNumber(text)).to.equal(undefined);
    });
  }
});

describe("EventEncoder and toStoredNumber", () => {
  it("agree on numbers of every length with every exponent", () => {
    const digits = `${DIGITS_38}90`;
    const mantissas = ["0", "-0.00", "0.00120"];
    for (let length = 1; length <= digits.length; length++) {
      mantissas.push(digits.slice(0, length), `-${digits.slice(0, length)}.50`, `0.${"0".repeat(length)}1`);
    }
    for (const mantissa of mantissas) {
      for (let exponent = -200; exponent <= 200; exponent++) {
        for (const text of [`${mantissa}e${exponent}`, `${mantissa}E${exponent < 0 ? "" : "+0"}${exponent}`]) {
          const stored = toStoredNumber(text);
          const expected = stored === undefined ? ParkReason.NumberOutOfRange : `{"N":"${stored}"}`;
          const encoded = encode(text);
          const actual = typeof encoded === "string" ? encoded : encoded.text;
          if (actual !== expected) expect(actual, text).to.equal(expected);
        }
      }
    }
  });
});

describe("isNestedDeeperThan", () => {
  const isDeeper = (text: string, maxDepth: number) => {
    const bytes = Buffer.from(text);
    return isNestedDeeperThan(bytes, bytes.length, maxDepth);
  };

  it("counts arrays and objects alike, and no bracket of a string", () => {
    expect(isDeeper('[{"a":[]}]', 3)).to.equal(false);
    expect(isDeeper('[{"a":[]}]', 2)).to.equal(true);
    expect(isDeeper('["[[[[", "\\"[[[", "\\\\", []]', 2)).to.equal(false);
    expect(isDeeper("[[],[],[],{},{}]", 2)).to.equal(false);
  });
});
