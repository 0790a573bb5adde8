import type { AttachedPolicy } from "../../accounts/resource-policy.ts";

/** The settings of a table, which may change during its life. */
export interface TableSettings {
  billingMode: "PROVISIONED" | "PAY_PER_REQUEST";
  readCapacity: number;
  writeCapacity: number;
  ttlAttribute: string | undefined;
  /**
   * Point-in-time recovery: its period, and since when it is on (cloud time, milliseconds since the epoch); undefined
   * while it is off.
   */
  recovery: { readonly days: number; readonly since: number } | undefined;
  isEncryptedByKms: boolean;
  kmsKeyArn: string | undefined;
  isDeletionProtected: boolean;
  tableClass: "STANDARD" | "STANDARD_INFREQUENT_ACCESS";
  tags: Readonly<Record<string, string>>;
}

/** A table's resource policy. Each new text gets a new revision id. */
export interface TablePolicy extends AttachedPolicy {
  readonly revisionId: string;
}
