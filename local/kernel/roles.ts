import type { PolicyDocument } from "./policy.ts";

/** The parts of a role that decide about requests of its sessions. */
export interface KnownRole {
  /** With its path. */
  readonly arn: string;
  /** `AROA…`; a role that was deleted and made again has another one. */
  readonly roleId: string;
  readonly accountId: string;
  readonly trustPolicy: PolicyDocument;
  readonly maxSessionDurationSeconds: number;
  /** Inline and attached policies. */
  policies(): readonly PolicyDocument[];
  /** The permissions boundary, in its default version; undefined for none. */
  boundary(): PolicyDocument | undefined;
}

/** The roles of all accounts. */
export interface Roles {
  /** The role with this ARN (its path included), or undefined. */
  find(arn: string): KnownRole | undefined;
}
