import { AwsError } from "../../kernel/errors.ts";
import { MAX_DIGITS, MAX_EXPONENT, MIN_EXPONENT } from "./limits.ts";

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;
/** The form of most numbers, which needs no normalization. */
const PLAIN = /^(?:0|-?[1-9]\d{0,14})$/;

/** A decimal number: ± 0.d1d2d3… × 10^exponent+1; zero has no digits. */
interface Decimal {
  readonly isNegative: boolean;
  /** Significant digits, without leading or trailing zeros. */
  readonly digits: string;
  /** Power of ten of the first digit. */
  readonly exponent: number;
}

/**
 * The number as DynamoDB stores and returns it: exact, without exponent or superfluous zeros.
 * @throws AwsError ValidationException.
 */
export function normalizeNumber(text: string): string {
  if (PLAIN.test(text)) return text;
  const { isNegative, digits, exponent } = parse(text);
  if (digits === "") return "0";
  const sign = isNegative ? "-" : "";
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, "0");
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** A text whose lexical order is the order of the numbers. @param text a normalized number. */
export function sortableNumber(text: string): string {
  const { isNegative, digits, exponent } = parse(text);
  if (digits === "") return "1";
  const magnitude = `${String(exponent + 500)}${digits}`;
  if (!isNegative) return `2${magnitude}`;
  return `0${magnitude.replace(/\d/g, (digit) => String(9 - Number(digit)))}~`;
}

/**
 * Size of a number: a byte for every two significant digits, one more, and one for a minus sign.
 * @param text a normalized number.
 */
export function numberBytes(text: string): number {
  const digits = withoutZerosAtEnd(text.replace(/^-/, "").replace(".", "").replace(/^0+/, "")).length;
  return Math.ceil(digits / 2) + 1 + (text.startsWith("-") ? 1 : 0);
}

function parse(text: string): Decimal {
  const match = NUMBER.exec(text);
  const whole = match?.[2] ?? "";
  const fraction = match?.[3] ?? "";
  if (!match || whole + fraction === "") {
    throw new AwsError(
      "ValidationException",
      text === ""
        ? "The parameter cannot be converted to a numeric value"
        : `The parameter cannot be converted to a numeric value: ${text}`,
    );
  }
  const all = whole + fraction;
  const leadingZeros = all.length - all.replace(/^0+/, "").length;
  const digits = withoutZerosAtEnd(all.slice(leadingZeros));
  if (digits === "") return { isNegative: false, digits, exponent: 0 };
  const exponent = whole.length - 1 - leadingZeros + Number(match[4] ?? 0);
  if (exponent > MAX_EXPONENT) throw range("overflow", "larger");
  if (exponent < MIN_EXPONENT) throw range("underflow", "smaller");
  if (digits.length > MAX_DIGITS) {
    throw new AwsError("ValidationException", "Attempting to store more than 38 significant digits in a Number");
  }
  return { isNegative: match[1] === "-", digits, exponent };
}

/** A loop, because a regular expression backtracks at every zero of a long number. */
function withoutZerosAtEnd(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === "0") end--;
  return digits.slice(0, end);
}

function range(what: string, how: string): AwsError {
  return new AwsError(
    "ValidationException",
    `Number ${what}. Attempting to store a number with magnitude ${how} than supported range`,
  );
}
