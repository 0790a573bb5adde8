import { BlockList, isIP } from "node:net";
import { AwsError, NotSupportedError } from "../kernel/errors.ts";
import type { PolicyStatement } from "../kernel/policy.ts";
import { conditionKeys, isKnownConditionKey } from "./condition-keys.ts";
import { arnMatcher, globMatcher, type Matcher } from "./patterns.ts";

/** The values of a condition key in a request, by the key in lower case. */
export type ContextLookup = (key: string) => string | readonly string[] | undefined;

/** A compiled condition block: true when all its conditions hold. */
export type ConditionTest = (context: ContextLookup) => boolean;

type Comparison = (expected: string) => Matcher;

const malformed = (message: string) => new AwsError("MalformedPolicyDocument", message);

const numeric =
  (compare: (value: number, expected: number) => boolean): Comparison =>
  (expected) => {
    const limit = toNumber(expected);
    return (value) => compare(Number(value), limit);
  };

const date =
  (compare: (value: number, expected: number) => boolean): Comparison =>
  (expected) => {
    const limit = toTime(expected);
    // A request's value that is not a date compares as false with every date.
    return (value) => compare(timeOf(value), limit);
  };

function toNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw malformed(`"${text}" is not a number.`);
  return value;
}

function toTime(text: string): number {
  const value = timeOf(text);
  if (Number.isNaN(value)) throw malformed(`"${text}" is not a date.`);
  return value;
}

/** ISO 8601 in the profile of the W3C's note; Date.parse alone accepts many other texts. */
const ISO_DATE = /^\d{4}-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?$/i;

/** Milliseconds since the epoch, of a date or of seconds since the epoch; NaN for any other text. */
function timeOf(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  return ISO_DATE.test(text) ? Date.parse(text) : Number.NaN;
}

/** Compares bytes, Base64 on both sides. */
function bytesMatcher(expected: string): Matcher {
  const bytes = Buffer.from(expected, "base64");
  return (value) => Buffer.from(value, "base64").equals(bytes);
}

function addressMatcher(expected: string): Matcher {
  const [address = "", prefix] = expected.split("/");
  const version = isIP(address);
  if (version === 0) throw malformed(`"${expected}" is not an IP address or range.`);
  const type = version === 4 ? "ipv4" : "ipv6";
  const bits = prefix === undefined ? (version === 4 ? 32 : 128) : Number(prefix);
  const range = new BlockList();
  try {
    range.addSubnet(address, bits, type);
  } catch {
    throw malformed(`"${expected}" is not an IP address or range.`);
  }
  return (value) => isIP(value) === version && range.check(value, type);
}

function booleanMatcher(expected: string): Matcher {
  const wanted = expected.toLowerCase();
  if (wanted !== "true" && wanted !== "false") throw malformed(`"${expected}" is not a boolean.`);
  return (value) => value.toLowerCase() === wanted;
}

const equalMatcher: Comparison = (expected) => (value) => value === expected;
const equalIgnoringCase: Comparison = (expected) => {
  const wanted = expected.toLowerCase();
  return (value) => value.toLowerCase() === wanted;
};

/** Operators that hold when a value of the request matches any of the policy's values. */
const positive: Readonly<Record<string, Comparison>> = {
  StringEquals: equalMatcher,
  StringEqualsIgnoreCase: equalIgnoringCase,
  StringLike: globMatcher,
  ArnEquals: arnMatcher,
  ArnLike: arnMatcher,
  BinaryEquals: bytesMatcher,
  Bool: booleanMatcher,
  IpAddress: addressMatcher,
  NumericEquals: numeric((value, expected) => value === expected),
  NumericLessThan: numeric((value, expected) => value < expected),
  NumericLessThanEquals: numeric((value, expected) => value <= expected),
  NumericGreaterThan: numeric((value, expected) => value > expected),
  NumericGreaterThanEquals: numeric((value, expected) => value >= expected),
  DateEquals: date((value, expected) => value === expected),
  DateLessThan: date((value, expected) => value < expected),
  DateLessThanEquals: date((value, expected) => value <= expected),
  DateGreaterThan: date((value, expected) => value > expected),
  DateGreaterThanEquals: date((value, expected) => value >= expected),
};

/** Operators that hold when the positive operator matches none of the policy's values. */
const negative: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
  NotIpAddress: "IpAddress",
  NumericNotEquals: "NumericEquals",
  DateNotEquals: "DateEquals",
};

/**
 * Compiles the `Condition` of a statement.
 * @throws AwsError MalformedPolicyDocument for an operator that IAM does not have, NotSupportedError for a condition
 * key that no request here has.
 */
export function compileConditions(condition: PolicyStatement["Condition"]): ConditionTest {
  const tests = Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) =>
      compileOne(operator, key, (Array.isArray(values) ? values : [values]).map(String)),
    ),
  );
  return (context) => tests.every((holds) => holds(context));
}

function compileOne(operator: string, key: string, expected: readonly string[]): ConditionTest {
  if (!isKnownConditionKey(key)) throw new NotSupportedError(`the condition key "${key}"`, conditionKeys().join(", "));
  const [, set, name = "", ifExists] = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(operator) ?? [];
  const lookUp = key.toLowerCase();
  if (name === "Null" && !set && !ifExists) {
    const isAbsent = expected.map(booleanMatcher);
    return (context) => isAbsent.some((matches) => matches(String(context(lookUp) === undefined)));
  }
  const isNegated = Object.hasOwn(negative, name);
  const compile = positive[isNegated ? negative[name]! : name];
  if (!compile || (!isNegated && !Object.hasOwn(positive, name)))
    throw malformed(`Invalid Condition type : ${operator}.`);
  const matchers = expected.map(compile);
  const holds = (value: string) => matchers.some((matches) => matches(value)) !== isNegated;
  return (context) => {
    const found = context(lookUp);
    const values = found === undefined ? [] : typeof found === "string" ? [found] : found;
    if (values.length === 0) {
      if (ifExists || set === "ForAllValues") return true;
      return isNegated && set === undefined;
    }
    if (set === "ForAllValues" || (isNegated && set === undefined)) return values.every(holds);
    return values.some(holds);
  };
}
