/** The attribute values of an event, in DynamoDB's JSON. */
export type ItemValue =
  | { S: string }
  | { N: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { L: ItemValue[] }
  | { M: Record<string, ItemValue> };

/** One item: attribute names and values. */
export type Item = Record<string, ItemValue>;

/** One item as the bytes of its JSON, as a request holds them. */
export interface EncodedItem {
  /** Hash key and range key: what unprocessed items are told by. */
  readonly key: string;
  /** The JSON stands from `start` to `end`. */
  readonly buffer: Buffer;
  readonly start: number;
  readonly end: number;
  /** Size by DynamoDB's rules. */
  readonly bytes: number;
}
