import { formatDecimal, parseDecimal } from "../../shared/decimal-text.ts";
import { DOT, LOWER_E, MINUS, NINE, PLUS, ZERO } from "./json-bytes.ts";

/** What to do with a number that DynamoDB cannot store. */
export const NumberPolicy = {
  /** The record is parked. */
  Park: "park",
  /** The number is stored as a string, with its original text. */
  String: "string",
} as const;
export type NumberPolicy = (typeof NumberPolicy)[keyof typeof NumberPolicy];

/** Limits of DynamoDB's numbers: significant digits, and the exponent of the first digit. */
const MAX_DIGITS = 38;
const MIN_EXPONENT = -130;
const MAX_EXPONENT = 125;

const SHORT_INTEGER = /^(?:0|-?[1-9]\d{0,37})$/;
/** A longer text has redundant zeros, and is sent in scientific notation. */
const MAX_PLAIN_LENGTH = 40;

/**
 * The number attribute for a JSON number, with all digits; undefined when DynamoDB cannot store it. DynamoDB
 * normalizes numbers: `1.10` comes back as `1.1`, `-0` as `0`.
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

/** The position behind the JSON number at `start`; where a digit is missing, the complement (`~`) of its position. */
export function endOfNumber(input: Uint8Array, start: number): number {
  let at = start;
  if (input[at] === MINUS) at++;
  at = input[at] === ZERO ? at + 1 : skipDigits(input, at);
  if (at >= 0 && input[at] === DOT) at = skipDigits(input, at + 1);
  if (at >= 0 && (input[at]! | LOWER_CASE) === LOWER_E) {
    at++;
    at = skipDigits(input, input[at] === MINUS || input[at] === PLUS ? at + 1 : at);
  }
  return at;
}

/** The bit by which a lower-case letter differs from its upper case. */
const LOWER_CASE = 0x20;

function skipDigits(input: Uint8Array, start: number): number {
  let at = start;
  while (input[at]! >= ZERO && input[at]! <= NINE) at++;
  return at === start ? ~at : at;
}

/** An exponent up to this leaves any number of up to 38 characters within DynamoDB's limits. */
const SURE_EXPONENT = 80;

/** Whether the JSON number from `start` to `end` has an exponent with which it may be out of DynamoDB's limits. */
export function hasLargeExponent(input: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && (input[at]! | LOWER_CASE) !== LOWER_E) at++;
  let exponent = 0;
  for (at++; at < end; at++) {
    const byte = input[at]!;
    if (byte !== PLUS && byte !== MINUS) exponent = exponent * 10 + byte - ZERO;
  }
  return exponent > SURE_EXPONENT;
}
