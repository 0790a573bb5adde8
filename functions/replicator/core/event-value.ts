import { parse } from "lossless-json";
import { type ItemValue, setField } from "./item-value.ts";
import { isNestedDeeperThan } from "./nesting.ts";
import { toStoredNumber } from "./number-text.ts";
import { ParkReason, UnstorableError } from "./reasons.ts";

/** DynamoDB's levels of nesting, the top-level attribute being the first. */
export const MAX_LEVELS = 32;

/** What to do with a number that DynamoDB cannot store. */
export const NumberPolicy = {
  /** The record is parked. */
  Park: "park",
  /** The number is stored as a string, with its original text. */
  String: "string",
} as const;
export type NumberPolicy = (typeof NumberPolicy)[keyof typeof NumberPolicy];

/** A number of the event, as text. */
class NumberText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The event as an attribute value. Of duplicate names in an object the last one wins, as in `JSON.parse`.
 * @throws UnstorableError
 */
export function toEventValue(text: string, numberPolicy: NumberPolicy): ItemValue {
  if (isNestedDeeperThan(text, MAX_LEVELS)) throw tooDeep();
  return convert(parseEvent(text), 1, { numberPolicy, mayHoldSurrogates: text.includes("\\u") });
}

interface Rules {
  readonly numberPolicy: NumberPolicy;
  /** Decoded UTF-8 has no lone surrogates; only an escape can produce one. */
  readonly mayHoldSurrogates: boolean;
}

function parseEvent(text: string): unknown {
  try {
    return parse(text, null, {
      parseNumber: (number) => new NumberText(number),
      onDuplicateKey: ({ newValue }) => newValue,
    });
  } catch (error) {
    throw new UnstorableError(ParkReason.NotJson, error instanceof Error ? error.message : String(error));
  }
}

function convert(value: unknown, level: number, rules: Rules): ItemValue {
  if (level > MAX_LEVELS) throw tooDeep();
  if (typeof value === "string") return { S: wellFormed(value, rules) };
  if (value instanceof NumberText) return convertNumber(value.text, rules.numberPolicy);
  if (typeof value === "boolean") return { BOOL: value };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map((element) => convert(element, level + 1, rules)) };
  const fields: Record<string, ItemValue> = {};
  for (const [name, field] of Object.entries(value as Record<string, unknown>)) {
    if (name === "") throw new UnstorableError(ParkReason.EmptyAttributeName, "an object has a field without a name");
    setField(fields, wellFormed(name, rules), convert(field, level + 1, rules));
  }
  return { M: fields };
}

function convertNumber(text: string, policy: NumberPolicy): ItemValue {
  const stored = toStoredNumber(text);
  if (stored !== undefined) return { N: stored };
  if (policy === NumberPolicy.String) return { S: text };
  throw new UnstorableError(
    ParkReason.NumberOutOfRange,
    "a number has more than 38 significant digits, or a magnitude outside 1E-130 to 9.99E+125",
  );
}

function wellFormed(text: string, { mayHoldSurrogates }: Rules): string {
  if (mayHoldSurrogates && LONE_SURROGATE.test(text)) {
    throw new UnstorableError(ParkReason.LoneSurrogate, "a string holds half of a surrogate pair");
  }
  return text;
}

function tooDeep(): UnstorableError {
  return new UnstorableError(ParkReason.TooDeep, `nested deeper than DynamoDB's ${MAX_LEVELS} levels`);
}
