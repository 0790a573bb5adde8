import { expect } from "chai";
import fc from "fast-check";
import { normalizeNumber, numberBytes, sortableNumber } from "../../../../local/services/dynamodb/number.ts";

/** Value × 10^130 as an exact integer. */
function scaled(text: string): bigint {
  const [, sign, whole = "", fraction = "", exponent = "0"] =
    /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const shift = 130 + Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  const value = shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
  return sign === "-" ? -value : value;
}

/** Numbers within DynamoDB's range, in every form that JSON and more have. */
const numbers = fc
  .record({
    sign: fc.constantFrom("", "-", "+"),
    zeros: fc.constantFrom("", "0", "000"),
    digits: fc.stringMatching(/^[0-9]{1,38}$/),
    point: fc.nat(38),
    exponent: fc.integer({ min: -92, max: 80 }),
    form: fc.constantFrom("e", "E", "e+"),
  })
  .map(({ sign, zeros, digits, point, exponent, form }) => {
    const at = Math.min(point, digits.length);
    const fraction = digits.slice(at);
    const mantissa = zeros + digits.slice(0, at) + (fraction ? `.${fraction}` : "");
    const suffix = exponent === 0 ? "" : `${exponent < 0 ? form.charAt(0) : form}${exponent}`;
    return `${sign}${mantissa}${suffix}`;
  });

describe("DynamoDB's numbers", () => {
  it("writes numbers as DynamoDB does: no exponent, no superfluous zeros", () => {
    const cases: Record<string, string> = {
      "1.10": "1.1",
      "100": "100",
      "1e2": "100",
      "1E+2": "100",
      "-0": "0",
      "0.000": "0",
      "0e99999": "0",
      "007": "7",
      "-1.50e-3": "-0.0015",
      ".5": "0.5",
      "5.": "5",
      "9007199254740993": "9007199254740993",
      "12345678901234567890123456789012345678": "12345678901234567890123456789012345678",
      "1234567890123456789012345678901234567800": "1234567890123456789012345678901234567800",
      "9.9999999999999999999999999999999999999e125": `${"9".repeat(38)}${"0".repeat(88)}`,
      "1e-130": `0.${"0".repeat(129)}1`,
    };
    for (const [given, expected] of Object.entries(cases)) expect(normalizeNumber(given), given).to.equal(expected);
  });

  it("keeps every digit of any number within its range, and is stable", () => {
    fc.assert(
      fc.property(numbers, (text) => {
        const stored = normalizeNumber(text);
        expect(scaled(stored)).to.equal(scaled(text));
        expect(stored).to.match(/^(0|-?(0|[1-9]\d*)(\.\d*[1-9])?)$/);
        expect(normalizeNumber(stored)).to.equal(stored);
      }),
      { numRuns: 500 },
    );
  });

  it("sorts numbers by value", () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const [left, right] = [sortableNumber(normalizeNumber(a)), sortableNumber(normalizeNumber(b))];
        const expected = scaled(a) < scaled(b) ? -1 : scaled(a) > scaled(b) ? 1 : 0;
        expect(left < right ? -1 : left > right ? 1 : 0).to.equal(expected);
      }),
      { numRuns: 500 },
    );
    const rising = ["-1e125", "-2.5", "-2", "-1e-130", "0", "1e-130", "0.1", "2", "10", "99", "100", "1e125"];
    const sorted = [...rising].reverse().sort((a, b) => (sortableNumber(a) < sortableNumber(b) ? -1 : 1));
    expect(sorted).to.deep.equal(rising);
  });

  it("refuses what is out of range or no number, in AWS's words", () => {
    const message = (text: string) => {
      try {
        return `stored ${normalizeNumber(text)}`;
      } catch (error) {
        return (error as Error).message;
      }
    };
    const overflow = "Number overflow. Attempting to store a number with magnitude larger than supported range";
    const underflow = "Number underflow. Attempting to store a number with magnitude smaller than supported range";
    const digits = "Attempting to store more than 38 significant digits in a Number";
    const notNumeric = "The parameter cannot be converted to a numeric value";
    const cases: Record<string, string> = {
      "1e126": overflow,
      "-1e126": overflow,
      "1e999999999": overflow,
      "1e-131": underflow,
      "-1e-131": underflow,
      "123456789012345678901234567890123456789": digits,
      "-1.23456789012345678901234567890123456789": digits,
      "": notNumeric,
      abc: `${notNumeric}: abc`,
      NaN: `${notNumeric}: NaN`,
      Infinity: `${notNumeric}: Infinity`,
      "0x10": `${notNumeric}: 0x10`,
      "1 2": `${notNumeric}: 1 2`,
      ".": `${notNumeric}: .`,
      "-": `${notNumeric}: -`,
    };
    for (const [given, expected] of Object.entries(cases)) expect(message(given), given).to.equal(expected);
  });

  it("counts a number's bytes by its significant digits", () => {
    const cases: Record<string, number> = { "0": 1, "7": 2, "-7": 3, "100": 2, "123": 3, "-12.5": 4, "0.001": 2 };
    for (const [given, expected] of Object.entries(cases)) expect(numberBytes(given), given).to.equal(expected);
  });
});
