/** How a table's capacity is paid for. */
export const BillingMode = { OnDemand: "PAY_PER_REQUEST", Provisioned: "PROVISIONED" } as const;
export type BillingMode = (typeof BillingMode)[keyof typeof BillingMode];

/** The key of the target table; the replicator writes these names, so they are fixed. */
export const tableKey = { hashKey: "seqNumbershardIdHash", rangeKey: "sequenceNumber" } as const;

/** Attributes that the replicator itself writes; no key of an index may have such a name. */
export const reservedAttributes = [
  "seqNumbershardIdHash",
  "sequenceNumber",
  "shardId",
  "streamName",
  "partitionKey",
  "approximateArrivalTimestamp",
  "event",
] as const;

/** Types of an index key that an event in JSON can fill. */
export const KeyType = { String: "S", Number: "N" } as const;
export type KeyType = (typeof KeyType)[keyof typeof KeyType];

/** Attributes that an index copies from an item. */
export const Projection = { All: "ALL", KeysOnly: "KEYS_ONLY", Include: "INCLUDE" } as const;
export type Projection = (typeof Projection)[keyof typeof Projection];

/** Defaults of the table: recoverable, pays by use, its changes can be followed. */
export const tableDefaults = {
  billingMode: BillingMode.OnDemand,
  pointInTimeRecovery: true,
  streamViewType: "NEW_AND_OLD_IMAGES",
  ttlAttribute: "expiresAt",
} as const;

/** DynamoDB keeps a table's stream this long, in seconds. */
export const TABLE_STREAM_RETENTION_SECONDS = 86_400;

/** AWS's limit of capacity units per table, and a hundred years until items expire. */
export const tableLimits = { capacityUnits: 40_000, ttlSeconds: 3_153_600_000 } as const;
