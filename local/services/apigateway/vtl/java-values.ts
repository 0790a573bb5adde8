/** A Java `double`, kept apart from integers because it prints with a fraction (`100000.0`). */
export class JavaDouble {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  /** The text of `Double.toString`. */
  toString(): string {
    return printDouble(this.value);
  }
}

/** A Java `BigDecimal`: exact digits. */
export class JavaDecimal {
  readonly text: string;

  /** @param text a JSON number with a fraction or an exponent. */
  constructor(text: string) {
    this.text = text;
  }

  /** The text of `BigDecimal.toString`. */
  toString(): string {
    return printDecimal(this.text);
  }
}

/** A list from JSON: it always prints as JSON, while a template's own list prints as `[a, b]`. */
export abstract class JsonList extends Array<JavaValue> {
  static override get [Symbol.species]() {
    return Array;
  }

  /** The list as JSON text. */
  abstract override toString(): string;
}

/** An entry of a map (`$map.entrySet()`), with its `key` and its `value`: prints as `key=value`. */
export class JavaEntry extends Map<string, JavaValue> {
  /** An entry with this key and value. */
  constructor(key: string, value: JavaValue) {
    super([
      ["key", key],
      ["value", value],
    ]);
  }

  override toString(): string {
    return `${this.get("key")}=${printJava(this.get("value"))}`;
  }
}

/**
 * The value of a reference to something missing on AWS: prints nothing, and equals both `$null` and `""` (recorded in
 * June 2025). Whether `#if` takes it as true has not been recorded.
 */
export class Missing {
  readonly isTrue: boolean;

  constructor(isTrue: boolean) {
    this.isTrue = isTrue;
  }

  toString(): string {
    return "";
  }
}

/**
 * Possible readings of a reference to something missing. The cloud uses `true`, which a template is least likely to
 * expect; a template that is safe on AWS renders the same under all three.
 */
export const missingReadings = {
  /** As recorded on AWS; `#if` takes it as true, as Velocity 1.7 does with an empty string. */
  true: new Missing(true),
  /** As recorded on AWS; `#if` takes it as false. */
  false: new Missing(false),
  /** As in Velocity 1.7: null, which prints the reference's own source, and which `#set` does not assign. */
  null: null,
} as const;
/** One of `missingReadings`. */
export type MissingReading = (typeof missingReadings)[keyof typeof missingReadings];

/**
 * A value in a template. `number` and `bigint` are Java's integers, arrays its lists, maps its ordered maps; a
 * `HostObject` is one of API Gateway's own (`$input`, `$util`).
 */
export type JavaValue =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | JavaDouble
  | JavaDecimal
  | Missing
  | HostObject
  | readonly JavaValue[]
  | JavaMap;

/** An ordered map with string keys. */
export type JavaMap = Map<string, JavaValue>;

/** An object with properties and methods of the cloud's own. */
export interface HostObject {
  readonly isHostObject: true;
  /** `$object.name`. */
  property(name: string): JavaValue;
  /** `$object.name(…)`. */
  call(name: string, args: readonly JavaValue[]): JavaValue;
}

/** Whether a value is one of API Gateway's own objects. */
export function isHostObject(value: JavaValue): value is HostObject {
  return typeof value === "object" && value !== null && "isHostObject" in value;
}

/** Whether a value is a list. */
export function isList(value: JavaValue): value is readonly JavaValue[] {
  return Array.isArray(value);
}

/**
 * Velocity 1.7's truth: null and false are false, everything else (0 and "" too) is true; a missing value is true or
 * false by its reading.
 */
export function isTrue(value: JavaValue): boolean {
  if (value instanceof Missing) return value.isTrue;
  return value !== undefined && value !== null && value !== false;
}

/** A value as Java's `toString` prints it (null prints `null` inside a list or map). */
export function printJava(value: JavaValue): string {
  if (value === undefined || value === null) return "null";
  if (typeof value === "string") return value;
  if (value instanceof JsonList || value instanceof JavaEntry) return value.toString();
  if (isList(value)) return `[${value.map(printJava).join(", ")}]`;
  if (value instanceof Map) return `{${[...value].map(([key, entry]) => `${key}=${printJava(entry)}`).join(", ")}}`;
  return String(value);
}

/** Whether a value is a number of any Java kind. */
export function isNumber(value: JavaValue): value is number | bigint | JavaDouble | JavaDecimal {
  return (
    typeof value === "number" ||
    typeof value === "bigint" ||
    value instanceof JavaDouble ||
    value instanceof JavaDecimal
  );
}

function toDouble(value: number | bigint | JavaDouble | JavaDecimal): number {
  if (value instanceof JavaDouble) return value.value;
  if (value instanceof JavaDecimal) return Number(value.text);
  return Number(value);
}

function isInteger(value: JavaValue): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

function integer(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** Whether a value is null or missing. */
export function isNothing(value: JavaValue): value is undefined | null | Missing {
  return value === undefined || value === null || value instanceof Missing;
}

/** Velocity 1.7's `==`: numbers by value, values of the same kind by content, others by their printed text. */
export function isEqual(left: JavaValue, right: JavaValue): boolean {
  if (left instanceof Missing) return right === "" || isNothing(right);
  if (right instanceof Missing) return left === "" || isNothing(left);
  const isLeftNull = left === undefined || left === null;
  const isRightNull = right === undefined || right === null;
  if (isLeftNull || isRightNull) return isLeftNull && isRightNull;
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0;
  if (typeof left === "object" || typeof right === "object") {
    return left === right || (!isHostObject(left) && !isHostObject(right) && printJava(left) === printJava(right));
  }
  return left === right || String(left) === String(right);
}

/** Negative, 0 or positive; undefined when an operand is not a number (Velocity makes such a comparison false). */
export function compare(left: JavaValue, right: JavaValue): number | undefined {
  return isNumber(left) && isNumber(right) ? compareNumbers(left, right) : undefined;
}

function compareNumbers(
  left: number | bigint | JavaDouble | JavaDecimal,
  right: number | bigint | JavaDouble | JavaDecimal,
): number {
  const [a, b] = isInteger(left) && isInteger(right) ? [left, right] : [toDouble(left), toDouble(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Velocity's arithmetic operators. */
export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%";

/**
 * Java's arithmetic: integers stay integers (7/2 is 3), `+` joins strings; null where Velocity yields null (a null
 * operand, division by 0).
 */
export function calculate(operator: ArithmeticOperator, left: JavaValue, right: JavaValue): JavaValue {
  if (left === undefined || left === null || right === undefined || right === null) return null;
  if (operator === "+" && (isText(left) || isText(right))) {
    return printJava(left) + printJava(right);
  }
  if (!isNumber(left) || !isNumber(right)) return null;
  if (!isInteger(left) || !isInteger(right)) return calculateDoubles(operator, toDouble(left), toDouble(right));
  const [a, b] = [BigInt(left), BigInt(right)];
  if (operator === "+") return integer(a + b);
  if (operator === "-") return integer(a - b);
  if (operator === "*") return integer(a * b);
  if (b === 0n) return null;
  return integer(operator === "/" ? a / b : a % b);
}

function isText(value: JavaValue): boolean {
  return typeof value === "string" || value instanceof Missing;
}

function calculateDoubles(operator: ArithmeticOperator, a: number, b: number): JavaValue {
  if (operator === "+") return new JavaDouble(a + b);
  if (operator === "-") return new JavaDouble(a - b);
  if (operator === "*") return new JavaDouble(a * b);
  if (b === 0) return null;
  return new JavaDouble(operator === "/" ? a / b : a % b);
}

/** A finite double as Java's `Double.toString` prints it: always a fraction, an exponent below 1E-3 and from 1E7. */
export function printDouble(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const shortest = Math.abs(value).toExponential();
  // Java prints at least two digits, and the nearest two: 4.9E-324, not 5.0E-324.
  const twoDigits = shortest.includes(".") ? shortest : Math.abs(value).toExponential(1);
  const [mantissa = "", exponentText = "0"] = twoDigits.split("e");
  const digits = mantissa.replace(".", "").replace(/^(.)0$/, "$1");
  const exponent = Number(exponentText);
  const sign = value < 0 ? "-" : "";
  if (exponent < -3 || exponent >= 7) return `${sign}${digits[0]}.${digits.slice(1) || "0"}E${exponent}`;
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  return `${sign}${digits.slice(0, exponent + 1).padEnd(exponent + 1, "0")}.${digits.slice(exponent + 1) || "0"}`;
}

/**
 * A decimal as Java's `BigDecimal.toString` prints it: the original digits, an exponent only where the scale requires
 * one.
 */
function printDecimal(text: string): string {
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+(?=\d)/, "");
  const scale = fraction.length - Number(exponentText);
  const adjusted = digits.length - 1 - scale;
  if (scale === 0) return sign + digits;
  if (scale > 0 && adjusted >= -6) {
    const padded = digits.padStart(scale + 1, "0");
    return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  }
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  return `${sign}${mantissa}${adjusted === 0 ? "" : `E${adjusted > 0 ? "+" : ""}${adjusted}`}`;
}
