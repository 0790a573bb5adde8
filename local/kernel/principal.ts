import type { PolicyDocument } from "./policy.ts";

/** The identity that makes a call. */
export interface Principal {
  readonly kind: "user" | "assumed-role" | "service" | "anonymous";
  /** "" for a service or an anonymous caller. */
  readonly accountId: string;
  /**
   * `arn:aws:iam::<account>:user/<name>`, `arn:aws:sts::<account>:assumed-role/<role>/<session>`, or the service's name
   * such as `lambda.amazonaws.com`.
   */
  readonly arn: string;
  readonly userId: string;
  /** For an assumed role: the role's ARN with its path, which is the value of `aws:PrincipalArn`. */
  readonly roleArn?: string;
  /** For a function's own credentials: the function's ARN without a version (`lambda:SourceFunctionArn`). */
  readonly sourceFunctionArn?: string;
  /** For an assumed role: the session policy given to AssumeRole, which can only restrict. */
  readonly sessionPolicy?: PolicyDocument;
}

/** An access key; temporary credentials also have a token and an expiry (cloud time, milliseconds since the epoch). */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiresAt?: number;
}

/** A principal with its credentials. */
export interface Session {
  readonly principal: Principal;
  readonly credentials: Credentials;
}

/** A request for a role session. */
export interface RoleSessionRequest {
  readonly roleArn: string;
  readonly roleId: string;
  readonly sessionName: string;
  /** Duration of the session, in cloud time. */
  readonly durationSeconds: number;
  readonly sessionPolicy?: PolicyDocument;
  /** For a function's own credentials: the function's ARN. */
  readonly sourceFunctionArn?: string;
}

/** All principals that can make calls, by their access keys. */
export interface Principals {
  /**
   * The session of an access key; undefined for an unknown key. Expired sessions are found too, with their
   * `expiresAt`.
   */
  find(accessKeyId: string): Session | undefined;
  /** Whether this is the ARN of an account's administrator. */
  isAdministrator(arn: string): boolean;
  /** Issues session credentials for a role, without any check: the caller evaluates the trust policy. */
  issueRoleSession(role: RoleSessionRequest): Session;
}
