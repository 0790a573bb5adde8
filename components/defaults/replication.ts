/** The scope in which an item's hash key is unique. */
export const HashKeyScope = {
  /** One stream writes to the table; records of another one are refused. */
  Shard: "shard",
  /** Several streams write to the table; the stream's name is part of the hash key. */
  Stream: "stream",
} as const;
export type HashKeyScope = (typeof HashKeyScope)[keyof typeof HashKeyScope];

/** The separator between the parts of an item's hash key. */
export const HashKeySeparator = {
  /** `_`, such as `18_shardId-000000000002`. */
  Underscore: "underscore",
  /** `-`, for a table that holds items with such keys already. */
  Hyphen: "hyphen",
} as const;
export type HashKeySeparator = (typeof HashKeySeparator)[keyof typeof HashKeySeparator];

/** Which code writes into the table. */
export const TableWriter = {
  /** BatchWriteItem requests that the function signs itself: a fraction of the CPU time. */
  Direct: "direct",
  /** The AWS SDK's client, with all of its settings of endpoints. */
  Sdk: "sdk",
} as const;
export type TableWriter = (typeof TableWriter)[keyof typeof TableWriter];

/** The treatment of a number that DynamoDB cannot hold: over 38 digits, or out of its range. */
export const NumberPolicy = {
  /** The record is parked. */
  Park: "park",
  /** The number is stored as a string, digit by digit. */
  String: "string",
} as const;
export type NumberPolicy = (typeof NumberPolicy)[keyof typeof NumberPolicy];
