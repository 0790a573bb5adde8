/** What becomes of data when a stack is destroyed. */
export const RemovalPolicy = {
  /** Tables refuse to be deleted, buckets with objects too; a stream and log groups are left in the account. */
  Retain: "retain",
  /** Everything goes, with the data and the logs in it. */
  Destroy: "destroy",
} as const;
export type RemovalPolicy = (typeof RemovalPolicy)[keyof typeof RemovalPolicy];
