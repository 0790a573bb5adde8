import { formatDecimal, parseDecimal } from "../../shared/decimal-text.ts";

/** DynamoDB's numbers: significant digits, and the power of ten of the first of them. */
const MAX_DIGITS = 38;
const MIN_EXPONENT = -130;
const MAX_EXPONENT = 125;

const SHORT_INTEGER = /^(?:0|-?[1-9]\d{0,37})$/;
/** A longer text has zeros that mean nothing, and is sent in scientific form. */
const MAX_PLAIN_LENGTH = 40;

/**
 * The text that DynamoDB stores a JSON number by, every digit kept; undefined when it cannot hold the number.
 * DynamoDB keeps the value and not the spelling: `1.10` comes back as `1.1`, `-0` as `0`.
 */
export function toStoredNumber(text: string): string | undefined {
  if (SHORT_INTEGER.test(text)) return text;
  const decimal = parseDecimal(text);
  if (decimal === undefined) return undefined;
  const { digits, exponent } = decimal;
  if (digits === "") return "0";
  if (digits.length > MAX_DIGITS || exponent < MIN_EXPONENT || exponent > MAX_EXPONENT) return undefined;
  return text.length <= MAX_PLAIN_LENGTH ? text : formatDecimal(decimal);
}
