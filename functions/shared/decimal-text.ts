/** The value of a decimal number in text form: 0.<digits> × 10^exponent, without leading or trailing zeros. */
export interface Decimal {
  readonly isNegative: boolean;
  /** Significant digits; empty for zero. */
  readonly digits: string;
  /** Power of ten of the first significant digit (1.5E3 has 3); 0 for zero. ±Infinity when out of a double's range. */
  readonly exponent: number;
}

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Parses a decimal number; undefined for any other text. Keeps all digits. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, sign = "", integer = "", fraction = "", power = "0"] = match;
  const all = integer + fraction;
  if (all === "") return undefined;
  const leadingZeros = countLeadingZeros(all);
  let end = all.length;
  while (end > leadingZeros && all.charCodeAt(end - 1) === ZERO) end--;
  const digits = all.slice(leadingZeros, end);
  if (digits === "") return { isNegative: false, digits, exponent: 0 };
  return { isNegative: sign === "-", digits, exponent: Number(power) + integer.length - 1 - leadingZeros };
}

/** Formats a decimal in scientific notation, which is valid JSON and valid for DynamoDB. */
export function formatDecimal({ isNegative, digits, exponent }: Decimal): string {
  if (digits === "") return "0";
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
  return `${isNegative ? "-" : ""}${digits[0]}${fraction}${exponent === 0 ? "" : `E${exponent}`}`;
}

const ZERO = 48;

function countLeadingZeros(text: string): number {
  let count = 0;
  while (count < text.length && text.charCodeAt(count) === ZERO) count++;
  return count;
}
