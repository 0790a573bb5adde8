import { expect } from "chai";
import fc from "fast-check";
import { MAX_LEVELS, NumberPolicy, toEventValue } from "../../../../functions/replicator/core/event-value.ts";
import { isNestedDeeperThan } from "../../../../functions/replicator/core/nesting.ts";
import { toStoredNumber } from "../../../../functions/replicator/core/number-text.ts";
import { ParkReason, UnstorableError } from "../../../../functions/replicator/core/reasons.ts";

function outcome(text: string, policy: NumberPolicy = NumberPolicy.Park): unknown {
  try {
    return toEventValue(text, policy);
  } catch (error) {
    if (error instanceof UnstorableError) return error.reason;
    throw error;
  }
}

const DIGITS_38 = "12345678901234567890123456789012345678";

describe("toEventValue", () => {
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
    const value = outcome('{"__proto__":{"x":1},"a":{"__proto__":2,"__proto__":3}}');
    expect(JSON.stringify(value)).to.equal(
      '{"M":{"__proto__":{"M":{"x":{"N":"1"}}},"a":{"M":{"__proto__":{"N":"3"}}}}}',
    );
    expect(({} as Record<string, unknown>)["x"]).to.equal(undefined);
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

describe("isNestedDeeperThan", () => {
  it("counts arrays and objects alike, and no bracket of a string", () => {
    expect(isNestedDeeperThan('[{"a":[]}]', 3)).to.equal(false);
    expect(isNestedDeeperThan('[{"a":[]}]', 2)).to.equal(true);
    expect(isNestedDeeperThan('["[[[[", "\\"[[[", "\\\\", []]', 2)).to.equal(false);
    expect(isNestedDeeperThan("[[],[],[],{},{}]", 2)).to.equal(false);
  });
});
