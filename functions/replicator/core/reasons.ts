import { MAX_LEVELS } from "./nesting.ts";

/** Why a record is parked. Only records that the table can never store are parked; everything else is retried. */
export const ParkReason = {
  /** The data is not one JSON text (RFC 8259; a byte order mark is not part of one). */
  NotJson: "not-json",
  /** The data is not valid UTF-8. */
  NotUtf8: "not-utf8",
  /** The item would be over 400 KB, names and values, by DynamoDB's rules. */
  TooLarge: "too-large",
  /** Deeper than DynamoDB's 32 levels, where `event` is the first. Checked before the syntax. */
  TooDeep: "too-deep",
  /** An object has a field whose name is the empty string. */
  EmptyAttributeName: "empty-attribute-name",
  /** Over 38 significant digits, or a magnitude outside 1E-130 to 9.99E+125, under the number policy "park". */
  NumberOutOfRange: "number-out-of-range",
  /** A string or a name holds half of a surrogate pair (`\ud800`), which UTF-8 cannot hold. */
  LoneSurrogate: "lone-surrogate",
  /**
   * Refused by DynamoDB when sent alone; the detail is DynamoDB's message (such as for an index key of the wrong type,
   * or an empty one).
   */
  InvalidItem: "invalid-item",
  /** Aggregated by the Kinesis Producer Library: deaggregation is not supported. */
  KplAggregated: "kpl-aggregated",
} as const;
export type ParkReason = (typeof ParkReason)[keyof typeof ParkReason];

/** Why one record is parked. */
export interface Cause {
  readonly reason: ParkReason;
  readonly detail: string;
}

/** Why a value that is JSON cannot be stored. */
export const Fault = {
  NoName: { reason: ParkReason.EmptyAttributeName, detail: "an object has a field without a name" },
  LoneSurrogate: { reason: ParkReason.LoneSurrogate, detail: "a string holds half of a surrogate pair" },
  NumberOutOfRange: {
    reason: ParkReason.NumberOutOfRange,
    detail: "a number has more than 38 significant digits, or a magnitude outside 1E-130 to 9.99E+125",
  },
  TooDeep: { reason: ParkReason.TooDeep, detail: `nested deeper than DynamoDB's ${MAX_LEVELS} levels` },
} as const satisfies Readonly<Record<string, Cause>>;

/** The record must be parked; thrown and caught within the core. */
export class UnstorableError extends Error {
  override readonly name = "UnstorableError";
  readonly reason: ParkReason;
  constructor({ reason, detail }: Cause) {
    super(detail);
    this.reason = reason;
  }
}

const REFUSALS: readonly { readonly message: RegExp; readonly reason: ParkReason }[] = [
  { message: /^Item size has exceeded the maximum allowed size/, reason: ParkReason.TooLarge },
  { message: /^Nest(ing|ed) Levels have exceeded supported limits/i, reason: ParkReason.TooDeep },
];

/** The reason for DynamoDB's error about a single item. */
export function reasonForRefusal(message: string): ParkReason {
  return REFUSALS.find((refusal) => refusal.message.test(message))?.reason ?? ParkReason.InvalidItem;
}
