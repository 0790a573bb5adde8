import { randomBytes } from "node:crypto";

/** What Firehose writes before the suffix when a prefix has no expression of its own. */
const DEFAULT_TIME = "!{timestamp:yyyy/MM/dd/HH}/";

const expression = /!\{([^{}:]*):([^{}]*)\}/g;

/** Fields of a Java date pattern that are rendered here. */
const fields: Readonly<Record<string, (parts: TimeParts) => string>> = {
  yyyy: (parts) => parts.year,
  yy: (parts) => parts.year.slice(-2),
  MM: (parts) => parts.month,
  M: (parts) => String(Number(parts.month)),
  dd: (parts) => parts.day,
  d: (parts) => String(Number(parts.day)),
  HH: (parts) => parts.hour,
  H: (parts) => String(Number(parts.hour)),
  mm: (parts) => parts.minute,
  m: (parts) => String(Number(parts.minute)),
  ss: (parts) => parts.second,
  s: (parts) => String(Number(parts.second)),
};

interface TimeParts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

/**
 * Mistakes in the two prefixes of a delivery stream, in AWS's rules: one text each.
 * @param prefixes undefined and "" are the same.
 */
export function prefixFailures(prefixes: { prefix?: string; errorOutputPrefix?: string }): {
  property: "prefix" | "errorOutputPrefix";
  reason: string;
}[] {
  const { prefix = "", errorOutputPrefix = "" } = prefixes;
  const failures = [
    ...expressionFailures(prefix).map((reason) => ({ property: "prefix" as const, reason })),
    ...expressionFailures(errorOutputPrefix).map((reason) => ({ property: "errorOutputPrefix" as const, reason })),
  ];
  if (hasExpressions(prefix) && errorOutputPrefix === "") {
    failures.push({
      property: "errorOutputPrefix",
      reason: "must be given when prefix contains expressions",
    });
  }
  if (prefix.includes("!{firehose:error-output-type}")) {
    failures.push({ property: "prefix", reason: "cannot contain !{firehose:error-output-type}" });
  }
  if (hasExpressions(errorOutputPrefix) && !errorOutputPrefix.includes("!{firehose:error-output-type}")) {
    failures.push({
      property: "errorOutputPrefix",
      reason: "must contain !{firehose:error-output-type} when it contains expressions",
    });
  }
  return failures;
}

/**
 * The prefix of an object's key.
 * @param time when the oldest record in the object arrived, milliseconds since the epoch.
 */
export function renderPrefix(prefix: string, time: number, timeZone: string): string {
  const template = hasExpressions(prefix) ? prefix : `${prefix}${DEFAULT_TIME}`;
  const parts = timeParts(time, timeZone);
  return template.replace(expression, (_whole, namespace: string, value: string) =>
    namespace === "timestamp" ? renderPattern(value, parts) : randomString(),
  );
}

/** `YYYY-MM-DD-HH-mm-ss`, as it stands in an object's name. */
export function suffixTime(time: number, timeZone: string): string {
  return renderPattern("yyyy-MM-dd-HH-mm-ss", timeParts(time, timeZone));
}

/** Whether this machine knows a time zone by that name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function hasExpressions(prefix: string): boolean {
  return prefix.includes("!{");
}

function expressionFailures(prefix: string): string[] {
  const failures: string[] = [];
  const rest = prefix.replace(expression, (whole, namespace: string, value: string) => {
    if (namespace === "timestamp") {
      const stranger = tokensOf(value).find((token) => token.isField && !fields[token.text]);
      if (stranger) {
        failures.push(
          `${whole}: the local cloud does not support "${stranger.text}" in a timestamp; it supports ${Object.keys(fields).join(", ")} and texts in single quotes`,
        );
      }
    } else if (namespace === "firehose") {
      if (value !== "error-output-type" && value !== "random-string") {
        failures.push(`${whole} is not one of !{firehose:error-output-type}, !{firehose:random-string}`);
      }
    } else if (namespace === "partitionKeyFromQuery" || namespace === "partitionKeyFromLambda") {
      failures.push(`${whole}: the local cloud does not support dynamic partitioning`);
    } else {
      failures.push(`${whole}: the namespace must be timestamp or firehose`);
    }
    return "";
  });
  if (rest.includes("!{")) failures.push("!{ can only begin an expression of the form !{namespace:value}");
  return failures;
}

/** The parts of a Java date pattern: runs of one letter are fields, text in single quotes is text, '' is a quote. */
function tokensOf(pattern: string): { text: string; isField: boolean }[] {
  const tokens = pattern.match(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'/g) ?? [];
  return tokens.map((token) => {
    if (token === "''") return { text: "'", isField: false };
    if (token.startsWith("'")) return { text: token.slice(1, -1).replaceAll("''", "'"), isField: false };
    return { text: token, isField: /^[A-Za-z]/.test(token) };
  });
}

function renderPattern(pattern: string, parts: TimeParts): string {
  return tokensOf(pattern)
    .map((token) => (token.isField ? (fields[token.text]?.(parts) ?? token.text) : token.text))
    .join("");
}

function timeParts(time: number, timeZone: string): TimeParts {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
  return parts as unknown as TimeParts;
}

/** Eleven letters and digits, as AWS makes them. */
function randomString(): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  return [...randomBytes(11)].map((byte) => alphabet[byte % alphabet.length]).join("");
}
