import type { PolicyDocument } from "./policy.ts";

/** A role, as far as requests of its sessions are judged by it. */
export interface KnownRole {
  /** With its path. */
  readonly arn: string;
  /** `AROA…`; a role that was deleted and made again has another one. */
  readonly roleId: string;
  readonly accountId: string;
  readonly trustPolicy: PolicyDocument;
  readonly maxSessionDurationSeconds: number;
  /** Its own policies and those that are attached. */
  policies(): readonly PolicyDocument[];
  /** What bounds it, in the version that is in force; undefined when nothing does. */
  boundary(): PolicyDocument | undefined;
}

/** The roles of all accounts. */
export interface Roles {
  /** The role with this ARN (its path included), or undefined. */
  find(arn: string): KnownRole | undefined;
}
